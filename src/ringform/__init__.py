"""Plan and apply for business phone numbers. See ``ringform.api`` for the Python interface."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ringform.version import __version__ as __version__

if TYPE_CHECKING:
    # The names of the interface are listed there, once.
    from ringform.api import *  # noqa: F403


def __getattr__(name: str) -> Any:
    """Import the interface when one of its names is first used: the command line must start quickly."""
    if not name.startswith("_"):
        api = import_module("ringform.api")
        if name in api.__all__:
            return getattr(api, name)
    raise AttributeError(f"module 'ringform' has no attribute {name!r}")


def __dir__() -> list[str]:
    return ["__version__", *import_module("ringform.api").__all__]
