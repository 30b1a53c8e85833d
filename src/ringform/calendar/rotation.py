"""Rotations: who of several members is on call at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Rotation:
    """Members who are on call in turn, each for ``days`` days.

    The first shift begins on ``start`` at ``handover`` on the local clock, and every later one at the same time of day:
    across a change of the clocks a shift is an hour longer or shorter. Before the first shift the first member is on
    call. ``timezone`` is the IANA name of the clock (None: that of the number that uses the rotation).
    """

    days: int
    start: date
    handover: time
    members: tuple[str, ...]
    timezone: str | None = None

    def begin(self, number: int, zone: tzinfo) -> datetime:
        """Return when shift ``number``, from 0, begins; a time that the clock skips counts from before the skip."""
        local = datetime.combine(self.start + timedelta(days=self.days * number), self.handover, zone)
        return local.astimezone(UTC).astimezone(zone)

    def shift_at(self, moment: datetime, zone: tzinfo) -> int:
        """Return the number of the shift at a time with a zone; negative before the first one."""
        local = moment.astimezone(zone)
        number = (local.date() - self.start).days // self.days
        # Compare instants, not local times: of an hour that comes twice only one is the handover.
        while self.begin(number, zone) > moment:
            number -= 1
        while self.begin(number + 1, zone) <= moment:
            number += 1
        return number

    def member(self, shift: int) -> str:
        """Return the member of a shift."""
        return self.members[max(shift, 0) % len(self.members)]

    def member_at(self, moment: datetime, zone: tzinfo) -> str:
        """Return the member on call at a time with a zone."""
        return self.member(self.shift_at(moment, zone))

    def shifts(self, begin: datetime, end: datetime, zone: tzinfo) -> Iterator[tuple[str, str, datetime, datetime]]:
        """Yield member, the member before, begin and end of every shift that overlaps ``[begin, end)``."""
        number = max(self.shift_at(begin, zone), 0)
        while self.begin(number, zone) < end:
            yield self.member(number), self.member(number - 1), self.begin(number, zone), self.begin(number + 1, zone)
            number += 1
