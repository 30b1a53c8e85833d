"""Dates in a manifest: ``closures``, ``special_hours`` and what they come to for one main number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from ringform.calendar import holiday_sets
from ringform.calendar.dates import DatedHours, Dates, When, Yearly, day_of_year, on_dates
from ringform.model.diagnostic import Severity
from ringform.model.messages import shown
from ringform.model.problem import DocumentPath, Problem
from ringform.providers.phone_inc import hours
from ringform.providers.phone_inc.dates_schema import ClosureEntry, HolidayEntry
from ringform.providers.shared.validation import check

SECTIONS = ("closures", "special_hours")
_MOST = 1_000
"""Entries of one section."""
_OVER = timedelta(days=31)
"""How long something is over before a manifest is asked to forget it."""
_AHEAD = timedelta(days=365)
"""For how long a place must have a public holiday to be worth naming."""
EARLIEST, LATEST = 2000, 2199
_DATE = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)\Z", re.ASCII)
_HINT = "write 2026-12-24, 12-24 for every year, or 2026-12-24..2027-01-01"


@dataclass(frozen=True, slots=True)
class Holidays:
    """Every public holiday of a place is a closure."""

    country: str
    subdivision: str | None


@dataclass(frozen=True, slots=True)
class DatedSection:
    """The dates at one level of a manifest. None: the section says that there are none, those of the level above too.

    Special hours stand before closures, as they count where both are for the same dates.
    """

    closures: tuple[DatedHours | Holidays, ...] | None = ()
    special: tuple[DatedHours, ...] | None = ()

    @property
    def is_empty(self) -> bool:
        """Whether it has no entries."""
        return not self.closures and not self.special


@lru_cache(maxsize=256)
def _on(section: DatedSection, begin: date, end: date) -> Mapping[date, DatedHours]:
    """The entry that counts for each date of ``[begin, end)``; holidays count least.

    It is kept, as one section is asked for each of the numbers that share it.
    """
    closures = section.closures or ()
    sets = [each for each in closures if isinstance(each, Holidays)]
    found = {
        day: DatedHours(Dates(day, day), hours.CLOSED, name)
        for each in reversed(sets)
        for day, name in holiday_sets.between(each.country, each.subdivision, begin, end).items()
    }
    dated = [*(section.special or ()), *(each for each in closures if isinstance(each, DatedHours))]
    return {**found, **on_dates(dated, begin, end)}


def combined(shared: DatedSection, own: DatedSection, begin: date, end: date) -> dict[date, DatedHours]:
    """The entries for one number: its own count before those that it shares with all numbers."""
    above = DatedSection(() if own.closures is None else shared.closures, () if own.special is None else shared.special)
    return {**_on(above, begin, end), **_on(own, begin, end)}


def read(holder: Mapping[str, object], path: DocumentPath, today: date) -> tuple[DatedSection, list[Problem]]:
    """The dates that stand in a number, or at the top of a manifest, and everything that is wrong with them."""
    found: list[Problem] = []
    first: dict[str, DocumentPath] = {}
    special: list[DatedHours] = []
    closures: list[DatedHours | Holidays] = []
    written = holder.get("special_hours")
    for key, value in _entries(written, Mapping, "special_hours", path, found):
        place = (*path, "special_hours", key)
        when, wrong = _when(str(key))
        opened, more = hours.of_day(str(key), value)
        found += [replace(each, path=(*place, *each.path), on_key=True) for each in wrong]
        found += [replace(each, path=(*place, *each.path)) for each in more]
        if when is not None and opened is not None:
            special.append(DatedHours(when, opened))
            found += _about(when, str(key), place, first, today, on_key=True)
    for key, value in _entries(holder.get("closures"), list, "closures", path, found):
        place = (*path, "closures", key)
        entry, at, wrong = _closure(value, place)
        found += wrong
        if entry is not None:
            closures.append(entry)
        if isinstance(entry, DatedHours):
            found += _about(entry.when, _written(entry.when), at, first, today)
        elif entry is not None and not holiday_sets.between(entry.country, entry.subdivision, today, today + _AHEAD):
            summary = f"no public holiday of {entry.country} is known for the twelve months from {today}"
            hint = "write its dates one by one, or look for a newer version of the package: holidays"
            found.append(Problem(at, "no-holidays", summary, Severity.WARNING, hint=hint, on_key=True))
    is_reset = path != ()  # at the top a section without entries is just empty
    section = DatedSection(
        None if is_reset and "closures" in holder and holder["closures"] is None else tuple(closures),
        None if is_reset and "special_hours" in holder and written is None else tuple(special),
    )
    return section, found


def _entries(
    section: object, kind: type[Mapping[str, object]] | type[list[object]], name: str, path: DocumentPath,
    found: list[Problem],
) -> list[tuple[str | int, object]]:  # fmt: skip
    if section is None:
        return []
    place = (*path, name)
    if not isinstance(section, kind):
        example = "- 2026-12-24, each on a line of its own" if kind is list else "2026-12-23: 09:00-12:00"
        what = "a list of dates" if kind is list else "a mapping of dates to hours"
        found.append(
            Problem(place, "wrong-kind", f"{name} must be {what}, not {shown(section)}", hint=f"write {example}")
        )
        return []
    if len(section) > _MOST:
        summary = f"there are {len(section):,} entries here; at most {_MOST:,} are possible"
        found.append(Problem(place, "too-many-entries", summary, hint="remove the dates that are over", on_key=True))
        return []
    return list(section.items()) if isinstance(section, Mapping) else list(enumerate(section))


def _closure(value: object, place: DocumentPath) -> tuple[DatedHours | Holidays | None, DocumentPath, list[Problem]]:
    """One entry of ``closures``, and the place of its dates."""
    if isinstance(value, str):
        when, wrong = _when(value)
        entry = None if when is None else DatedHours(when, hours.CLOSED)
        return entry, place, [replace(each, path=place) for each in wrong]
    model, found = check(ClosureEntry, value, place)
    if model is None:
        return None, place, found
    given = [name for name in ("date", "from_", "yearly", "holidays") if getattr(model, name) is not None]
    if len(given) != 1 or (model.to is not None) != (model.from_ is not None):
        hint = "write one of date: 2026-12-24, yearly: 12-24, from: and to:, or holidays: {country: DK}"
        summary = "an entry of closures says once which dates it is about"
        return None, place, [Problem(place, "bad-date", summary, hint=hint)]
    if model.holidays is not None:
        if model.name is not None:
            hint = "remove the line: each holiday has its own name"
            return (
                None,
                place,
                [Problem((*place, "name"), "unknown-field", "holidays take no name", hint=hint, on_key=True)],
            )
        return _holidays(model.holidays, (*place, "holidays"))
    if model.from_ is not None and model.to is not None:
        when, wrong = _range(model.from_, model.to)
        wrong = [replace(each, path=("to",) if each.path else ("from",)) for each in wrong]
        at = (*place, "from")
    else:
        name = "date" if model.date is not None else "yearly"
        when, wrong = _when(model.date or model.yearly or "")
        if when is not None and isinstance(when, Yearly) != (name == "yearly"):
            meant, kind = ("12-24, without a year", "of every year")
            if name == "date":
                meant, kind = ("2026-12-24, or yearly: 12-24", "with a year")
            summary = f"{shown(model.date or model.yearly)} is not a date {kind}"
            when, wrong = None, [Problem((), "bad-date", summary, hint=f"write {name}: {meant}")]
        wrong = [replace(each, path=(name,)) for each in wrong]
        at = (*place, name)
    entry = None if when is None else DatedHours(when, hours.CLOSED, model.name)
    return entry, at, [replace(each, path=(*place, *each.path)) for each in wrong]


def _holidays(model: HolidayEntry, place: DocumentPath) -> tuple[Holidays | None, DocumentPath, list[Problem]]:
    wrong = holiday_sets.problem_with(model.country, model.subdivision)
    if wrong is not None:
        return None, place, [replace(wrong, path=(*place, *wrong.path))]
    return Holidays(model.country, model.subdivision), place, []


def _about(
    when: When, text: str, place: DocumentPath, first: dict[str, DocumentPath], today: date, *, on_key: bool = False
) -> list[Problem]:
    """What can be said of dates that are right as such: they are given twice, or are over."""
    found: list[Problem] = []
    same = _written(when)
    if same in first:
        hint = "keep one of the two"
        found.append(
            Problem(place, "date-twice", f"{same} is given twice", hint=hint, on_key=on_key, other=first[same])
        )
    first.setdefault(same, place)
    if isinstance(when, Dates) and when.last + _OVER < today:
        hint = "remove it; a date without its year, such as 12-24, is for every year"
        summary = f"{text} is over, and has no effect any more"
        found.append(Problem(place, "date-over", summary, Severity.WARNING, hint=hint, on_key=on_key))
    return found


def _written(when: When) -> str:
    first, last = (
        (when.first.isoformat(), when.last.isoformat())
        if isinstance(when, Dates)
        else tuple(f"{month:02}-{day:02}" for month, day in (when.first, when.last))
    )
    return first if first == last else f"{first}..{last}"


def _when(text: str) -> tuple[When | None, list[Problem]]:
    """``2026-12-24``, ``12-24``, or two of them with ``..`` between; problems have no path."""
    first, dots, last = (part.strip() for part in text.partition(".."))
    return _range(first, last if dots else first, text)


def _range(first: str, last: str, text: str | None = None) -> tuple[When | None, list[Problem]]:
    """The dates from one through another; a problem of the second has the path ``("to",)``."""
    parsed = []
    for part, at in ((first, ()), (last, ("to",))) if first != last else ((first, ()),):
        day = date_of(part)
        if isinstance(day, str):
            return None, [Problem(at, "bad-date", f"{shown(text or part)} is not a date{day}", hint=_repaired(part))]
        parsed.append(day)
    begin, end = parsed[0], parsed[-1]
    if isinstance(begin, date) and isinstance(end, date):
        if end < begin:
            hint = "write the earlier date first"
            return None, [Problem(("to",), "bad-date", f"{last} is before {first}", hint=hint)]
        return Dates(begin, end), []
    if isinstance(begin, tuple) and isinstance(end, tuple):
        return Yearly(begin, end), []
    hint = f"write both with a year, or both without one: {first[-5:]}..{last[-5:]}"
    return None, [Problem(("to",), "bad-date", f"one of {first} and {last} has a year, the other has not", hint=hint)]


def date_of(text: str) -> date | tuple[int, int] | str:
    """A date, or a day of every year; or why it is none, to come after "is not a date"."""
    found = _DATE.match(text)
    if found is None:
        return ""
    year, month, day = (int(part) if part else None for part in found.groups())
    assert month is not None
    assert day is not None
    try:
        if year is None:
            return day_of_year(month, day)
        if not EARLIEST <= year <= LATEST:
            return f" from {EARLIEST} to {LATEST}"
        return date(year, month, day)
    except ValueError:
        return ": the calendar does not have it"


def _repaired(text: str) -> str:
    """What a badly written date may mean."""
    found = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)
    loose = re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", text)
    if loose:
        meant = f"{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}"
    elif found and int(found[1]) > 12:
        meant = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    else:
        return _HINT
    return f"did you mean {meant}?" if isinstance(date_of(meant), date) and meant != text else _HINT
