"""Guardrails of Zendesk Talk: money is spent with permission only."""

from __future__ import annotations

from collections.abc import Iterable

from ringform.model.change import Action
from ringform.model.guardrail import Limit, Violation
from ringform.planning.guardrails import Guardrail, GuardrailContext


def _purchase(context: GuardrailContext, _: Limit) -> Iterable[Violation]:
    for change in context.changes:
        if change.action is Action.CREATE:
            price = context.after[change.address].get("purchase.price")
            cost = f"for {price} a month" if price else "at a price that the account does not show"
            yield Violation("purchase", f"{change.label} would be bought {cost}", (change.address,))


RULES: tuple[Guardrail, ...] = (Guardrail("purchase", "Buying a phone number: it costs money every month.", _purchase),)
