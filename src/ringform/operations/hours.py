"""Hours: the week of every number, and whom callers reach in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ringform.callflow.reach import Stretch, week
from ringform.callflow.types import CallFlow
from ringform.manifest.manifest import Manifest
from ringform.model.messages import listed
from ringform.operations.numbers import Number, addresses_called, numbers


@dataclass(frozen=True, slots=True)
class NumberWeek:
    """The week of a number on its own clock in ``timezone``; or ``problem`` says why that is not known."""

    number: Number
    timezone: str = ""
    week: tuple[Stretch, ...] = ()
    problem: str | None = None


def weeks(manifest: Manifest, to: Sequence[str] = ()) -> Iterator[NumberWeek]:
    """Return the week of every number of which the manifest says anything about how it answers.

    With ``to``, only of these numbers, by number, name or pattern.

    Raises:
        RingformError: The manifest has no such number.
    """
    known = {number.address: number for number in numbers(manifest)}
    names = {address: number.name for address, number in known.items()}
    chosen = [address for each in to for address in addresses_called(each, names, "the manifest")]
    for address in dict.fromkeys(chosen or known):
        number = known[address]
        flow = number.answering
        if isinstance(flow, CallFlow):
            yield NumberWeek(number, flow.timezone, week(flow))
        elif flow is None:
            yield NumberWeek(number, problem="the vendor does not document what happens to a call to it")
        elif not flow.is_everything:
            yield NumberWeek(number, problem=f"the manifest leaves {listed(flow.fields)} to the account")
