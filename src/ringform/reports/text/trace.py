"""A simulated call as text: when it is, and then what the caller meets, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringform.callflow.simulation import Simulation
from ringform.callflow.trace import TraceStep
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


def render(simulation: Simulation, people: Mapping[str, str], style: Style) -> str:
    """Return the whole call, without a final newline."""
    lines = [
        f"{style.bold(safe(simulation.label))}, {simulation.at:%a %Y-%m-%d %H:%M} {safe(str(simulation.at.tzinfo))}",
        *(f"  {style.dim(line)}" for line in _why(simulation)),
    ]
    for step in simulation.call.steps:
        lines.append(f"  {style.place(safe(_origin(step, simulation.call.names)))}")
        if step.plays is not None:
            lines.append(f'    plays "{safe(step.plays)}"')
        if step.rings is not None:
            who = listed(side_by_side.names(sorted(step.rings), people))
            lines.append(f"    rings {who}{f' for {step.ring_seconds} s' if step.ring_seconds else ''}")
    lines.append(f"  {style.bold(_ending(simulation))}")
    if simulation.call.is_recorded:
        lines.append("  The call is recorded.")
    lines += [f"  No menu waits for key {safe(key)}." for key in _left_over(simulation)]
    return "\n".join(lines)


def _why(simulation: Simulation) -> Iterator[str]:
    """Yield whether the number is open and why, and why a closed number takes calls as an open one."""
    state = "in opening hours" if simulation.is_open else "outside opening hours"
    yield f"{state} ({simulation.at:%a} {simulation.hours_written})"
    if simulation.exception:
        yield side_by_side.because_of(simulation.exception)
    if not simulation.is_open and any(step.slot is Slot.INCOMING for step in simulation.call.steps):
        yield "nothing is set for the time outside opening hours: the number answers as if it were open"


def _ending(simulation: Simulation) -> str:
    ends = simulation.call.ends
    if ends is not Ends.NOT_DOCUMENTED:
        return _ENDINGS[ends]
    if simulation.call.steps[-1].type is not StepType.MENU:
        return f"Not documented: {_NOT_SAID}"
    if simulation.not_taken:
        return f"Not documented: the menu has no key {safe(simulation.not_taken[0])}, and {_NOT_SAID}"
    return f"Not documented: no key is pressed, and {_NOT_SAID}"


def _left_over(simulation: Simulation) -> tuple[str, ...]:
    """Return the keys that no menu waits for; the ending mentions the one that a menu does not have."""
    return simulation.not_taken[1 if simulation.call.ends is Ends.NOT_DOCUMENTED else 0 :]


def _origin(step: TraceStep, names: FlowNames) -> str:
    place = names.slot(step.slot) if step.slot else f"key {step.press}"
    return f"{place}: {names.step(step.type)}"
