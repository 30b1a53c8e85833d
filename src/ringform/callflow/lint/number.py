"""The input of lint rules, a number with its flows and texts, and their output, findings."""

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
"""The path of a field in words that ``FlowNames`` translates: ``("incoming", "options", "1", "prompt")``."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that callers hear. ``kind`` is the same for texts with the same purpose.

    ``comment`` is the rest of its line of the manifest, from a # on, if that may have been meant to be spoken.
    """

    path: FlowPath
    kind: str
    plays: str
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class LintedNumber:
    """One number of a manifest, as it answers in a normal week.

    ``is_whole``: the manifest sets everything that decides how it answers; otherwise what it leaves to the account is
    missing in ``flows``. ``is_dated``: it has closures or special hours, and so other hours on some days.
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
    """A problem with a number's field at ``path``; ``other`` is a second place that is involved.

    ``summary`` does not name the number: many numbers may share the line of the manifest.
    """

    number: LintedNumber
    path: FlowPath
    summary: str
    detail: str | None = None
    hint: str | None = None
    other: tuple[LintedNumber, FlowPath] | None = None


def slots(flows: CallFlow) -> Iterator[tuple[Slot, Flow]]:
    """Yield the flows of a number that are set and of a known type, each with its slot."""
    for slot, flow in zip(Slot, (flows.incoming, flows.closed, flows.no_answer), strict=True):
        if flow is not None and not isinstance(flow, Unknown):
            yield slot, flow


def texts(flows: CallFlow) -> Iterator[Text]:
    """Yield every text that callers of a number may hear."""
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
