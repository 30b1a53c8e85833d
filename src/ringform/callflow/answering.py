"""How the objects of a manifest or an account answer calls, where that is known."""

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
        """Return the call flow of an object of a traced kind, from its fields in normal form.

        A missing traced field counts as not set: such a flow is good for looking at its parts, but not for saying what
        callers meet. The flow's ``names`` are the API's, which appear in reports.
        """


@dataclass(frozen=True, slots=True)
class LeftToAccount:
    """A number whose manifest leaves these fields to the account, so that what a caller meets is unknown.

    ``is_everything``: the manifest sets none of the fields that decide it.
    """

    fields: tuple[str, ...]
    is_everything: bool = False


Answering: TypeAlias = CallFlow | LeftToAccount | None
"""None: the object cannot be called, or the vendor does not document what happens to a call."""


def answering(vendor: HasKinds, address: Address, fields: Fields) -> Answering:
    """Return how an object answers calls, from its fields in normal form."""
    needed = vendor.kinds[address.kind].traced
    if not needed or not isinstance(vendor, AnswersCalls):
        return None
    missing = tuple(name for name in needed if name not in fields)
    if missing:
        return LeftToAccount(missing, is_everything=len(missing) == len(needed))
    return vendor.call_flow(fields)
