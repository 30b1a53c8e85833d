"""The sandbox, which is an extra: found, or explained."""

from __future__ import annotations

from types import ModuleType

from ringform.model.diagnostic import Diagnostic, RingformError


def server() -> ModuleType:
    """Return the module ``ringform.sandbox.server``.

    Raises:
        RingformError: What it needs is not installed.
    """
    try:
        from ringform.sandbox import server as module
    except ModuleNotFoundError as error:
        hint = "install it with: pip install 'ringform[sandbox]'"
        summary = f"the sandbox is not installed: {error.name} is missing"
        raise RingformError(Diagnostic("sandbox-not-installed", summary, hint=hint)) from None
    return module
