"""The agenda: what dates and rotations will change, and when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ringform.calendar.dates import on_clock
from ringform.model.address import Address


@dataclass(frozen=True, slots=True)
class HoursChange:
    """What an apply does on a day because of a date: from ``at`` on, a day of the week has other hours.

    ``on`` is the date that the day is governed by from now on, None when it has its normal hours back.
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
    """Others are on call from ``at`` on, for the numbers ``addresses``. Members are the manifest's own names."""

    group: str
    at: datetime
    before: str
    after: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Dates, from ``first`` through ``last``, on which numbers have hours of their own (``closed``, for example)."""

    first: date
    last: date
    hours: str
    reason: str | None
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is on call from ``begin`` up to ``end``."""

    group: str
    member: str
    begin: datetime
    end: datetime
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the dates of a manifest come to from ``begin`` up to ``end``.

    ``changes`` is what applies will do, in order of time; ``special_days`` and ``shifts`` are what people put into
    their own calendars. ``zones`` are the IANA names of the clocks whose midnight begins a day here, ``handovers`` the
    times of the week or day at which a rotation changes: its zone, the weekday (0 is Monday; None: any) and a minute.
    """

    begin: datetime
    end: datetime
    changes: tuple[HoursChange | Handover, ...] = ()
    special_days: tuple[SpecialDays, ...] = ()
    shifts: tuple[Shift, ...] = ()
    zones: tuple[str, ...] = ()
    handovers: tuple[tuple[str, int | None, int], ...] = ()


def next_change(agenda: Agenda, addresses: Collection[Address], after: datetime) -> datetime | None:
    """Return when an agenda first changes one of these objects after a time.

    A time without a zone is on each object's own clock.
    """
    for each in agenda.changes:
        concerned = (each.address,) if isinstance(each, HoursChange) else each.addresses
        if each.at > on_clock(after, each.at.tzinfo or UTC) and any(address in addresses for address in concerned):
            return each.at
    return None


def merge_agendas(agendas: Sequence[Agenda]) -> Agenda:
    """Return several agendas, one or more, of the same time as one."""
    return Agenda(
        agendas[0].begin,
        agendas[0].end,
        tuple(sorted((each for agenda in agendas for each in agenda.changes), key=lambda each: each.at)),
        tuple(each for agenda in agendas for each in agenda.special_days),
        tuple(each for agenda in agendas for each in agenda.shifts),
        tuple(dict.fromkeys(zone for agenda in agendas for zone in agenda.zones)),
        tuple(dict.fromkeys(each for agenda in agendas for each in agenda.handovers)),
    )
