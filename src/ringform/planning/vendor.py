"""What planning asks of a vendor: its kinds of objects, and the calls for a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from ringform.model.address import Address
from ringform.model.change import Call
from ringform.model.kind import Kind
from ringform.model.snapshot import Resource
from ringform.model.values import Fields
from ringform.planning.guardrails import RULES, Guardrail


class Vendor(Protocol):
    """The part of a provider that makes plans."""

    @property
    def name(self) -> str:
        """The word after ``provider:`` in a manifest, such as ``tiny-pbx``."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Every kind of object that a manifest can hold, by its name, in the order of reports."""

    def calls(self, live: Resource | None, address: Address, goal: Fields | None, /) -> Sequence[Call]:
        """Return the fewest calls that take a live object (None: there is none) to the goal (None: it goes), in order.

        ``goal`` is complete: what the manifest does not manage has been copied from live.

        Raises:
            RingformError: The API has no call for it.
        """


@runtime_checkable
class HasGuardrails(Protocol):
    """There are plans of this vendor that are valid and probably not meant, such as those that spend money."""

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """Its guardrails, beside those for every vendor."""


def guardrails_of(*vendors: Vendor) -> tuple[Guardrail, ...]:
    """Return the guardrails for every vendor, and then the vendors' own."""
    return (*RULES, *(rule for each in vendors if isinstance(each, HasGuardrails) for rule in each.guardrails))
