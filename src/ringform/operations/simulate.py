"""Simulate: walk one call through a manifest, a saved plan or the live account."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from ringform.callflow import simulation
from ringform.callflow.answering import LeftToAccount
from ringform.callflow.simulation import Simulation
from ringform.callflow.types import CallFlow
from ringform.execution.connection import Connections
from ringform.execution.reader import observe, read_people
from ringform.manifest.manifest import Manifest
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.kind import traced_kinds
from ringform.model.messages import listed
from ringform.operations.accounts import About, providers_of
from ringform.operations.numbers import Number, number_called, numbers
from ringform.providers import registry


def simulate(number: Number, at: datetime, press: Sequence[str] = (), *, answered: bool = True) -> Simulation:
    """Walk one call to a number; ``at`` without a zone is a time on its own clock.

    The caller presses the keys ``press``, in order. If not ``answered``, nobody whom the call rings picks up.

    Raises:
        RingformError: It is not known how the number answers.
    """
    return simulation.simulate(
        _call_flow(number),
        number.address,
        number.label,
        at,
        tuple(press),
        answered=answered,
        exception=number.exception,
    )


def live_accounts(manifest: Manifest | None, to: str) -> About:
    """Return whose accounts have to be read to call ``to``: one, if the manifest names the number."""
    if manifest is None:
        return [registry.provider(registry.DEFAULT)]
    named = _named(manifest, to)
    parts = (
        part for part in manifest.parts if (part.provider == named.provider if named else traced_kinds(part.provider))
    )
    return replace(manifest, parts=tuple(parts))


def live_number(manifest: Manifest | None, to: str, connections: Connections) -> Number:
    """Read a number from its account. One that the manifest does not name is looked for among all numbers there.

    ``connections`` are those to the accounts of ``live_accounts``.

    Raises:
        RingformError: There is no such number, several have that name, or an account gives no usable answer.
    """
    named = _named(manifest, to)
    aliases = {id_: name for part in manifest.parts for id_, name in part.people.items()} if manifest else {}
    known_numbers: list[Number] = []
    for provider in providers_of(live_accounts(manifest, to)):
        if named:
            scope = Scope(frozenset([named.address]), frozenset([named.address.kind]))
        else:
            scope = Scope(None, traced_kinds(provider))
        connection = connections[provider.name]
        resources = observe(connection, scope).resources
        people = {id_: each["name"] for id_, each in read_people(connection).items() if "name" in each}
        known_numbers += [Number(provider, key, each.fields, {**people, **aliases}) for key, each in resources.items()]
    if named and not known_numbers:
        raise RingformError(Diagnostic("not-in-account", f"the account has no number {named.address.key}"))
    return known_numbers[0] if named else number_called(known_numbers, to, where="the account")


def _named(manifest: Manifest | None, to: str) -> Number | None:
    with suppress(RingformError):
        return number_called(numbers(manifest), to, where="the manifest") if manifest else None
    return None


def _call_flow(number: Number) -> CallFlow:
    flow, key = number.answering, number.address.key
    match flow:
        case CallFlow():
            return flow
        case LeftToAccount(missing):
            left = f"{listed(missing)} is left to the account"
            summary = f"the manifest does not say everything about {key}: {left}"
            hint = "add it, or use --live to call the account as it is"
            raise RingformError(Diagnostic("not-managed", summary, hint=hint))
        case None:
            summary = f"the vendor does not document what happens to a call to {key}"
            raise RingformError(Diagnostic("not-documented", summary, hint="look at the vendor's own settings"))
