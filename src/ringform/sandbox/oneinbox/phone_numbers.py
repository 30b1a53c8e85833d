"""The operations of the document: a number read, and a number changed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from ringform.sandbox.oneinbox.account import Account, Fallback, InboundRouting, PhoneNumber
from ringform.sandbox.oneinbox.errors import NotFoundError

if TYPE_CHECKING:
    from ringform.sandbox.oneinbox.bodies import InboundRoutingUpdate


def retrieve_phone_number(account: Account, phone_id: str) -> dict[str, Any]:
    """Return a number: the same object as the update's response."""
    return asdict(_find(account, phone_id))


def update_phone_number(account: Account, phone_id: str, body: object) -> dict[str, Any]:
    """'Update Phone Number': the fields that were sent; an update that changes nothing leaves updated_at.

    A null friendly_name clears it, as the response's may be null. A null agent_id changes nothing, as the
    response's may not be; the document says neither.
    """
    from ringform.sandbox.oneinbox.bodies import checked_update

    number = _find(account, phone_id)
    update = checked_update(body)
    changed = replace(number)
    if "friendly_name" in update.model_fields_set:
        changed.friendly_name = update.friendly_name
    if update.agent_id is not None:
        changed.agent_id = str(update.agent_id)
    if "inbound_routing" in update.model_fields_set:
        changed.inbound_routing = _merged(changed, update.inbound_routing)
    if changed != number:
        with account.changing():
            changed.updated_at = account.now()
            account.phone_numbers[number.id] = changed
    return asdict(changed)


def _merged(number: PhoneNumber, update: InboundRoutingUpdate) -> InboundRouting:
    """Merge into the existing routing, as the document words it.

    "Fields left unset are preserved; an explicit null on fallback clears it. agent_id, when omitted, keeps the
    current routing agent (falling back to the number's column-level agent_id)". That one is read as it is after
    the same request's own agent_id.
    """
    routing = replace(number.inbound_routing or InboundRouting(number.agent_id, None, None))
    if "agent_id" in update.model_fields_set:
        routing.agent_id = str(update.agent_id)
    if "fallback" in update.model_fields_set:
        routing.fallback = None if update.fallback is None else Fallback(str(update.fallback.agent_id))
    if "voicemail_message" in update.model_fields_set:
        routing.voicemail_message = update.voicemail_message
    return routing


def _find(account: Account, phone_id: str) -> PhoneNumber:
    from ringform.sandbox.oneinbox.bodies import checked_id

    key = checked_id(phone_id)
    if key not in account.phone_numbers:
        raise NotFoundError
    return account.phone_numbers[key]
