"""``ringform.calendar/v1``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ringform.calendar.agenda import Agenda, Handover, HoursChange
from ringform.calendar.cron import schedule
from ringform.model.values import Json
from ringform.version import __version__


def calendar(agenda: Agenda, command: Sequence[str]) -> dict[str, Json]:
    """Return the changes with their times, the special days and shifts, and the schedule and command for a CI."""
    return {
        "format": "ringform.calendar/v1",
        "tool_version": __version__,
        "begin": _time(agenda.begin),
        "end": _time(agenda.end),
        "changes": [_change(each) for each in agenda.changes],
        "special_days": [
            {
                "first": each.first.isoformat(),
                "last": each.last.isoformat(),
                "hours": each.hours,
                "reason": each.reason,
                "addresses": [str(address) for address in each.addresses],
            }
            for each in agenda.special_days
        ],
        "shifts": [
            {
                "group": each.group,
                "member": each.member,
                "begin": _time(each.begin),
                "end": _time(each.end),
                "addresses": [str(address) for address in each.addresses],
            }
            for each in agenda.shifts
        ],
        "schedule": [{"cron": entry.cron, "purpose": entry.purpose} for entry in schedule(agenda)],
        "command": list(command),
    }


def _change(change: HoursChange | Handover) -> Json:
    match change:
        case HoursChange(address, at, day, before, after, on, reason):
            return {
                "kind": "hours",
                "at": _time(at),
                "addresses": [str(address)],
                "day": day,
                "before": before,
                "after": after,
                "date": on.isoformat() if on else None,
                "reason": reason,
            }
        case Handover(group, at, before, after, addresses):
            return {
                "kind": "handover",
                "at": _time(at),
                "addresses": [str(address) for address in addresses],
                "group": group,
                "before": before,
                "after": after,
            }


def _time(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
