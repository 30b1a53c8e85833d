"""The pictures of numbers, as a manifest or an account has them, or as a plan changes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ringform.callflow.answering import Answering, LeftToAccount, answering
from ringform.callflow.effects import goal
from ringform.callflow.graph import compared, graph
from ringform.callflow.picture import Picture
from ringform.callflow.types import Configuration
from ringform.model.address import Address
from ringform.model.messages import listed
from ringform.model.plan import Plan
from ringform.model.values import Fields
from ringform.providers.protocol import Provider


def of_numbers(
    provider: Provider, objects: Mapping[Address, Fields], people: Mapping[str, str]
) -> Iterator[tuple[Address, Picture]]:
    """A picture of every number among these objects in normal form; one that cannot be drawn says why."""
    for address, fields in objects.items():
        if address.kind in provider.numbers:
            name = provider.name_of(address, fields)
            config = answering(provider, address, fields)
            picture = Picture(address.key, name, note=_note(config), people=people)
            if isinstance(config, Configuration):
                picture = replace(picture, after=graph(address.key, name, config))
            yield address, picture


def of_plan(plan: Plan, providers: Sequence[Provider]) -> Iterator[tuple[Address, Picture]]:
    """A picture, before and after, of every number that a plan changes; one that cannot be drawn says why."""
    by_kind = {kind: provider for provider in providers for kind in provider.numbers}
    for change in plan.changes:
        provider = by_kind.get(change.address.kind)
        if provider is None or change.before is None:
            continue
        sides = [(fields, answering(provider, change.address, fields)) for fields in (change.before, goal(change))]
        key = change.address.key
        drawn = [
            graph(key, provider.name_of(change.address, fields), config)
            for fields, config in sides
            if isinstance(config, Configuration)
        ]
        notes = [note for note in (_note(config) for _, config in sides) if note]
        picture = Picture(key, change.name, note=notes[0] if notes else None, people=plan.people)
        if len(drawn) == 2:
            before, after = compared(*drawn)
            picture = replace(picture, before=before, after=after)
        yield change.address, picture


def _note(config: Answering) -> str | None:
    match config:
        case Configuration():
            return None
        case LeftToAccount(missing):
            return f"Not drawn: the manifest leaves {listed(missing)} to the account."
        case None:
            return "Not drawn: it is not documented what happens to a call to this number."
