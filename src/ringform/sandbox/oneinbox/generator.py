"""A made-up account of any size, the same for the same seed."""

from __future__ import annotations

import random
from uuid import UUID

from ringform.sandbox.oneinbox.account import Account, Fallback, InboundRouting, PhoneNumber

_NAMES = (None, "Sales", "Support – åbent døgnet rundt", "Réception", "予約", "Billing")
_MESSAGES = (None, "", "Leave a message after the tone.", "Læg en besked 📞")


def generated_account(numbers: int, seed: int = 1) -> Account:
    """Return an account with that many numbers; every third has no routing of its own."""
    if not 0 <= numbers <= 9_999:
        raise ValueError("an account can have 0 to 9,999 numbers")
    chance = random.Random(seed)  # noqa: S311 - nothing secret hangs on it
    agents = [_uuid(chance) for _ in range(5)]
    account = Account()
    for index in range(numbers):
        at = f"2026-03-{index % 28 + 1:02d}T08:00:00Z"
        number = PhoneNumber(
            id=_uuid(chance),
            phone_number=f"+1628555{index:04d}",
            friendly_name=chance.choice(_NAMES),
            provider="twilio",
            agent_id=chance.choice(agents),
            status="active",
            inbound_trunk_id=f"ST_{index:06d}",
            outbound_trunk_id=None,
            dispatch_rule_id=None,
            created_at=at,
            updated_at=at,
            inbound_routing=_routing(chance, agents) if index % 3 else None,
        )
        account.phone_numbers[number.id] = number
    return account


def _routing(chance: random.Random, agents: list[str]) -> InboundRouting:
    fallback = Fallback(chance.choice(agents)) if chance.random() < 0.5 else None
    return InboundRouting(chance.choice(agents), fallback, chance.choice(_MESSAGES))


def _uuid(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
