"""What an account holds and no manifest may say."""

from __future__ import annotations

from ringform.model.diagnostic import Diagnostic, Severity


def not_exported(what: str, reason: str) -> Diagnostic:
    """Return ``not-exported``: an object or field that no manifest can hold."""
    summary = f"{what} was left out of the manifest: {reason}"
    hint = "the account holds something that no manifest may say; it stays as it is"
    return Diagnostic("not-exported", summary, Severity.WARNING, hint=hint)
