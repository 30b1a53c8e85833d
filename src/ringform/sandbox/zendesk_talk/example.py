"""The document's own example account."""

from __future__ import annotations

from ringform.sandbox.zendesk_talk.account import Account, Address, AvailableNumber, Named, PhoneNumber, Settings

AWESOME = 6
"""The id of the examples' number."""

SPARE = 7
ADDRESS_SID = "ADXXXXXXXXXXXXXX"
"""'Number needs valid address'."""

TOKEN = "24a407cef67213be6d26b4c02d7d86c0"  # noqa: S105 - of the document's example
_OTHER_TOKENS = "5b0c81d2e7f6a3944c1d0000000000%02d"

_CAPABILITIES = {"mms": False, "sms": True, "voice": True}


def documents_account() -> Account:
    """Return the number of the examples, a second one, the numbers that the examples' searches look for, and names.

    Number 6 is that of 'Show Phone Number', with the two voice properties of the example under 'Capabilities'.
    Its settings, and the names behind the ids, are made up.
    """
    spare = PhoneNumber(
        id=SPARE,
        number="+14155550177",
        display_number="+1 (415) 5550177",
        country_code="US",
        location="CA",
        toll_free=False,
        capabilities={"emergency_address": True, "mms": True, "sms": True, "voice": True},
        created_at="2024-02-01T09:30:00Z",
        brand_id=1,
        default_group_id=2,
        group_ids=[2],
    )
    return Account(
        phone_numbers={number.id: number for number in (_awesome(), spare)},
        available={number.token: number for number in _available()},
        brands=[Named(1, "Awesome"), Named(2, "Awesome Outlet")],
        groups=[Named(1, "Support"), Named(2, "Sales"), Named(7, "Texting")],
        greetings=[Named(1, "Voicemail on holidays"), Named(2, "Hello from Awesome"), Named(3, "Busy")],
        schedules=[Named(1, "Weekdays"), Named(2, "All hours")],
        ivrs=[Named(1, "Main menu")],
        addresses=[Address(ADDRESS_SID, "Head office")],
    )


def _awesome() -> PhoneNumber:
    return PhoneNumber(
        id=AWESOME,
        number="+353766801402",
        display_number="+353 76 680 1402",
        country_code="US",
        location="TX",
        toll_free=False,
        capabilities={"emergency_address": False, **_CAPABILITIES},
        created_at="2013-04-13T16:02:33Z",
        brand_id=1,
        call_recording_consent="always",
        categorised_greetings={"1": "voicemail_en", "2": "available_en"},
        default_greeting_ids=["voicemail_en", "available_jp"],
        default_group_id=1,
        greeting_ids=[1, 2],
        group_ids=[1, 2],
        line_type="phone",
        nickname="Awesome Support Line",
        recorded=True,
        schedule_id=1,
        sms_enabled=True,
        sms_group_id=7,
        voice_qa_enabled=True,
        settings=Settings(
            average_wait_time_message_enabled=True,
            call_recording_delete_after="1.years",
            callback_from_queue=True,
            create_ticket_for_abandoned_calls=True,
            maximum_queue_size=10,
            maximum_queue_wait_time=5,
            # The document refers to an example of the object that it does not have: the members are undocumented.
            overflow_number={"enabled": True, "number": "+14155550199"},
            voicemail_recording_delete_after="6.months",
        ),
    )


def _available() -> list[AvailableNumber]:
    """Return the search's example, what the example queries look for, and a number for each obstacle."""
    return [
        _offer(TOKEN, "+12403123885", "+1 (240) 3123885", "US", "MD"),
        _offer(_OTHER_TOKENS % 1, "+18005550142", "+1 (800) 5550142", "US", "US", toll_free=True, price="$2.00"),
        _offer(_OTHER_TOKENS % 2, "+15105550123", "+1 (510) 5550123", "US", "CA"),
        _offer(_OTHER_TOKENS % 3, "+14157499255", "+1 (415) 7499255", "US", "CA"),  # 74992 is pizza
        _offer(_OTHER_TOKENS % 4, "+441134960123", "+44 113 496 0123", "GB", "Leeds", address="local"),
        _offer(_OTHER_TOKENS % 5, "+33199000123", "+33 1 99 00 01 23", "FR", "Paris", business_verification=True),
    ]


def _offer(
    token: str,
    number: str,
    display_number: str,
    country_code: str,
    location: str,
    *,
    toll_free: bool = False,
    price: str = "$1.00",
    address: str = "none",
    business_verification: bool = False,
) -> AvailableNumber:
    return AvailableNumber(
        token=token,
        number=number,
        display_number=display_number,
        country_code=country_code,
        location=location,
        toll_free=toll_free,
        price=price,
        address_requirements=address,
        capabilities=dict(_CAPABILITIES),
        business_verification=business_verification,
    )
