"""What the day of a run makes of a manifest: which hours each number has by its date, and who is on call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ringform.calendar.dates import DatedHours, Exceptional, exceptional, on_clock, week_as_of
from ringform.calendar.rotation import Rotation
from ringform.model.diagnostic import Severity
from ringform.model.problem import DocumentPath, Problem
from ringform.model.values import Fields, Json
from ringform.providers.phone_inc import dates, timezones
from ringform.providers.phone_inc.dates import DatedSection
from ringform.providers.phone_inc.employee_book import EmployeeBook
from ringform.providers.phone_inc.employees import ByEmail, ByName, read_book

_HOURS = "opening_hours"
_WEEK = timedelta(days=7)
NO_ZONE = "UTC"
"""The clock of a number whose time zone the manifest leaves to the account."""


def zone_of(city: Json) -> str:
    """The IANA name of a number's ``timezone`` in normal form."""
    return timezones.iana_name(city) if isinstance(city, str) else NO_ZONE


def today(as_of: datetime) -> date:
    """The day of a run where no number's clock is meant."""
    return on_clock(as_of, UTC).date()


@dataclass
class Books:
    """The names of a manifest as they are to be understood on a clock: rotations hand over by it."""

    general: EmployeeBook
    as_of: datetime
    employees: Mapping[str, str | ByEmail | ByName] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rotations: Mapping[str, Rotation] = field(default_factory=dict)
    _by_zone: dict[str, EmployeeBook] = field(default_factory=dict)

    def of(self, zone: str) -> EmployeeBook:
        """The book in which each rotation is who is on call, for a number whose clock is that of ``zone``."""
        if not self.rotations:
            return self.general
        if zone not in self._by_zone:
            moment = on_clock(self.as_of, ZoneInfo(zone))
            now = {name: [_on_call(each, moment, zone)] for name, each in self.rotations.items()}
            book, _ = read_book(self.employees, {**self.groups, **now})
            book.is_complete = self.general.is_complete
            self._by_zone[zone] = book
        return self._by_zone[zone]

    def rotations_in(self, names: Iterable[str]) -> dict[str, Rotation]:
        """The rotations among these groups and the groups within them."""
        waiting = sorted(names)
        seen = set(waiting)
        while waiting:
            inner = self.groups.get(waiting.pop(), ())
            waiting += [member for member in inner if member not in seen]
            seen.update(inner)
        return {name: rotation for name, rotation in self.rotations.items() if name in seen}


def _on_call(rotation: Rotation, moment: datetime, zone: str) -> str:
    return rotation.member_at(moment, ZoneInfo(rotation.timezone or zone))


@dataclass(frozen=True, slots=True)
class NumberDates:
    """The dates of one number: those that all numbers share, its own, and its clock."""

    shared: DatedSection
    own: DatedSection
    zone: str

    @property
    def has_any(self) -> bool:
        """Whether there are dates at all for this number."""
        kept = (self.shared.closures if self.own.closures is not None else ()) or (
            self.shared.special if self.own.special is not None else ()
        )
        return bool(kept) or not self.own.is_empty

    def between(self, begin: date, end: date) -> dict[date, DatedHours]:
        """The entry that counts for each date of ``[begin, end)``."""
        return dates.combined(self.shared, self.own, begin, end)

    def on(self, fields: Fields, as_of: datetime) -> tuple[Fields, tuple[Exceptional, ...]]:
        """The managed fields as they must be on a day, and which days of the week that makes exceptional."""
        normal = fields.get(_HOURS)
        if not isinstance(normal, Mapping) or not self.has_any:
            return fields, ()
        day = on_clock(as_of, ZoneInfo(self.zone)).date()
        entries = self.between(day, day + _WEEK)
        week = week_as_of(normal, entries, day)
        return {**fields, _HOURS: week}, exceptional(_HOURS, normal, entries, day)


def advice(number: NumberDates, fields: Fields, written: Sequence[str], path: DocumentPath) -> list[Problem]:
    """What is wrong with the dates of a number together with its other fields; ``written`` are its own keys."""
    own = [name for name in dates.SECTIONS if name in written]
    if not number.has_any:
        return []
    if _HOURS not in fields:
        if number.own.is_empty:
            return []
        summary = f"{own[0]} change the opening hours, which this number leaves to the account"
        hint = f"add {_HOURS}: the normal week, which holds on every other day"
        return [Problem((*path, own[0]), "dates-without-hours", summary, hint=hint, on_key=True)]
    found = []
    if "timezone" not in fields:
        summary = "the dates of this number begin by UTC, as its timezone is left to the account"
        found.append(_no_zone(path, summary))
    outside = "outside_opening_hours_config"
    if outside in fields and fields[outside] is None and "closures" not in written and number.shared.closures:
        summary = f"closures have no effect here: {outside} is null, so callers meet the same at all hours"
        hint = "write closures: null here if this number is never closed"
        found.append(Problem(path, "closure-without-effect", summary, Severity.WARNING, hint=hint, on_key=True))
    return found


def rotation_advice(rotations: Mapping[str, Rotation], fields: Fields, path: DocumentPath) -> list[Problem]:
    """What is wrong with a number that rings for rotations which hand over on its clock."""
    local = [name for name, rotation in rotations.items() if rotation.timezone is None]
    if not local or "timezone" in fields:
        return []
    summary = f"{local[0]} hands over by UTC here, as the timezone of this number is left to the account"
    return [_no_zone(path, summary)]


def _no_zone(path: DocumentPath, summary: str) -> Problem:
    hint = "add timezone: Copenhagen, or another city"
    return Problem(path, "dates-without-timezone", summary, Severity.WARNING, hint=hint, on_key=True)
