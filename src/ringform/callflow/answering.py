"""How the objects of a manifest or an account answer, as far as that can be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ringform.callflow.types import Configuration
from ringform.model.address import Address
from ringform.model.values import Fields
from ringform.providers.protocol import Provider


@dataclass(frozen=True, slots=True)
class LeftToAccount:
    """A number of which a manifest leaves these fields to the account: without them nothing can be said of a call.

    ``is_everything``: it says nothing at all of how the number answers.
    """

    fields: tuple[str, ...]
    is_everything: bool = False


Answering: TypeAlias = Configuration | LeftToAccount | None
"""None: nobody can call it, or the vendor does not document what happens to a call."""


def answering(provider: Provider, address: Address, fields: Fields) -> Answering:
    """How an object in normal form answers calls."""
    needed = provider.answering.get(address.kind)
    if needed is None:
        return None
    missing = tuple(name for name in needed if name not in fields)
    if missing:
        return LeftToAccount(missing, is_everything=len(missing) == len(needed))
    return provider.configuration(fields)
