"""A check of the doctor: one thing looked at, and what was seen."""

from __future__ import annotations

from dataclasses import dataclass

from ringform.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """One thing looked at: ``result`` says what was seen; ``diagnostic`` is there when it is not as it should be."""

    subject: str
    result: str
    diagnostic: Diagnostic | None = None

    @property
    def is_good(self) -> bool:
        """Whether the account can be used as far as this goes."""
        return self.diagnostic is None or not self.diagnostic.is_error
