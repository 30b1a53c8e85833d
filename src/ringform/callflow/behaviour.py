"""Behaviours: what numbers do with every call, traced once for all that differ only in their hours and their clock."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from math import inf

from ringform.callflow.difference import CallPath, Keys, call_paths
from ringform.callflow.trace import Trace, trace
from ringform.callflow.types import CallFlow, Flow, Menu


@dataclass(frozen=True, slots=True)
class TracedCall:
    """A call on a path, its trace, the texts in it, and the seconds for which it can ring: ``inf`` without a timer."""

    path: CallPath
    trace: Trace
    texts: tuple[str, ...]
    ring_seconds: float


class Behaviour:
    """The calls to a number, open or closed. Each is traced when it is first asked for."""

    def __init__(self, flow: CallFlow) -> None:
        self._flow = flow
        self._known: dict[tuple[bool, Keys | None, tuple[bool, ...]], tuple[TracedCall, ...]] = {}

    def calls(self, *, is_open: bool, press: Keys | None, answers: tuple[bool, ...]) -> tuple[TracedCall, ...]:
        """Return the calls with these keys pressed, somebody picking up or not.

        Without keys (None) they are those with each sequence of keys that leads through the menus to an end.
        """
        is_open = is_open or self._flow.closed is None  # the same happens at all hours
        key = (is_open, press, answers)
        if key not in self._known:
            if press is None:
                every = list(call_paths(self._flow, is_open=is_open, to_an_end=True))
                paths = [path for answered in answers for path in every if path.answered is answered]
            else:
                paths = [CallPath(press, answered) for answered in answers]
            self._known[key] = tuple(self._traced(path, is_open=is_open) for path in paths)
        return self._known[key]

    def _traced(self, path: CallPath, *, is_open: bool) -> TracedCall:
        call = trace(self._flow, is_open=is_open, press=path.press, answered=path.answered)
        texts = tuple(step.plays for step in call.steps if step.plays is not None)
        rings = [step.ring_seconds for step in call.steps if step.rings is not None]
        return TracedCall(path, call, texts, sum(inf if seconds is None else seconds for seconds in rings))


class Behaviours:
    """The distinct behaviours of numbers."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Behaviour] = {}

    def of(self, flow: CallFlow) -> Behaviour:
        """Return the behaviour of a number, which is one and the same for all numbers with the same flows."""
        flows = tuple(map(_hashable, (flow.incoming, flow.closed, flow.no_answer)))
        key = (flows, flow.ring_seconds, flow.is_recorded, flow.language, flow.names)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Behaviour(flow)
        return known


def _hashable(flow: Flow | None) -> Hashable:
    return (flow.plays, *flow.options.items()) if isinstance(flow, Menu) else flow
