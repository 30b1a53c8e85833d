"""Every call that can be made in a week to the numbers that a plan changes, and what its caller meets on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ringform.callflow.behaviour import Behaviour, Behaviours
from ringform.callflow.effects import compared_flows
from ringform.callflow.week import Segment, segments
from ringform.model.address import Address
from ringform.model.kind import HasKinds
from ringform.model.plan import Plan


@dataclass(frozen=True, slots=True)
class PossibleCalls:
    """The calls to one number in a week, which is cut into parts in which nothing depends on the time.

    ``timezone`` is the new clock of the number, an IANA name, and ``former_timezone`` the one before. Numbers that
    answer alike share their behaviours.
    """

    address: Address
    name: str | None
    timezone: str
    former_timezone: str
    segments: tuple[Segment, ...]
    before: Behaviour
    after: Behaviour


def possible_calls(plan: Plan, vendors: Iterable[HasKinds], on: date) -> Iterator[PossibleCalls]:
    """Yield the calls to each number that a plan changes, in its order, in the week that holds the day ``on``."""
    monday = on - timedelta(days=on.weekday())
    behaviours = Behaviours()
    for change, before, after in compared_flows(plan, vendors):
        yield PossibleCalls(
            change.address,
            change.name,
            after.timezone,
            before.timezone,
            tuple(segments(before, after, monday)),
            behaviours.of(before),
            behaviours.of(after),
        )
