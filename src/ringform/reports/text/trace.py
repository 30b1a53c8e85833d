"""A simulated call as text: when it is, and then what the caller meets, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ringform.callflow.simulation import Simulation
from ringform.callflow.trace import Trace, TraceStep
from ringform.callflow.types import Ends, FlowNames, Slot, StepType
from ringform.model.messages import listed
from ringform.reports.text import side_by_side
from ringform.reports.text.style import Style, safe

_ENDINGS = {
    Ends.ANSWERED: "Somebody answers.",
    Ends.VOICEMAIL: "The caller leaves a voicemail.",
    Ends.HANGUP: "The call ends.",
    Ends.RINGS_OUT: "It rings until the caller gives up: no timer runs.",
}
_NOT_SAID = "the API's documents do not say what happens then."
RECORDED = "The call is recorded."
ALIKE_WHEN_CLOSED = "nothing is set for the time outside opening hours: the number answers as if it were open"


@dataclass(frozen=True, slots=True)
class StepInWords:
    """A step of a call: where it comes from (``incoming: menu``), and what the caller meets there."""

    origin: str
    meets: tuple[str, ...]


def render(simulation: Simulation, people: Mapping[str, str], style: Style) -> str:
    """Return the whole call, without a final newline."""
    lines = [
        f"{style.bold(safe(simulation.label))}, {simulation.at:%a %Y-%m-%d %H:%M} {safe(str(simulation.at.tzinfo))}",
        *(f"  {style.dim(line)}" for line in _why(simulation)),
    ]
    for step in steps(simulation.call, people):
        lines += [f"  {style.place(step.origin)}", *(f"    {line}" for line in step.meets)]
    lines.append(f"  {style.bold(ending(simulation.call, simulation.not_taken))}")
    if simulation.call.is_recorded:
        lines.append(f"  {RECORDED}")
    # The ending mentions the key that a menu does not have.
    mentioned = 1 if simulation.call.ends is Ends.NOT_DOCUMENTED else 0
    lines += [f"  {unused(key)}" for key in simulation.not_taken[mentioned:]]
    return "\n".join(lines)


def steps(call: Trace, people: Mapping[str, str]) -> list[StepInWords]:
    """Return the steps of a call in words."""
    return [StepInWords(safe(_origin(step, call.names)), tuple(_meets(step, people))) for step in call.steps]


def ending(call: Trace, not_taken: Sequence[str] = ()) -> str:
    """Return how a call ends; ``not_taken`` are the keys that were pressed and had no effect."""
    if call.ends is not Ends.NOT_DOCUMENTED:
        return _ENDINGS[call.ends]
    if call.steps[-1].type is not StepType.MENU:
        return f"Not documented: {_NOT_SAID}"
    if not_taken:
        return f"Not documented: the menu has no key {safe(not_taken[0])}, and {_NOT_SAID}"
    return f"Not documented: no key is pressed, and {_NOT_SAID}"


def state(*, is_open: bool) -> str:
    """Return whether a number is open."""
    return "in opening hours" if is_open else "outside opening hours"


def is_alike_when_closed(call: Trace, *, is_open: bool) -> bool:
    """Return whether a closed number takes a call as an open one does."""
    return not is_open and any(step.slot is Slot.INCOMING for step in call.steps)


def unused(key: str) -> str:
    """Return that a key has no effect."""
    return f"No menu waits for key {safe(key)}."


def _why(simulation: Simulation) -> Iterator[str]:
    """Yield whether the number is open and why, and why a closed number takes calls as an open one."""
    yield f"{state(is_open=simulation.is_open)} ({simulation.at:%a} {simulation.hours_written})"
    if simulation.exception:
        yield side_by_side.because_of(simulation.exception)
    if is_alike_when_closed(simulation.call, is_open=simulation.is_open):
        yield ALIKE_WHEN_CLOSED


def _meets(step: TraceStep, people: Mapping[str, str]) -> Iterator[str]:
    if step.plays is not None:
        yield f'plays "{safe(step.plays)}"'
    if step.rings is not None:
        who = listed(side_by_side.names(sorted(step.rings), people))
        yield f"rings {who}{f' for {step.ring_seconds} s' if step.ring_seconds else ''}"


def _origin(step: TraceStep, names: FlowNames) -> str:
    place = names.slot(step.slot) if step.slot else f"key {step.press}"
    return f"{place}: {names.step(step.type)}"
