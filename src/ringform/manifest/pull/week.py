"""Opening hours of an account as edits of those in a manifest, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ringform.calendar.dated_hours import CLOSED
from ringform.manifest.edit.edits import Data, Edit, Put, Rename, Where
from ringform.providers.shared.calendar.hours import DAYS, days_of, of_day

_ALL_DAY = "00:00-24:00"


@dataclass
class _Line:
    """A line of the short form: its key as it is, and the days and hours that it is to have."""

    key: str
    hours: str
    days: list[str]
    is_moved: bool = False


def week_edits(written: Data, goal: Mapping[str, str]) -> list[Edit]:
    """Return the edits, relative to the hours as they are written, after which they say the ``goal``.

    A line all of whose days get the same hours keeps its days. Days that leave a line join one of a day beside them
    that has their hours, or get one of their own.
    """
    if isinstance(written, list):
        return _edits_of_objects(written, goal)
    assert isinstance(written, Mapping)
    lines: list[_Line] = []
    leaving: list[str] = []
    changed: set[str] = set()
    for key, value in written.items():
        days, _ = days_of(key)
        hours, _ = of_day(key, value)
        line = _Line(key, hours or "", [day for day in days if goal[day] == hours])
        if not line.days:
            line.hours = goal[days[0]]
            line.days = [day for day in days if goal[day] == line.hours]
            changed.add(key)
        leaving += [day for day in days if day not in line.days]
        line.is_moved = len(line.days) < len(days)
        lines.append(line)
    new: list[_Line] = []
    for day in leaving:
        beside = (each for each in [*lines, *new] if each.hours == goal[day] and _is_beside(day, each.days))
        home = next(beside, None)
        if home is None:
            new.append(_Line("", goal[day], [day]))
        else:
            home.days.append(day)
            home.is_moved = True
    edits: list[Edit] = [Put((line.key,), short_hours(line.hours)) for line in lines if line.key in changed]
    edits += [Rename((line.key,), _key(line.days)) for line in lines if line.is_moved]
    keys = {_first(line.days): _key(line.days) if line.is_moved else line.key for line in lines}
    for line in new:
        before = max((first for first in keys if first < _first(line.days)), default=None)
        keys[_first(line.days)] = _key(line.days)
        after = () if before is None else (keys[before],)
        edits.append(Put((_key(line.days),), short_hours(line.hours), after))
    return edits


def _first(days: Sequence[str]) -> int:
    return min(map(DAYS.index, days))


def _is_beside(day: str, days: Sequence[str]) -> bool:
    return any(abs(DAYS.index(day) - DAYS.index(each)) == 1 for each in days)


def short_hours(hours: str) -> str:
    """Return the hours of a day as a manifest writes them."""
    return "24h" if hours == _ALL_DAY else hours


def _key(days: Sequence[str]) -> str:
    runs: list[list[str]] = []
    for day in sorted(days, key=DAYS.index):
        if runs and DAYS.index(day) == DAYS.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _edits_of_objects(written: Sequence[Data], goal: Mapping[str, str]) -> list[Edit]:
    """Edit the API's list of seven objects. The times of a day that closes stay: they do not count."""
    edits: list[Edit] = []
    for item in written:
        assert isinstance(item, Mapping)
        number = str(item["day_of_week"])
        hours, here = goal[DAYS[int(number)]], Where("day_of_week", number)
        is_open = str(item["open"]).lower() == "true"
        if hours == CLOSED:
            edits += [Put((here, "open"), False)] if is_open else []
            continue
        opening, _, closing = hours.partition("-")
        edits += [] if is_open else [Put((here, "open"), True)]
        for name, time in (("opening_at", opening), ("closing_at", closing)):
            edits += [Put((here, name), time)] if item.get(name) != time else []
    return edits
