"""The agenda as text: what changes on which day, and when a CI must apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ringform.calendar.agenda import Agenda, Handover, HoursChange, concerned, in_words
from ringform.calendar.cron import schedule
from ringform.model.address import Address
from ringform.model.clock import DAYS
from ringform.model.messages import listed
from ringform.reports.text.style import Style, safe


def render(agenda: Agenda, names: Mapping[Address, str], style: Style) -> str:
    """Return the days on which an apply changes something, in order, and then the schedule."""
    entries = schedule(agenda)
    if not entries:
        return "Nothing in the manifest depends on the date: it has no closures, special hours or rotations in use."
    by_day: dict[date, list[HoursChange | Handover]] = {}
    for change in agenda.changes:
        by_day.setdefault(change.at.date(), []).append(change)
    blocks = [
        "\n".join([style.bold(_day(day)), *_lines(changes, names, style)]) for day, changes in sorted(by_day.items())
    ]
    if not blocks:
        blocks = [f"Nothing changes from {_day(agenda.begin.date())} to {_day(agenda.end.date())}."]
    width = max(len(entry.cron) for entry in entries)
    lines = [f"  {entry.cron:<{width}}  {style.dim(safe(entry.purpose))}" for entry in entries]
    title = style.bold("For CI: ringform apply --calendar --yes, at these times (cron, UTC)")
    return "\n\n".join([*blocks, "\n".join([title, *lines]), _HELP])


_HELP = """Where the clocks change with the season there are two times for each; the apply
at the other one finds nothing to do. Hours change six days before they are
needed, so a late apply does no harm; a handover is as late as its apply.

Without CI a machine that is always on can run it. Ready-made, add to this:
  --format cron            lines for crontab -e
  --format launchd         a file for ~/Library/LaunchAgents (macOS)
  --format task-scheduler  a command for PowerShell (Windows)"""


def _lines(changes: Iterable[HoursChange | Handover], names: Mapping[Address, str], style: Style) -> Iterator[str]:
    """Yield a line for each change, with all numbers that it applies to."""
    grouped: dict[str, list[Address]] = {}
    for change in changes:
        before, after, why = map(safe, in_words(change))
        clock = f"{change.at:%H:%M} {safe(str(change.at.tzinfo))}  " if isinstance(change, Handover) else ""
        text = f"{clock}{before}{style.changed(after)}{why}"
        grouped.setdefault(text, []).extend(concerned(change))
    for text, addresses in grouped.items():
        yield f"  {text}: {listed([safe(names.get(address, address.key)) for address in addresses])}"


def _day(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.isoformat()}"
