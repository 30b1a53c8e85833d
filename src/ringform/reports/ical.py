"""Closures, special hours, shifts and due applies as an iCalendar file (RFC 5545), for people's own calendars."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from ringform.calendar.agenda import Agenda, Handover, Shift, SpecialDays, concerned, in_words
from ringform.calendar.dates import DAY
from ringform.model.address import Address
from ringform.model.escaping import is_hidden
from ringform.model.messages import listed

_APPLY = timedelta(minutes=15)
"""How long the apply of a handover is in a calendar."""

_MOST_OCTETS = 75
"""The most octets of a line, without its line break (RFC 5545, 3.1)."""


def render(agenda: Agenda, names: Mapping[Address, str]) -> str:
    """Return the whole file, its lines ending with CR LF. The same dates always get the same UIDs."""
    stamp = f"DTSTAMP:{_utc(agenda.begin)}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ringform//calendar//EN", "CALSCALE:GREGORIAN"]
    for special in agenda.special_days:
        lines += _event(stamp, _days(special, names))
    for shift in agenda.shifts:
        lines += _event(stamp, _shift(shift, names))
    for when, changes in _due(agenda).items():
        lines += _event(stamp, _apply(when, changes, names))
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(stamp: str, properties: Sequence[str]) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    uid, *rest = properties
    yield from (uid, stamp, *rest)
    yield "END:VEVENT"


def _days(special: SpecialDays, names: Mapping[Address, str]) -> list[str]:
    hours = "Closed" if special.hours == "closed" else f"Open {special.hours}"
    title = f"{hours}: {special.reason}" if special.reason else hours
    return [
        _uid("days", special.first, special.last, special.hours, special.reason),
        f"DTSTART;VALUE=DATE:{special.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{special.last + DAY:%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
        f"DESCRIPTION:{_escaped(_numbers(special.addresses, names))}",
        "TRANSP:TRANSPARENT",
    ]


def _shift(shift: Shift, names: Mapping[Address, str]) -> list[str]:
    return [
        _uid("shift", shift.group, shift.member, shift.begin.tzinfo, _utc(shift.begin)),
        f"DTSTART:{_utc(shift.begin)}",
        f"DTEND:{_utc(shift.end)}",
        f"SUMMARY:{_escaped(f'{shift.group}: {shift.member}')}",
        f"DESCRIPTION:{_escaped(_numbers(shift.addresses, names))}",
    ]


def _due(agenda: Agenda) -> dict[date, dict[str, list[Address]]]:
    """Return what applies are due, the numbers by change in words: for hours by day, for a handover by its time."""
    due: dict[date, dict[str, list[Address]]] = {}
    for change in agenda.changes:
        when = change.at if isinstance(change, Handover) else change.at.date()
        due.setdefault(when, {}).setdefault("".join(in_words(change)), []).extend(concerned(change))
    return due


def _apply(when: date, changes: Mapping[str, Sequence[Address]], names: Mapping[Address, str]) -> list[str]:
    times = (
        [f"DTSTART:{_utc(when)}", f"DTEND:{_utc(when + _APPLY)}"]
        if isinstance(when, datetime)
        else [f"DTSTART;VALUE=DATE:{when:%Y%m%d}", f"DTEND;VALUE=DATE:{when + DAY:%Y%m%d}"]
    )
    asked = [f"{change}: {_numbers(addresses, names)}" for change, addresses in changes.items()]
    return [
        _uid("apply", _utc(when) if isinstance(when, datetime) else when),
        *times,
        "SUMMARY:Run ringform apply",
        f"DESCRIPTION:{_escaped(chr(10).join(['ringform apply --calendar --yes', *asked]))}",
        "TRANSP:TRANSPARENT",
    ]


def _numbers(addresses: Sequence[Address], names: Mapping[Address, str]) -> str:
    return listed([names.get(address, address.key) for address in addresses], most=100)


def _uid(*parts: object) -> str:
    text = "\0".join(map(str, parts))
    return f"UID:{hashlib.sha256(text.encode()).hexdigest()[:32]}@ringform"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Return a text as a TEXT value, which cannot hold control characters (RFC 5545, 3.3.11) nor escape what is hidden.

    Such characters are left out.
    """
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    text = text.replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(character for character in text if not is_hidden(character))


def _folded(line: str) -> str:
    """Return a content line folded to lines of at most 75 octets, between characters (RFC 5545, 3.1).

    A fold also breaks up ## and ::, which begin commands in a CI's log (see ``model.escaping``): iCalendar has no
    escapes for them.
    """
    pieces: list[str] = []
    size = _MOST_OCTETS + 1
    before = ""
    for character in line:
        octets = len(character.encode())
        if size + octets > _MOST_OCTETS or before + character in ("##", "::"):
            pieces.append("")
            size = 0 if len(pieces) == 1 else 1  # a continued line begins with a space
        pieces[-1] += character
        size += octets
        before = character
    return "\r\n ".join(pieces)
