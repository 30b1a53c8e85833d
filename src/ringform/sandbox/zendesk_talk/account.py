"""The state of one Zendesk Talk account: data, and no HTTP."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from ringform.sandbox.section import Section
from ringform.sandbox.store import sound
from ringform.sandbox.zendesk_talk.errors import NotFoundError

PAGE_SIZE = 100


@dataclass
class Named:
    """A brand, group, greeting, schedule or IVR: other documents' objects, of which a number needs the id."""

    id: int
    name: str


@dataclass
class Address:
    """What a number with address requirements is bought with, by the reference given as ``address_sid``."""

    provider_reference: str
    name: str


@dataclass
class Settings:
    """The document's 'Settings JSON Format', with what a new number begins with (made up)."""

    allow_outbound_calls: bool = True
    average_wait_time_message_enabled: bool = False
    call_offering_duration: int = 30
    call_recording_delete_after: str = "never"
    callback_from_queue: bool = False
    callback_locale: str = "en"
    create_ticket_for_abandoned_calls: bool = False
    dequeue_retry_if_attempted: bool = False
    maximum_queue_size: int = 5
    maximum_queue_wait_time: int = 1
    overflow_number: dict[str, Any] | None = None
    priority: int = 0
    voicemail: bool = True
    voicemail_outside_business_hours: bool = True
    voicemail_recording_delete_after: str = "never"

    # Not in the document, and so not in an answer until they are set.
    wrap_up_enabled: bool | None = None
    wrap_up_time_limit: int | None = None
    forwarding_caller_id: str | None = None


def default_sub_settings() -> dict[str, dict[str, str]]:
    """Return the greetings of a number that nobody has set any of, as the document's examples have them."""
    return {
        "1": {
            "voicemail_off_inside_business_hours": "voicemail_en_voicemail_config",
            "voicemail_off_outside_business_hours": "voicemail_en_voicemail_config",
            "voicemail_on_inside_business_hours": "voicemail_en",
        },
        "2": {"voicemail_off": "available_en_voicemail_config", "voicemail_on": "available_en,"},
    }


@dataclass
class PhoneNumber:
    """The document's 'JSON format', but ``name``, which is derived, and ``token``, of which a number is made."""

    id: int
    number: str
    display_number: str
    country_code: str
    location: str
    toll_free: bool
    capabilities: dict[str, bool]
    created_at: str
    brand_id: int | None = None
    call_recording_consent: str = "always"
    categorised_greetings: dict[str, str] = field(default_factory=lambda: {"1": "voicemail_en", "2": "available_en"})
    categorised_greetings_with_sub_settings: dict[str, dict[str, str]] = field(default_factory=default_sub_settings)
    default_greeting_ids: list[str] = field(default_factory=lambda: ["voicemail_en", "available_en"])
    default_group_id: int | None = None
    external: bool = False
    failover_number: str | None = None
    greeting_ids: list[int] = field(default_factory=list)
    group_ids: list[int] = field(default_factory=list)
    ivr_id: int | None = None
    line_type: str = "phone"
    nickname: str | None = None
    outbound_enabled: bool = True
    post_call_voice_ai_enabled: bool = False
    priority: int = 0
    recorded: bool = False
    schedule_id: int | None = None
    sms_enabled: bool = False
    sms_group_id: int | None = None
    transcription: bool = False
    voice_enabled: bool = True
    voice_qa_enabled: bool = False
    settings: Settings = field(default_factory=Settings)


@dataclass
class AvailableNumber:
    """'JSON Format of Available Phone Numbers', and whether a business verification is needed, which none shows."""

    token: str
    number: str
    display_number: str
    country_code: str
    location: str
    toll_free: bool
    price: str
    address_requirements: str
    capabilities: dict[str, bool]
    business_verification: bool = False


@dataclass
class Account(Section):
    """One account.

    ``plan_read_only`` names what this account's plan does not let anyone write ("Writeable on most plans"): a
    number's field, or "settings." and a setting. With ``omnichannel`` routing "only the first group_id provided is
    accepted". ``page_size`` is not part of the state file.
    """

    phone_numbers: dict[int, PhoneNumber] = field(default_factory=dict)
    available: dict[str, AvailableNumber] = field(default_factory=dict)
    brands: list[Named] = field(default_factory=list)
    groups: list[Named] = field(default_factory=list)
    greetings: list[Named] = field(default_factory=list)
    schedules: list[Named] = field(default_factory=list)
    ivrs: list[Named] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    plan_read_only: list[str] = field(default_factory=list)
    trial: bool = False
    omnichannel: bool = False
    page_size: int = PAGE_SIZE

    def phone_number(self, key: int | str) -> PhoneNumber:
        """Find a number by id, or by its number in E.164 form."""
        for number in self.phone_numbers.values():
            if key in (number.id, number.number):
                return number
        raise NotFoundError

    def edit_phone_number(self, id_or_number: int | str, **changes: Any) -> None:
        """Change a number as somebody in the dashboard does, round the API and its checks.

        ``settings`` is a dictionary of those that change.
        """
        with self.changing():
            number = self.phone_number(id_or_number)
            settings = changes.pop("settings", {})
            unknown = changes.keys() - {item.name for item in fields(PhoneNumber)}
            unknown |= settings.keys() - {item.name for item in fields(Settings)}
            if unknown:
                raise ValueError(f"a phone number has no {', '.join(sorted(unknown))}")
            for holder, values in ((number, changes), (number.settings, settings)):
                for name, value in values.items():
                    setattr(holder, name, value)

    def to_state(self) -> dict[str, Any]:
        """Return the section for the state file."""
        with self.lock:
            return {
                "trial": self.trial,
                "omnichannel": self.omnichannel,
                "plan_read_only": list(self.plan_read_only),
                **{name: [asdict(item) for item in getattr(self, name)] for name in _LISTS},
                "phone_numbers": [asdict(number) for number in self.phone_numbers.values()],
                "available": [asdict(number) for number in self.available.values()],
            }

    @classmethod
    def from_state(cls, section: object) -> Account:
        """Build an account from the section of a state file."""
        state = sound(_State, section, "zendesk_talk")
        return cls(
            phone_numbers={number.id: number for number in state.phone_numbers},
            available={number.token: number for number in state.available},
            brands=state.brands,
            groups=state.groups,
            greetings=state.greetings,
            schedules=state.schedules,
            ivrs=state.ivrs,
            addresses=state.addresses,
            plan_read_only=state.plan_read_only,
            trial=state.trial,
            omnichannel=state.omnichannel,
        )


_LISTS = ("brands", "groups", "greetings", "schedules", "ivrs", "addresses")


@dataclass
class _State:
    trial: bool
    plan_read_only: list[str]
    brands: list[Named]
    groups: list[Named]
    greetings: list[Named]
    schedules: list[Named]
    ivrs: list[Named]
    addresses: list[Address]
    phone_numbers: list[PhoneNumber]
    available: list[AvailableNumber]
    omnichannel: bool = False
