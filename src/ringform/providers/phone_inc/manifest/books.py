"""The employees behind the names of a manifest at a moment, on a number's clock: rotations hand over by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from ringform.calendar.dates import on_clock
from ringform.calendar.rotation import Rotation
from ringform.providers.phone_inc.manifest.employee_book import EmployeeBook
from ringform.providers.phone_inc.manifest.employees import ByEmail, ByName, read_book


@dataclass(frozen=True)
class Books:
    """The names of a manifest: in ``general`` everybody of a rotation rings, at any moment only who is on call."""

    general: EmployeeBook
    employees: Mapping[str, str | ByEmail | ByName] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rotations: Mapping[str, Rotation] = field(default_factory=dict)
    _by_moment: dict[tuple[str, datetime], EmployeeBook] = field(default_factory=dict)

    def on(self, zone: str, as_of: datetime) -> EmployeeBook:
        """Return the names as they are at a moment for a number whose clock is that of ``zone``."""
        if not self.rotations:
            return self.general
        key = (zone, as_of)
        if key not in self._by_moment:
            moment = on_clock(as_of, ZoneInfo(zone))
            now = {name: [_on_call(each, moment, zone)] for name, each in self.rotations.items()}
            self._by_moment[key], _ = read_book(self.employees, {**self.groups, **now})
        return self._by_moment[key]

    def rotations_in(self, names: Iterable[str]) -> dict[str, Rotation]:
        """Return the rotations among these groups and the groups within them."""
        waiting = sorted(names)
        seen = set(waiting)
        while waiting:
            inner = self.groups.get(waiting.pop(), ())
            waiting += [member for member in inner if member not in seen]
            seen.update(inner)
        return {name: rotation for name, rotation in self.rotations.items() if name in seen}


def _on_call(rotation: Rotation, moment: datetime, zone: str) -> str:
    return rotation.member_at(moment, ZoneInfo(rotation.timezone or zone))
