"""Rotations: who of several is on call, by the clock of a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Rotation:
    """One member after the other, each for ``days`` days, over and over.

    The first shift begins on ``start`` at ``handover`` on the local clock, and every later one at the same time of day:
    across a change of the clocks a shift is an hour longer or shorter. Before the first shift the first member is on
    call. ``timezone`` is the IANA name of the clock; None: that of the number which the group rings for.
    """

    days: int
    start: date
    handover: time
    members: tuple[str, ...]
    timezone: str | None = None

    def begin(self, number: int, zone: tzinfo) -> datetime:
        """When a shift begins; shifts count from 0. Where the clocks skip that time, it is as long after the change."""
        local = datetime.combine(self.start + timedelta(days=self.days * number), self.handover, zone)
        return local.astimezone(UTC).astimezone(zone)

    def shift_at(self, moment: datetime, zone: tzinfo) -> int:
        """Return the number of the shift at an aware moment; negative before the first one."""
        local = moment.astimezone(zone)
        number = (local.date() - self.start).days // self.days
        # Not local times but instants are compared: in the hour that comes twice only one of the two is the handover.
        while self.begin(number, zone) > moment:
            number -= 1
        while self.begin(number + 1, zone) <= moment:
            number += 1
        return number

    def member(self, shift: int) -> str:
        """Return who has a shift."""
        return self.members[max(shift, 0) % len(self.members)]

    def member_at(self, moment: datetime, zone: tzinfo) -> str:
        """Return who is on call at an aware moment."""
        return self.member(self.shift_at(moment, zone))

    def shifts(self, begin: datetime, end: datetime, zone: tzinfo) -> Iterator[tuple[str, datetime, datetime]]:
        """Yield member, begin and end of every shift that has a part of ``[begin, end)``; none before the first."""
        number = max(self.shift_at(begin, zone), 0)
        while self.begin(number, zone) < end:
            yield self.member(number), self.begin(number, zone), self.begin(number + 1, zone)
            number += 1
