"""Ring groups that are rotations: ``{rotation: {every: 1 week, start: 2026-11-23, handover: "mon 09:00", ...}}``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from ringform.calendar.rotation import Rotation
from ringform.model.diagnostic import Severity
from ringform.model.messages import did_you_mean, shown
from ringform.model.problem import DocumentPath, Problem
from ringform.providers.shared.calendar import times, timezones
from ringform.providers.shared.calendar.closures_schema import DATE
from ringform.providers.shared.calendar.date_text import date_of
from ringform.providers.shared.calendar.hours import DAYS
from ringform.providers.shared.calendar.hours_schema import TIME
from ringform.providers.shared.field_types import Strict, Timezone, matching
from ringform.providers.shared.validation import at_most, check, refuse

WARNINGS = frozenset({"rotation-not-begun"})
"""The codes of this module's warnings. A comment in a manifest can silence them."""

_EVERY = re.compile(r"(?:(?P<number>[1-9]\d{0,2})\s+)?(?P<unit>day|week)s?\Z")
_WEEK = 7
_LONGEST = 366
MOST_GROUPS = 10_000
"""Ring groups of one manifest."""
_MOST_MEMBERS = 1_000


def _every(value: object) -> object:
    if not isinstance(value, str) or not 1 <= _days_of_shift(value) <= _LONGEST:
        hint = f"write 1 week, 2 weeks, 1 day or another number of either, up to {_LONGEST} days"
        raise refuse("bad-rotation", f"{shown(value)} is not the length of a shift", hint=hint)
    return value


def _days_of_shift(every: str) -> int:
    """Return the length of a shift, 0 for a text that is none."""
    length = _EVERY.match(every.strip().lower())
    return int(length["number"] or 1) * (_WEEK if length["unit"] == "week" else 1) if length else 0


def _start(value: object) -> object:
    day = date_of(value) if isinstance(value, str) else ""
    if not isinstance(day, date):
        raise refuse("bad-date", f"{shown(value)} is not a date", hint="write the date of the first shift: 2026-11-23")
    return value


def _handover(value: object) -> object:
    words = value.lower().split() if isinstance(value, str) else []
    if not 1 <= len(words) <= 2 or not times.is_opening(words[-1]):
        hint = 'write "mon 09:00", or 09:00 for shifts of days'
        raise refuse("bad-rotation", f"{shown(value)} is not a handover time", hint=hint)
    if len(words) == 2 and words[0] not in DAYS:
        hint = did_you_mean(words[0], DAYS) or f"days are {', '.join(DAYS)}"
        raise refuse("bad-rotation", f"{shown(words[0])} is not a day", hint=hint)
    return value


_EVERY_SCHEMA = matching(
    r"^\s*([1-9][0-9]{0,2}\s+)?([Dd]ay|[Ww]eek)s?\s*$", "Write 1 week, 2 weeks or 1 day.", "1 week", "2 weeks", "1 day"
)
_START_SCHEMA = matching(f"^{DATE}$", "Write the date as 2026-11-23.", "2026-11-23")
_HANDOVER_SCHEMA = matching(
    rf"^\s*([A-Za-z]{{3}}\s+)?{TIME}\s*$", 'Write "mon 09:00", or 09:00 for shifts of days.', "mon 09:00", "09:00"
)


class RotationEntry(Strict):
    """Who is on call: one member after the other."""

    every: Annotated[str, BeforeValidator(_every), WithJsonSchema(_EVERY_SCHEMA)]
    """How long a shift is."""

    start: Annotated[str, BeforeValidator(_start), WithJsonSchema(_START_SCHEMA)]
    """The date on which the first member takes over; before it the first member is on call too."""

    handover: Annotated[str, BeforeValidator(_handover), WithJsonSchema(_HANDOVER_SCHEMA)]
    """When one shift ends and the next begins: a day of the week and a time, or a time."""

    members: Annotated[
        list[str],
        Field(
            min_length=1,
            description="Who takes turns, in this order: aliases, employee ids, or ring groups for several at a time.",
            examples=[["alex", "bea"]],
        ),
        BeforeValidator(at_most(_MOST_MEMBERS)),
    ]
    timezone: Timezone | None = None
    """On which clock the handover is. Left out: on that of the number for which the group rings."""


class RotatingGroup(Strict):
    """A ring group in which one member after the other is on call."""

    rotation: RotationEntry
    """Who is on call when."""


@dataclass(frozen=True, slots=True)
class RingGroups:
    """The ``ring_groups`` of a manifest, taken apart.

    ``lists`` are the groups that are no rotations, as they are written. ``members`` has everybody of a rotation, for
    what holds at any time, and ``places`` where they stand; ``rotations`` lacks those with mistakes.
    """

    lists: object
    members: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rotations: Mapping[str, Rotation] = field(default_factory=dict)
    places: Mapping[str, DocumentPath] = field(default_factory=dict)


def read_groups(section: object, today: date) -> tuple[RingGroups, list[Problem]]:
    """Return the section, taken apart, and the problems of its rotations; the lists are not checked yet."""
    if not isinstance(section, Mapping) or len(section) > MOST_GROUPS:
        return RingGroups(section), []
    everybody: dict[str, list[str]] = {}
    lists: dict[str, object] = {}
    rotations: dict[str, Rotation] = {}
    places: dict[str, DocumentPath] = {}
    problems: list[Problem] = []
    for name, value in section.items():
        if not isinstance(value, Mapping):
            lists[name] = value
            continue
        path = ("ring_groups", name)
        model, group_problems = check(RotatingGroup, value, path)
        problems += group_problems
        places[name] = (*path, "rotation", "members")
        inner = value.get("rotation")
        members = inner.get("members") if isinstance(inner, Mapping) else None
        everybody[name] = [each for each in members if isinstance(each, str)] if isinstance(members, list) else []
        if model is not None:
            rotation, rotation_problems = _rotation(model.rotation, (*path, "rotation"), today)
            problems += rotation_problems
            if rotation is not None:
                rotations[name] = rotation
    return RingGroups(lists, everybody, rotations, places), problems


def _rotation(model: RotationEntry, path: DocumentPath, today: date) -> tuple[Rotation | None, list[Problem]]:
    start = date_of(model.start)
    assert isinstance(start, date)
    length = _days_of_shift(model.every)
    *weekday, at = model.handover.lower().split()
    if weekday and length % _WEEK:
        summary = f"shifts of {model.every} do not all end on a {weekday[0]}"
        return None, [Problem((*path, "handover"), "bad-rotation", summary, hint=f"write handover: {at}")]
    if weekday and DAYS[start.weekday()] != weekday[0]:
        summary = f"the first shift begins on a {DAYS[start.weekday()]}, and the handover is on {weekday[0]}"
        hint = f"begin on a {weekday[0]}, or write handover: {DAYS[start.weekday()]} {at}"
        return None, [Problem((*path, "start"), "bad-rotation", summary, hint=hint)]
    problems = []
    if start > today:
        summary = f"until {start} {shown(model.members[0])} is on call: the rotation has not begun"
        problems.append(Problem((*path, "start"), "rotation-not-begun", summary, Severity.WARNING))
    zone = timezones.iana_name(model.timezone) if model.timezone else None
    hour, minute = map(int, at.split(":"))
    return Rotation(length, start, time(hour, minute), tuple(model.members), zone), problems
