"""How the objects of a manifest or an account answer calls, as far as that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from ringform.callflow.types import CallFlow
from ringform.model.address import Address
from ringform.model.kind import HasKinds
from ringform.model.values import Fields


@runtime_checkable
class AnswersCalls(Protocol):
    """A vendor whose API documents what happens to a call: its kinds have ``is_traced`` fields."""

    def call_flow(self, fields: Fields, /) -> CallFlow:
        """Return how an object of a traced kind answers, from its fields in normal form.

        A traced field that is missing counts as not set: that is good enough to look at the flows that are there, but
        not to say what callers meet. The flow's ``names`` are the API's, which appear in reports.
        """


@dataclass(frozen=True, slots=True)
class LeftToAccount:
    """A number of which a manifest leaves these fields to the account, so that it is unknown what a caller meets.

    ``is_everything``: the manifest says nothing at all of how the number answers.
    """

    fields: tuple[str, ...]
    is_everything: bool = False


Answering: TypeAlias = CallFlow | LeftToAccount | None
"""None: nobody can call it, or the vendor does not document what happens to a call."""


def answering(vendor: HasKinds, address: Address, fields: Fields) -> Answering:
    """Return how an object in normal form answers calls."""
    needed = vendor.kinds[address.kind].traced
    if not needed or not isinstance(vendor, AnswersCalls):
        return None
    missing = tuple(name for name in needed if name not in fields)
    if missing:
        return LeftToAccount(missing, is_everything=len(missing) == len(needed))
    return vendor.call_flow(fields)
