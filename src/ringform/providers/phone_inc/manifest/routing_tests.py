"""The ``tests`` section of a manifest: claims about calls, read and resolved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ringform.callflow.types import Ends, Interval, Once, RoutingTest, Weekly
from ringform.model.address import Address
from ringform.model.clock import MINUTES
from ringform.model.desired import Wanted
from ringform.model.messages import shown
from ringform.model.number_lookup import UnknownNumberError, find_number
from ringform.model.problem import DocumentPath, Problem
from ringform.providers.phone_inc.fields import Digit
from ringform.providers.phone_inc.manifest.employee_book import EmployeeBook
from ringform.providers.phone_inc.resources import main_number
from ringform.providers.shared.calendar.date_text import EARLIEST, LATEST
from ringform.providers.shared.calendar.hours import DAYS, days_of
from ringform.providers.shared.field_types import Boolean, Strict
from ringform.providers.shared.validation import check, refuse_many

_TIME = re.compile(r"(\d\d?):(\d\d)\Z")
_MOST = 1_000
EndsName = Literal["answered", "voicemail", "hangup", "rings_out", "not_documented"]


class _Keys(Strict):
    keys: list[Digit]


def _pressed(value: object) -> object:
    """Check keys. Of a wrong one there is one message, where a union would have one for each member."""
    several = isinstance(value, list)
    _, problems = check(_Keys, {"keys": value if several else [value]}, ())
    if problems:
        raise refuse_many([replace(problem, path=problem.path[1:] if several else ()) for problem in problems])
    return value


class CalledEntry(Strict):
    """The calls that a test is about."""

    to: str = Field(examples=["Sales", "+14155551234"])
    """The number to call, or its name."""

    at: str = Field(examples=["mon-fri 09:00-12:00", "daily 10:00", "2026-12-24 10:00"])
    """When: days and times of any week, or a date and time, on the number's clock."""

    press: Annotated[Digit | list[Digit], BeforeValidator(_pressed)] = Field([])
    """The key that the caller presses, or several in order."""

    no_answer: Boolean = False
    """true: nobody picks up."""


class ExpectedEntry(Strict):
    """What the calls must meet. What is left out is not checked."""

    rings: Annotated[list[str], Field(min_length=1)] | None = Field(None, examples=[["maria"]])
    """Exactly who rings: aliases, ring groups or employee ids."""

    plays: str | None = Field(None, examples=["*closed*"])
    """A text that callers hear; * stands for anything."""

    ends: EndsName | None = None
    """How the call ends."""


class RoutingTestEntry(Strict):
    """A claim about calls, run by ringform test and before every apply."""

    name: str = Field(examples=["Sales reaches a person in the morning"])
    """What is claimed, in words."""

    call: CalledEntry
    """The calls that the claim is about."""

    expect: ExpectedEntry
    """What these calls must meet. What is left out is not checked."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A routing test. ``test.rings`` is everybody for whom the ``names`` stand at any moment."""

    test: RoutingTest
    names: Sequence[str]

    def among(self, book: EmployeeBook) -> RoutingTest:
        """Return the test with those whom the names stand for in a book."""
        return replace(self.test, rings=frozenset(book.everybody(self.names))) if self.names else self.test


def read_tests(
    section: object, book: EmployeeBook, numbers: Mapping[Address, Wanted]
) -> tuple[list[Claim], list[Problem]]:
    """Return the tests of a manifest, and what is wrong with them; ``numbers`` are the main numbers that it has."""
    if section is None:
        return [], []
    if not isinstance(section, list):
        hint = "begin each test with a dash: - name: ..."
        return [], [Problem(("tests",), "wrong-kind", f"'tests' must be a list, not {shown(section)}", hint=hint)]
    claims: list[Claim] = []
    problems: list[Problem] = []
    for index, entry in enumerate(section[:_MOST]):
        path = ("tests", index)
        model, entry_problems = check(RoutingTestEntry, entry, path)
        problems += entry_problems
        if model is None:
            continue
        to, number_problems = _number(model.call.to, numbers, (*path, "call", "to"))
        when, time_problems = _when(model.call.at, (*path, "call", "at"))
        if not model.expect.model_dump(exclude_none=True):
            summary, hint = "this test claims nothing, so any call passes it", "add rings, plays or ends"
            problems.append(Problem((*path, "expect"), "missing-field", summary, hint=hint))
        names = model.expect.rings or []
        _, name_problems = book.ids(names, (*path, "expect", "rings"))
        problems += [*number_problems, *time_problems, *name_problems]
        if to is None or when is None or name_problems:
            continue
        press = model.call.press
        test = RoutingTest(
            index=index,
            name=model.name,
            to=to,
            when=when,
            press=(press,) if isinstance(press, str) else tuple(press),
            answered=not model.call.no_answer,
            rings=frozenset(book.everybody(names)) if names else None,
            plays=model.expect.plays,
            ends=Ends(model.expect.ends) if model.expect.ends else None,
        )
        claims.append(Claim(test, names))
    return claims, problems


def _number(to: str, numbers: Mapping[Address, Wanted], path: DocumentPath) -> tuple[Address | None, list[Problem]]:
    """Return the number that is meant, by itself or by its name."""
    names = {
        address: str(wanted.fields["name"]) if wanted.fields.get("name") else None
        for address, wanted in numbers.items()
        if address.kind == main_number.KIND
    }
    try:
        return find_number(to, names), []
    except UnknownNumberError as error:
        return None, [Problem(path, "unknown-number", str(error), hint=error.hint)]


def _when(text: str, path: DocumentPath) -> tuple[Weekly | Once | None, list[Problem]]:
    words = text.split()
    hint = 'write "mon-fri 09:00-12:00", "daily 10:00" or "2026-12-24 10:00"'
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        if EARLIEST <= moment.year <= LATEST:
            return Once(moment), []
        hint = f"the year is from {EARLIEST} to {LATEST}"
    days, day_problems = days_of(words[0]) if len(words) == 2 else ([], [])
    span = _span(words[1]) if len(words) == 2 else None
    if day_problems or not days or span is None:
        return None, [Problem(path, "bad-time", f"{shown(text)} is not a time to call", hint=hint)]
    return Weekly(tuple(Interval(DAYS.index(day), *span) for day in days)), []


def _span(text: str) -> tuple[int, int] | None:
    """Return the minutes of ``09:00-12:00``, or of the one minute ``09:00``."""
    first, dash, last = text.partition("-")
    start = _minute(first)
    end = _minute(last) if dash else None if start is None else start + 1
    return (start, end) if start is not None and end is not None and start < end <= MINUTES else None


def _minute(text: str) -> int | None:
    time = _TIME.match(text)
    if time is None or int(time[2]) >= 60:
        return None
    minute = int(time[1]) * 60 + int(time[2])
    return minute if minute <= MINUTES else None
