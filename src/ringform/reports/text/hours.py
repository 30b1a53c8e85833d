"""The week of a number as a grid with a character for half an hour, and the gaps in words."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.calendar.week import ExceptionalDay
from ringform.callflow.reach import Reach, Stretch
from ringform.callflow.week import when
from ringform.model.clock import DAYS, MINUTES
from ringform.reports.text import side_by_side
from ringform.reports.text.style import Style, safe

_CELL = 30
_SIGNS = {Reach.PERSON: "#", Reach.VOICEMAIL: "v", Reach.NOBODY: "."}
LEGEND = "#  somebody rings   v  voicemail   .  nobody can be reached"


def render(
    label: str, timezone: str, week: Sequence[Stretch], style: Style, exceptional: Sequence[ExceptionalDay] = ()
) -> str:
    """Return one number's week. A cell shows the most that callers can reach at any time in its half hour.

    ``exceptional`` are the days that have other hours than normal, because of a date.
    """
    paints = {"#": style.added, "v": style.changed, ".": style.removed}
    clock = "".join(f"{hour:<4}" for hour in range(0, 24, 2)).rstrip()
    lines = [f"{style.bold(safe(label))}  {safe(timezone)}", f"     {clock}"]
    for day, name in enumerate(DAYS):
        cells = [_cell(week, day, start) for start in range(0, MINUTES, _CELL)]
        lines.append(f"{name}  " + "".join(paints[sign](sign) for sign in cells))
    gaps = [stretch.interval for stretch in week if stretch.reach is Reach.NOBODY]
    lines.append(f"Neither a person nor a voicemail: {when(gaps)}" if gaps else "A person or a voicemail at any time.")
    lines += [
        f"{DAYS[each.on.weekday()]} {safe(str(each.value))}: {side_by_side.because_of(each)}" for each in exceptional
    ]
    return "\n".join(lines)


def _cell(week: Sequence[Stretch], day: int, start: int) -> str:
    inside = [
        stretch.reach
        for stretch in week
        if stretch.interval.day == day and stretch.interval.start < start + _CELL and stretch.interval.end > start
    ]
    return _SIGNS[next(reach for reach in Reach if reach in inside)]
