"""The state of one OneInbox workspace: data, and no HTTP."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from ringform.sandbox.oneinbox.errors import NotFoundError
from ringform.sandbox.section import Section
from ringform.sandbox.store import sound


@dataclass
class Fallback:
    """Who takes a call that the routing agent does not."""

    agent_id: str


@dataclass
class InboundRouting:
    """The document's 'InboundRouting': a number's own routing in place of its agent."""

    agent_id: str
    fallback: Fallback | None
    voicemail_message: str | None


@dataclass
class PhoneNumber:
    """The document's response; only ``inbound_routing`` is not marked as required there, so it may be null."""

    id: str
    phone_number: str
    friendly_name: str | None
    provider: str
    agent_id: str
    status: str
    inbound_trunk_id: str | None
    outbound_trunk_id: str | None
    dispatch_rule_id: str | None
    created_at: str
    updated_at: str
    inbound_routing: InboundRouting | None


@dataclass
class Account(Section):
    """One workspace, by the numbers' ids."""

    phone_numbers: dict[str, PhoneNumber] = field(default_factory=dict)

    def phone_number(self, key: str) -> PhoneNumber:
        """Find a number by id, or by its number in E.164 form."""
        if key in self.phone_numbers:
            return self.phone_numbers[key]
        for number in self.phone_numbers.values():
            if number.phone_number == key:
                return number
        raise NotFoundError

    def edit_phone_number(self, id_or_number: str, **changes: Any) -> None:
        """Change a number as somebody in the dashboard does, round the API and its checks.

        Values have the API's names and shapes; ``inbound_routing`` is replaced as a whole.
        """
        with self.changing():
            number = self.phone_number(id_or_number)
            unknown = changes.keys() - {item.name for item in fields(PhoneNumber)}
            if unknown:
                raise ValueError(f"a phone number has no {', '.join(sorted(unknown))}")
            for name, value in changes.items():
                new = value
                if name == "inbound_routing" and value is not None:
                    fallback = value.get("fallback")
                    new = InboundRouting(
                        value["agent_id"], fallback and Fallback(**fallback), value.get("voicemail_message")
                    )
                setattr(number, name, new)

    def to_state(self) -> dict[str, Any]:
        """Return the section for the state file."""
        with self.lock:
            return {"phone_numbers": [asdict(number) for number in self.phone_numbers.values()]}

    @classmethod
    def from_state(cls, section: object) -> Account:
        """Build an account from the section of a state file."""
        state = sound(_State, section, "oneinbox")
        return cls(phone_numbers={number.id: number for number in state.phone_numbers})


@dataclass
class _State:
    phone_numbers: list[PhoneNumber]
