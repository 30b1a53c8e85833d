"""The agenda: what the dates and rotations of a manifest will change, and when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ringform.calendar.dates import on_clock
from ringform.model.address import Address


@dataclass(frozen=True, slots=True)
class HoursChange:
    """A change of hours because of a date: from ``at`` on, the weekday ``day`` has other hours.

    ``on`` is the date that these hours are for, None when the weekday gets its normal hours back.
    """

    address: Address
    at: datetime
    day: str
    before: str
    after: str
    on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Handover:
    """A change of who is on call, at ``at``, for the numbers ``addresses``. Members are the manifest's names."""

    group: str
    at: datetime
    before: str
    after: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Dates, from ``first`` through ``last``, on which numbers have special hours (``closed``, for example)."""

    first: date
    last: date
    hours: str
    reason: str | None
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """The time, from ``begin`` up to ``end``, for which a member is on call."""

    group: str
    member: str
    begin: datetime
    end: datetime
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The events from ``begin`` up to ``end``.

    ``changes`` is what applies will do, in order of time; ``special_days`` and ``shifts`` are for people's own
    calendars. ``zones`` are the IANA names of the clocks at whose midnight hours change, ``handovers`` the times at
    which a rotation changes: its zone, the weekday (0 is Monday; None: any) and the minute of the day.
    """

    begin: datetime
    end: datetime
    changes: tuple[HoursChange | Handover, ...] = ()
    special_days: tuple[SpecialDays, ...] = ()
    shifts: tuple[Shift, ...] = ()
    zones: tuple[str, ...] = ()
    handovers: tuple[tuple[str, int | None, int], ...] = ()


def in_words(change: HoursChange | Handover) -> tuple[str, str, str]:
    """Return a change in words: what stands before the new value, the value, and what stands after it."""
    match change:
        case HoursChange(day=day, after=after, on=None):
            return f"{day.title()} back to ", after, ""
        case HoursChange(day=day, after=after, on=on, reason=reason):
            return f"{day.title()} ", after, f" for {on}{f' ({reason})' if reason else ''}"
        case Handover(group=group, before=before, after=after):
            return f"{group}: {before} -> ", after, ""


def concerned(change: HoursChange | Handover) -> tuple[Address, ...]:
    """Return the objects that a change is about."""
    return (change.address,) if isinstance(change, HoursChange) else change.addresses


def next_change(agenda: Agenda, addresses: Collection[Address], after: datetime) -> datetime | None:
    """Return when an agenda next changes one of these objects after a time, or None.

    A time without a zone is on each object's own clock.
    """
    for change in agenda.changes:
        if is_after(change, after) and any(address in addresses for address in concerned(change)):
            return change.at
    return None


def is_after(change: HoursChange | Handover, moment: datetime) -> bool:
    """Return whether a change comes after a time, which without a zone is on the clock of the change."""
    return change.at > on_clock(moment, change.at.tzinfo or UTC)


def merge_agendas(agendas: Sequence[Agenda]) -> Agenda:
    """Return one agenda for several, at least one, of the same period."""
    return Agenda(
        agendas[0].begin,
        agendas[0].end,
        tuple(sorted((change for agenda in agendas for change in agenda.changes), key=lambda change: change.at)),
        tuple(days for agenda in agendas for days in agenda.special_days),
        tuple(shift for agenda in agendas for shift in agenda.shifts),
        tuple(dict.fromkeys(zone for agenda in agendas for zone in agenda.zones)),
        tuple(dict.fromkeys(handover for agenda in agendas for handover in agenda.handovers)),
    )
