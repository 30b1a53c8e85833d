"""Simulating one call: whether the number is open then, and why, and what the caller meets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ringform.calendar.week import ExceptionalDay
from ringform.callflow.trace import Trace, is_open, local_time, trace
from ringform.callflow.types import CallFlow
from ringform.model.address import Address
from ringform.model.clock import clock


@dataclass(frozen=True, slots=True)
class Simulation:
    """A call to ``to`` at a time ``at`` on the number's clock, with these keys pressed, answered or not.

    ``hours`` are the opening hours of that day of the week in minutes from midnight, None if it is closed; an
    ``exception`` says why they are not the normal ones. ``label`` is what people call the number.
    """

    to: Address
    label: str
    at: datetime
    press: tuple[str, ...]
    answered: bool
    is_open: bool
    hours: tuple[int, int] | None
    exception: ExceptionalDay | None
    call: Trace

    @property
    def hours_written(self) -> str:
        """The opening hours as ``09:00-17:00``, or ``closed``."""
        return "closed" if self.hours is None else "-".join(map(clock, self.hours))

    @property
    def not_taken(self) -> tuple[str, ...]:
        """The keys that had no effect: the menu does not have the first of them, or there is no menu."""
        taken = sum(step.press is not None for step in self.call.steps)
        return self.press[taken:]


def simulate(
    flow: CallFlow,
    to: Address,
    label: str,
    at: datetime,
    press: tuple[str, ...],
    *,
    answered: bool,
    exception: Callable[[int], ExceptionalDay | None],
) -> Simulation:
    """Return what a caller of a number meets; ``at`` without a zone is a time on the number's clock.

    ``exception`` returns why a weekday (0 is Monday) has other hours than normal, or None.
    """
    local = local_time(flow, at)
    opened = is_open(flow, local)
    day = local.weekday()
    call = trace(flow, is_open=opened, press=press, answered=answered)
    return Simulation(to, label, local, press, answered, opened, flow.hours.get(day), exception(day), call)
