"""The ``tests`` section of a manifest: claims about calls, read and resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ringform.calendar.dates import repaired_date
from ringform.callflow.routing_test import Exemption, Expectation, Once, Phase, RoutingTest, Weekly, When
from ringform.callflow.types import Ends, Interval, People
from ringform.model.address import Address
from ringform.model.clock import MINUTES
from ringform.model.desired import Wanted
from ringform.model.glob import is_glob
from ringform.model.messages import shown
from ringform.model.number_lookup import UnknownNumberError, find_numbers
from ringform.model.problem import DocumentPath, Problem
from ringform.providers.phone_inc.manifest.employee_book import EmployeeBook
from ringform.providers.phone_inc.manifest.routing_test_entries import ANY, SOMEBODY, CalledEntry, RoutingTestEntry
from ringform.providers.phone_inc.resources import main_number
from ringform.providers.shared.calendar.date_text import EARLIEST, LATEST
from ringform.providers.shared.calendar.hours import DAYS, days_of
from ringform.providers.shared.validation import check

_TIME = re.compile(r"(\d\d?):(\d\d)\Z")
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A routing test, which expects nobody to ring yet, and the ``names`` of those who are to.

    ``everybody`` are all for whom the names stand at any moment.
    """

    test: RoutingTest
    names: Sequence[str]
    everybody: People

    def among(self, book_of: Callable[[Address], EmployeeBook]) -> RoutingTest:
        """Return the test with those whom the names stand for in the book of each number."""
        if not self.names:
            return self.test
        by_book: dict[int, People] = {}
        rings: dict[Address, People] = {}
        for address in self.test.to:
            book = book_of(address)
            if id(book) not in by_book:
                by_book[id(book)] = frozenset(book.everybody(self.names))
            rings[address] = by_book[id(book)]
        return replace(self.test, expect=replace(self.test.expect, rings=rings))


def read_tests(
    section: object, book: EmployeeBook, numbers: Mapping[Address, Wanted]
) -> tuple[list[Claim], list[Problem]]:
    """Return the tests of a manifest, and what is wrong with them; ``numbers`` are the main numbers that it has."""
    if section is None:
        return [], []
    if not isinstance(section, list):
        hint = "begin each test with a dash: - name: ..."
        return [], [Problem(("tests",), "wrong-kind", f"'tests' must be a list, not {shown(section)}", hint=hint)]
    names = {
        address: str(wanted.fields["name"]) if wanted.fields.get("name") else None
        for address, wanted in numbers.items()
        if address.kind == main_number.KIND
    }
    claims: list[Claim] = []
    problems: list[Problem] = []
    for index, entry in enumerate(section[:_MOST]):
        path = ("tests", index)
        model, entry_problems = check(RoutingTestEntry, entry, path)
        problems += entry_problems
        if model is not None:
            claim, claim_problems = _claim(model, index, book, names)
            problems += [problem.below(path) for problem in claim_problems]
            claims += [claim] if claim else []
    return claims, problems


def _claim(
    model: RoutingTestEntry, index: int, book: EmployeeBook, known: Mapping[Address, str | None]
) -> tuple[Claim | None, list[Problem]]:
    """Return a test; its problems have paths within it."""
    to, problems = _numbers(model.call.to, known, ("call", "to"))
    when, time_problems = _when(model.call.at, ("call", "at"))
    problems += time_problems
    expect = model.expect
    if not expect.model_dump(exclude_none=True):
        summary, hint = "this test claims nothing, so any call passes it", "add rings, plays or ends"
        problems.append(Problem(("expect",), "missing-field", summary, hint=hint))
    people = [] if expect.rings is None or expect.rings == SOMEBODY else list(expect.rings)
    _, name_problems = book.ids(people, ("expect", "rings"))
    problems += name_problems
    exemptions = []
    for place, entry in enumerate(model.exemptions):
        spared, number_problems = _numbers(entry.to, known, ("except", place, "to"))
        problems += number_problems
        exemptions.append(Exemption(frozenset(spared), entry.reason, entry.until))
    if when is None or problems:
        return None, problems
    test = RoutingTest(
        index=index,
        name=model.name,
        to=tuple(to),
        when=when,
        expect=Expectation(
            rings_somebody=expect.rings == SOMEBODY,
            rings_at_most=expect.rings_at_most,
            plays=expect.plays,
            plays_not=expect.plays_not,
            ends=tuple(map(Ends, expect.ends or ())),
        ),
        by_glob=frozenset(address for address, is_named in to.items() if not is_named),
        press=_pressed(model.call),
        answers=(False, True) if model.call.no_answer == ANY else (not model.call.no_answer,),
        exemptions=tuple(exemptions),
    )
    return Claim(test, people, frozenset(book.everybody(people))), problems


def _pressed(call: CalledEntry) -> tuple[str, ...] | None:
    match call.press:
        case "any":
            return None
        case "none":
            return ()
        case keys:
            return tuple(keys)


def _numbers(
    to: Sequence[str], names: Mapping[Address, str | None], path: DocumentPath
) -> tuple[dict[Address, bool], list[Problem]]:
    """Return the numbers that are meant, in the order of ``names``, and of each whether one text means it alone."""
    found: dict[Address, bool] = {}
    problems = []
    for place, text in enumerate(to):
        try:
            for address in find_numbers(text, names):
                found[address] = found.get(address, False) or not is_glob(text)
        except UnknownNumberError as error:
            at = (*path, place) if len(to) > 1 else path
            problems.append(Problem(at, "unknown-number", str(error), hint=error.hint))
    return {address: found[address] for address in names if address in found}, problems


def _when(text: str, path: DocumentPath) -> tuple[When | None, list[Problem]]:
    if text in tuple(Phase):
        return Phase(text), []
    words = text.split()
    hint = 'write open, closed, always, "mon-fri 09:00-12:00", "daily 10:00" or "2026-12-24 10:00"'
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        if EARLIEST <= moment.year <= LATEST:
            return Once(moment), []
        hint = f"the year is from {EARLIEST} to {LATEST}"
    if words and (meant := repaired_date(words[0])):
        hint = f'did you mean "{" ".join([meant, *words[1:]])}"?'
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
