"""Plan and apply for business phone numbers. See ``ringform.api`` for the Python interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ringform.version import __version__

if TYPE_CHECKING:
    from ringform.api import apply, connect, load, lock_accounts, observe, plan, read_plan
    from ringform.model.diagnostic import Refused, RingformError

__all__ = [
    "Refused",
    "RingformError",
    "__version__",
    "apply",
    "connect",
    "load",
    "lock_accounts",
    "observe",
    "plan",
    "read_plan",
]


def __getattr__(name: str) -> Any:
    """Import the interface when it is first used: the command line must start quickly."""
    if name in ("Refused", "RingformError"):
        from ringform.model import diagnostic

        return getattr(diagnostic, name)
    if name in __all__:
        from ringform import api

        return getattr(api, name)
    raise AttributeError(f"module 'ringform' has no attribute {name!r}")
