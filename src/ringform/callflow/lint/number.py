"""A number as the rules see it: its flows, its texts, and where in a manifest each of them stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ringform.callflow.types import (
    INCOMING,
    NO_ANSWER,
    OUTSIDE,
    Configuration,
    Flow,
    Menu,
    Message,
    Transfer,
    Unknown,
    Voicemail,
)
from ringform.model.address import Address

FieldPath = tuple[str, ...]
"""A field in normal form: ``("incoming_call_config", "menu_options", "1", "prompt")``."""


@dataclass(frozen=True, slots=True)
class Text:
    """Something that callers hear. ``kind`` is the same for texts that do the same at the same place of a call."""

    path: FieldPath
    kind: str
    plays: str


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a manifest, as it answers in a normal week.

    ``is_whole``: the manifest says everything about how it answers. Otherwise what it leaves to the account looks as if
    it were not there. ``is_dated``: it has closures or special hours, so that on some day it opens or closes otherwise.
    """

    address: Address
    name: str | None
    flows: Configuration
    is_whole: bool
    is_dated: bool
    texts: tuple[Text, ...]

    @property
    def label(self) -> str:
        """What people call it."""
        return self.address.labelled(self.name)


def slots(flows: Configuration) -> Iterator[tuple[str, Flow]]:
    """The flows of a number that are there and known, each with its slot."""
    for slot, flow in ((INCOMING, flows.incoming), (OUTSIDE, flows.outside), (NO_ANSWER, flows.no_answer)):
        if flow is not None and not isinstance(flow, Unknown):
            yield slot, flow


def texts(flows: Configuration) -> Iterator[Text]:
    """Everything that callers of a number may hear."""
    for slot, flow in slots(flows):
        match flow:
            case Menu(plays, options):
                yield Text((slot, "welcome"), f"{slot} menu", plays)
                for digit, option in options.items():
                    if option.plays is not None:
                        kind = f"{slot} option {type(option).__name__}"
                        yield Text((slot, "menu_options", digit, "prompt"), kind, option.plays)
            case Transfer(plays=str() as plays):
                yield Text((slot, "welcome"), f"{slot} transfer", plays)
            case Voicemail(plays):
                yield Text((slot, "greeting"), f"{slot} voicemail", plays)
            case Message(plays):
                yield Text((slot, "message"), f"{slot} message", plays)
            case _:
                pass
