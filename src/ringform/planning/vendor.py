"""The part of a vendor that planning needs: its kinds of objects, and the calls for a change."""

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
    """A vendor whose accounts can be planned."""

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
            RingformError: The API has no call for the change.
        """


@runtime_checkable
class HasGuardrails(Protocol):
    """A vendor with guardrails of its own, such as one for plans that spend money."""

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The vendor's own guardrails."""


def guardrails_of(*vendors: Vendor) -> tuple[Guardrail, ...]:
    """Return the guardrails for every vendor, and then the vendors' own."""
    return (*RULES, *(rule for vendor in vendors if isinstance(vendor, HasGuardrails) for rule in vendor.guardrails))
