"""Who the names of a manifest are on a clock: rotations hand over by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from ringform.calendar.dates import on_clock
from ringform.calendar.rotation import Rotation
from ringform.providers.phone_inc.manifest.employee_book import EmployeeBook
from ringform.providers.phone_inc.manifest.employees import ByEmail, ByName, read_book


@dataclass
class Books:
    """The names of a manifest as they are to be understood on a clock: rotations hand over by it."""

    general: EmployeeBook
    as_of: datetime
    employees: Mapping[str, str | ByEmail | ByName] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rotations: Mapping[str, Rotation] = field(default_factory=dict)
    _by_zone: dict[str, EmployeeBook] = field(default_factory=dict)

    def of(self, zone: str) -> EmployeeBook:
        """The book in which each rotation is who is on call, for a number whose clock is that of ``zone``."""
        if not self.rotations:
            return self.general
        if zone not in self._by_zone:
            moment = on_clock(self.as_of, ZoneInfo(zone))
            now = {name: [_on_call(each, moment, zone)] for name, each in self.rotations.items()}
            book, _ = read_book(self.employees, {**self.groups, **now})
            book.is_complete = self.general.is_complete
            self._by_zone[zone] = book
        return self._by_zone[zone]

    def rotations_in(self, names: Iterable[str]) -> dict[str, Rotation]:
        """The rotations among these groups and the groups within them."""
        waiting = sorted(names)
        seen = set(waiting)
        while waiting:
            inner = self.groups.get(waiting.pop(), ())
            waiting += [member for member in inner if member not in seen]
            seen.update(inner)
        return {name: rotation for name, rotation in self.rotations.items() if name in seen}


def _on_call(rotation: Rotation, moment: datetime, zone: str) -> str:
    return rotation.member_at(moment, ZoneInfo(rotation.timezone or zone))
