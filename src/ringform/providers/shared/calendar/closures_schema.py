"""Dates and rotations in a manifest: the models of their entries, and what an editor knows about them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SkipValidation, WithJsonSchema
from pydantic.config import JsonDict

from ringform.providers.shared.calendar.hours_schema import hours_of
from ringform.providers.shared.field_types import Strict, matching

_DAY = "(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
DATE = f"2[01][0-9]{{2}}-{_DAY}"
_ANY = rf"^\s*({DATE}|{_DAY})(\s*\.\.\s*({DATE}|{_DAY}))?\s*$"
_ADVICE = "Write 2026-12-24, 12-24 for every year, or 2026-12-24..2027-01-01."


ONE_DATE = matching(f"^{DATE}$", "Write the date as 2026-12-24.", "2026-12-24")
"""What an editor knows of a date with its year."""
_Single = Annotated[str, WithJsonSchema(ONE_DATE)]
_EveryYear = Annotated[
    str,
    WithJsonSchema(
        matching(
            rf"^{_DAY}(\s*\.\.\s*{_DAY})?$", "Write 12-24 or 12-24..01-01, without a year.", "12-24", "12-24..01-01"
        )
    ),
]
_EitherEnd = Annotated[
    str, WithJsonSchema(matching(f"^({DATE}|{_DAY})$", "Write the date as 2026-12-24, or as 12-24.", "2026-12-24"))
]


class HolidayEntry(Strict):
    """The public holidays of a country, or of a part of one."""

    country: str = Field(examples=["DK", "DE", "US"])
    """The country's code (ISO 3166)."""

    subdivision: str | None = Field(None, examples=["BY", "CA"])
    """A part of the country that has holidays of its own, by its code."""


class ClosureEntry(Strict):
    """Dates on which a number is closed all day."""

    date: _Single | None = None
    """One date."""

    from_: _EitherEnd | None = Field(None, alias="from")
    """The first of several dates."""

    to: _EitherEnd | None = None
    """The last of several dates."""

    yearly: _EveryYear | None = None
    """A day, or days, of every year."""

    holidays: HolidayEntry | None = None
    """Every public holiday of a place."""

    name: str | None = Field(None, examples=["Christmas Eve"])
    """Why it is closed, for reports."""


_Closure = Annotated[str, WithJsonSchema(matching(_ANY, _ADVICE, "2026-12-24", "12-24..01-01", description="Dates."))]
_ON_DATE: JsonDict = {"type": ["object", "null"], "propertyNames": {"pattern": _ANY, "patternErrorMessage": _ADVICE}}

# Both are read apart from the models that hold them, by closures.read: whether a date is over depends on the day.
Closures = Annotated[
    list[_Closure | ClosureEntry] | None,
    SkipValidation,
    Field(
        description="Dates on which the number is closed all day. At the top: of every number with opening hours.",
        examples=[["2026-12-24", "12-31"]],
    ),
]
SpecialHours = Annotated[
    dict[str, Annotated[str, WithJsonSchema(hours_of("this date"))]] | None,
    SkipValidation,
    Field(
        description="Other opening hours on some dates, by date.",
        examples=[{"2026-12-23": "09:00-12:00"}],
        json_schema_extra=_ON_DATE,
    ),
]
