"""Buying what was approved and nothing else: what the vendor sells is searched for again before an apply."""

from __future__ import annotations

from dataclasses import replace

from ringform.execution.connection import Connection
from ringform.execution.reader import Reader
from ringform.model.change import Action
from ringform.model.plan import Plan
from ringform.providers.facets import Sells


def with_offers_of_now(plan: Plan, connection: Connection) -> Plan:
    """Return the plan with each of its purchases as it can be made now. Only what nobody approves may differ.

    The digest stays that of the plan that was approved.

    Raises:
        Refused: A price or a term has moved since, or something is not for sale any more.
        ApiError: The account gave no usable answer.
    """
    provider = connection.provider
    mine = plan.limited_to(provider.kinds).changes
    # What can be created at will is not bought.
    purchases = [
        each for each in mine if each.action is Action.CREATE and not provider.kinds[each.address.kind].is_creatable
    ]
    if not purchases or not isinstance(provider, Sells):
        return plan
    with Reader(connection) as reader:
        renewed = {each.address: each for each in provider.renew_offers(reader, purchases)}
    return replace(plan, changes=tuple(renewed.get(change.address, change) for change in plan.changes))
