"""How the objects of a manifest or an account answer calls, as far as that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from ringform.callflow.types import CallFlow
from ringform.model.address import Address
from ringform.model.values import Fields


class HasNumbers(Protocol):
    """A provider, as far as it knows phone numbers."""

    @property
    def numbers(self) -> frozenset[str]:
        """The kinds that are phone numbers, which people call, whether or not it is documented what a caller meets."""

    def name_of(self, address: Address, fields: Fields) -> str | None:
        """Return what people call an object, from its fields in normal form; None where they do not say."""


@runtime_checkable
class AnswersCalls(HasNumbers, Protocol):
    """A provider whose API documents what happens to a call."""

    @property
    def answering(self) -> Mapping[str, Sequence[str]]:
        """The kinds that callers can call, each with the fields without which it is unknown what a caller meets.

        A kind of which the vendor's documents do not tell what happens to a call is not among them.
        """

    def call_flow(self, fields: Fields) -> CallFlow:
        """Return how an object of a kind in ``answering`` answers, from its fields in normal form.

        A needed field that is missing counts as not set: that is good enough to look at the flows that are there, but
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


def answering(provider: AnswersCalls | None, address: Address, fields: Fields) -> Answering:
    """Return how an object in normal form answers calls."""
    needed = provider.answering.get(address.kind) if provider else None
    if provider is None or needed is None:
        return None
    missing = tuple(name for name in needed if name not in fields)
    if missing:
        return LeftToAccount(missing, is_everything=len(missing) == len(needed))
    return provider.call_flow(fields)


def by_kind(providers: Iterable[HasNumbers]) -> dict[str, AnswersCalls]:
    """Return the provider of each kind that callers can call."""
    return {
        kind: provider for provider in providers if isinstance(provider, AnswersCalls) for kind in provider.answering
    }
