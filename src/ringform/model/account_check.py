"""A finding of the doctor: one thing looked at, and what was seen."""

from __future__ import annotations

from dataclasses import dataclass

from ringform.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``result`` says what was seen; ``diagnostic`` is there when it is not as it should be."""

    check: str
    result: str
    diagnostic: Diagnostic | None = None
