"""A number as the rules see it: its flows, its texts, and what a rule finds in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ringform.callflow.types import (
    CallFlow,
    Flow,
    Menu,
    Message,
    Slot,
    Transfer,
    Unknown,
    Voicemail,
)
from ringform.model.address import Address

FlowPath = tuple[str, ...]
"""A field in our words, which the provider has names for: ``("incoming", "options", "1", "prompt")``."""


@dataclass(frozen=True, slots=True)
class Text:
    """Something that callers hear. ``kind`` is the same for texts that do the same at the same place of a call.

    ``comment`` is what follows it in its line of the manifest, from a # on, where it may have been meant to be spoken.
    """

    path: FlowPath
    kind: str
    plays: str
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class LintedNumber:
    """One number of a manifest, as it answers in a normal week.

    ``is_whole``: the manifest says everything about how it answers. Otherwise what it leaves to the account looks as if
    it were not there. ``is_dated``: it has closures or special hours, so that on some day it opens or closes otherwise.
    """

    address: Address
    name: str | None
    flows: CallFlow
    is_whole: bool
    is_dated: bool
    texts: tuple[Text, ...]

    @property
    def label(self) -> str:
        """What people call it."""
        return self.address.labelled(self.name)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a manifest says of a number, in the field at ``path``; ``other`` is a second place it is about.

    ``summary`` does not name the number: many numbers may have the field from one line.
    """

    number: LintedNumber
    path: FlowPath
    summary: str
    detail: str | None = None
    hint: str | None = None
    other: tuple[LintedNumber, FlowPath] | None = None


def slots(flows: CallFlow) -> Iterator[tuple[Slot, Flow]]:
    """Yield the flows of a number that are there and known, each with its slot."""
    for slot, flow in zip(Slot, (flows.incoming, flows.closed, flows.no_answer), strict=True):
        if flow is not None and not isinstance(flow, Unknown):
            yield slot, flow


def texts(flows: CallFlow) -> Iterator[Text]:
    """Yield everything that callers of a number may hear."""
    for slot, flow in slots(flows):
        match flow:
            case Menu(plays, options):
                yield Text((slot, "welcome"), f"{slot} menu", plays)
                for digit, option in options.items():
                    if option.plays is not None:
                        kind = f"{slot} option {type(option).__name__}"
                        yield Text((slot, "options", digit, "prompt"), kind, option.plays)
            case Transfer(plays=str() as plays):
                yield Text((slot, "welcome"), f"{slot} transfer", plays)
            case Voicemail(plays):
                yield Text((slot, "greeting"), f"{slot} voicemail", plays)
            case Message(plays):
                yield Text((slot, "message"), f"{slot} message", plays)
            case _:
                pass
