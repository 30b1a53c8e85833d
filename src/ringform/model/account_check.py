"""One check of an account by ``ringform doctor``, and its result."""

from __future__ import annotations

from dataclasses import dataclass

from ringform.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """One check: ``result`` says what was seen, and ``diagnostic`` what is wrong (None: nothing)."""

    subject: str
    result: str
    diagnostic: Diagnostic | None = None

    @property
    def is_good(self) -> bool:
        """Whether nothing that was checked keeps the account from being used."""
        return self.diagnostic is None or not self.diagnostic.is_error
