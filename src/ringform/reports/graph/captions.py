"""What stands in a box, in words that are the same in every format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from ringform.callflow.graph import CallEntry, FlowNode, MenuPrompt, NodeContent, OpeningHours, Ringing
from ringform.callflow.types import Ends, Message, Unknown, Voicemail
from ringform.model.clock import MINUTES
from ringform.model.messages import listed
from ringform.reports.text.callers import spans
from ringform.reports.text.side_by_side import names
from ringform.reports.text.style import safe


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a box; ``is_new`` when a changed box does not have it on the other side."""

    text: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """The texts of a box. All are safe, whole and on one line: cutting and wrapping is up to the format."""

    heading: Line
    lines: tuple[Line, ...] = ()

    @property
    def whole(self) -> str:
        """Everything, as one sentence."""
        return ", ".join(line.text for line in (self.heading, *self.lines))


def caption(node: FlowNode, people: Mapping[str, str]) -> Caption:
    """Return what stands in a box."""
    heading, *lines = _texts(node.content, people)
    there = _texts(node.other, people) if node.other is not None else None
    first, *rest = (Line(text, there is not None and text not in there) for text in (heading, *lines))
    return Caption(first, tuple(rest))


def title(*, is_plan: bool) -> str:
    """Return what the pictures of a plan, or of a manifest or an account, are about."""
    return "What a plan changes for callers" if is_plan else "How calls are answered"


def nothing(*, is_plan: bool) -> str:
    """Return what is said when there are no pictures."""
    return "The plan changes no number." if is_plan else "There is no number."


def one_line(text: str) -> str:
    """Return a text in which nothing can act, with its line breaks as spaces: they mean nothing when it is spoken."""
    return safe(re.sub(r"\s+", " ", text).strip())


def _texts(what: NodeContent, people: Mapping[str, str]) -> list[str]:
    match what:
        case CallEntry():
            return _call(what)
        case OpeningHours(opening):
            whole_week = [(each.start, each.end) for each in opening] == [(0, MINUTES)] * 7
            return ["Opening hours", *(["Always open"] if whole_week else spans(opening) or ["Never open"])]
        case MenuPrompt(plays):
            return ["Phone menu", _quoted(plays)]
        case Ringing(who, plays, seconds):
            rings = f"Rings {listed(names(sorted(who), people)) or 'nobody'}"
            first = [f"after {_quoted(plays)}"] if plays is not None else []
            return [rings, *first, *([f"for {seconds} s"] if seconds else [])]
        case Voicemail(plays):
            return ["Voicemail", _quoted(plays)]
        case Message(plays):
            return ["Message, then the call ends", _quoted(plays)]
        case Unknown(name):
            return ["Not documented", one_line(name)]
        case Ends.RINGS_OUT:
            return ["Rings until the caller gives up"]
        case Ends.NOT_DOCUMENTED:
            return ["Not documented"]
        case Ends():
            return [what.value]
        case _:
            assert_never(what)


def _call(call: CallEntry) -> list[str]:
    texts = [f"Call to {one_line(call.name or call.number)}"]
    if call.name:
        texts.append(one_line(call.number))
    texts.append(f"Clock: {one_line(call.timezone)}")
    if call.language:
        texts.append(f"Language: {one_line(call.language)}")
    if call.is_recorded:
        texts.append("Conversations are recorded")
    return texts


def _quoted(text: str) -> str:
    return f"“{one_line(text)}”"
