"""Guardrails of Zendesk Talk: money is spent with permission only."""

from __future__ import annotations

from collections.abc import Iterable

from ringform.model.change import Action
from ringform.planning.guardrails import Considered, Guardrail, Limit, Tripped


def _purchase(considered: Considered, _: Limit) -> Iterable[Tripped]:
    for change in considered.changes:
        if change.action is Action.CREATE:
            price = considered.after[change.address].get("purchase.price")
            cost = f"for {price} a month" if price else "at a price that the account does not tell"
            yield Tripped("purchase", f"{change.label} would be bought {cost}", (change.address,))


RULES: tuple[Guardrail, ...] = (Guardrail("purchase", "Buying a phone number: it costs money every month.", _purchase),)
