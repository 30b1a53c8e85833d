"""A made-up account of any size, the same for the same seed."""

from __future__ import annotations

import random

from ringform.sandbox.zendesk_talk.account import Account, Named, PhoneNumber, Settings
from ringform.sandbox.zendesk_talk.validation import DELETE_AFTER, LINE_TYPES

_TEAMS = ("Support", "Sales", "Billing", "Réception", "Kundeservice – København", "営業")
_NICKNAMES = (None, "", "Main line", "Hotline ☎️", "Größe & Söhne", "“VIP”")


def generated_account(numbers: int, seed: int = 1) -> Account:
    """Return an account with that many numbers; all of it passes the API's own checks."""
    if not 0 <= numbers <= 9_999:
        raise ValueError("an account can have 0 to 9,999 numbers")
    chance = random.Random(seed)  # noqa: S311 - nothing secret hangs on it
    account = Account(
        brands=_named(_TEAMS[:2], "brand"),
        groups=_named(_TEAMS, "group"),
        greetings=_named(_TEAMS[:4], "greeting"),
        schedules=_named(_TEAMS[:2], "schedule"),
        ivrs=_named(_TEAMS[:3], "IVR"),
    )
    for index in range(numbers):
        number = _number(chance, account, index)
        account.phone_numbers[number.id] = number
    return account


def _named(names: tuple[str, ...], kind: str) -> list[Named]:
    return [Named(index, f"{name} {kind}") for index, name in enumerate(names, 1)]


def _number(chance: random.Random, account: Account, index: int) -> PhoneNumber:
    groups = chance.sample([group.id for group in account.groups], chance.randint(1, 3))
    return PhoneNumber(
        id=900_000_000_000 + index,
        number=f"+1512555{index:04d}",
        display_number=f"+1 (512) 555{index:04d}",
        country_code="US",
        location="TX",
        toll_free=False,
        capabilities={"emergency_address": index % 2 == 0, "mms": False, "sms": True, "voice": True},
        created_at=f"2025-04-{index % 28 + 1:02d}T16:02:33Z",
        brand_id=chance.choice(account.brands).id,
        default_group_id=groups[0],
        greeting_ids=sorted(chance.sample([greeting.id for greeting in account.greetings], index % 3)),
        group_ids=groups,
        ivr_id=chance.choice(account.ivrs).id if index % 4 == 3 else None,
        line_type=LINE_TYPES[index % 5 == 4],
        nickname=chance.choice(_NICKNAMES),
        priority=index % 3,
        recorded=chance.random() < 0.5,
        schedule_id=chance.choice(account.schedules).id if index % 2 else None,
        sms_group_id=chance.choice(account.groups).id if index % 3 == 0 else None,
        transcription=chance.random() < 0.3,
        settings=Settings(
            call_recording_delete_after=chance.choice(DELETE_AFTER),
            maximum_queue_size=chance.randint(1, 50),
            voicemail=chance.random() < 0.8,
            voicemail_recording_delete_after=chance.choice(DELETE_AFTER),
        ),
    )
