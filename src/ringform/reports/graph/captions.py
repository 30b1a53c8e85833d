"""The captions of boxes, in words that are the same in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from ringform.callflow.graph import CallEntry, FlowNode, MenuPrompt, NodeContent, OnCall, OpeningHours, Ringing
from ringform.callflow.pictures import Picture
from ringform.callflow.types import Ends, Message, Unknown, Voicemail
from ringform.callflow.week import spans
from ringform.model.clock import DAYS, MINUTES
from ringform.model.messages import listed
from ringform.reports.text.side_by_side import names
from ringform.reports.text.style import plain


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """One text of a box; ``is_new`` if the changed box lacks it on the other side."""

    text: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """The texts of a box, uncut and each on one line: the format escapes, cuts and wraps them."""

    heading: CaptionLine
    lines: tuple[CaptionLine, ...] = ()

    @property
    def whole(self) -> str:
        """All texts, as one sentence."""
        return ", ".join(line.text for line in (self.heading, *self.lines))


def caption(node: FlowNode, people: Mapping[str, str]) -> Caption:
    """Return the caption of a node."""
    other = _texts(node.other, people) if node.other is not None else None
    first, *rest = (CaptionLine(text, other is not None and text not in other) for text in _texts(node.content, people))
    return Caption(first, tuple(rest))


def title(*, is_plan: bool) -> str:
    """Return the title of the pictures of a plan, or else of a manifest or an account."""
    return "What a plan changes for callers" if is_plan else "How calls are answered"


def nothing(*, is_plan: bool) -> str:
    """Return the text in the place of pictures if there are none."""
    return "The plan changes no number." if is_plan else "There is no number."


def notes(pictures: Sequence[Picture], as_of: str) -> Iterator[str]:
    """Yield the sentences that belong to all pictures: as of when they are, and what their boxes leave open."""
    yield one_line(as_of)
    shown = [node.content for picture in pictures for _, graph in picture.sides for node in graph.nodes]
    if Ends.NOT_DOCUMENTED in shown:
        yield "“Not documented”: the vendor's API document does not say what happens after another key, or none."
    if any(isinstance(content, Unknown) for content in shown):
        yield "“Not documented” with a name: the vendor's API document does not say what callers meet there."


def one_line(text: str) -> str:
    """Return a text with its line breaks as spaces: they mean nothing in a spoken text. Its format escapes the rest."""
    return plain(re.sub(r"\s+", " ", text).strip())


def _texts(content: NodeContent, people: Mapping[str, str]) -> list[str]:
    match content:
        case CallEntry():
            return _call(content)
        case OpeningHours(opening):
            whole_week = [(each.start, each.end) for each in opening] == [(0, MINUTES)] * 7
            return ["Opening hours", *(["Always open"] if whole_week else spans(opening) or ["Never open"])]
        case MenuPrompt(plays):
            return ["Phone menu", _quoted(plays)]
        case Ringing(who, plays, seconds, on_call):
            rings = f"Rings {listed(names(sorted(who), people)) or 'nobody'}"
            first = [f"after {_quoted(plays)}"] if plays is not None else []
            turns = [_turn(each, is_alone=len(who) == 1) for each in on_call]
            return [rings, *turns, *first, *([f"for {seconds} s"] if seconds else [])]
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
            return [content.value]
        case _:
            assert_never(content)


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


def _turn(on_call: OnCall, *, is_alone: bool) -> str:
    until = on_call.until
    who = "" if is_alone else f"{one_line(on_call.member)} "
    return f"{who}on call until {DAYS[until.weekday()]} {until:%Y-%m-%d %H:%M}, rotation {one_line(on_call.rotation)}"


def _quoted(text: str) -> str:
    return f"“{one_line(text)}”"
