"""The document's own example account."""

from __future__ import annotations

from ringform.sandbox.oneinbox.account import Account, Fallback, InboundRouting, PhoneNumber

AGENT = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
"""The example's agent."""

NIGHT_AGENT = "3c90c3cc-0d44-4b50-8888-8dd25736052b"
FRONT_DESK = "5f1d7a52-3f0a-4c1b-9b1e-2a64c2d60001"
SPARE = "5f1d7a52-3f0a-4c1b-9b1e-2a64c2d60002"


def documents_account() -> Account:
    """Return the number of the document's example, and a second one that has no routing of its own.

    The example has "<string>" in most places; what stands there is made up.
    """
    front_desk = PhoneNumber(
        id=FRONT_DESK,
        phone_number="+14155550142",
        friendly_name="Front desk",
        provider="twilio",
        agent_id=AGENT,
        status="active",
        inbound_trunk_id="ST_inbound000001",
        outbound_trunk_id="ST_outbound00001",
        dispatch_rule_id="SDR_dispatch0001",
        created_at="2023-11-07T05:31:56Z",
        updated_at="2023-11-07T05:31:56Z",
        inbound_routing=InboundRouting(AGENT, Fallback(NIGHT_AGENT), "Please leave a message."),
    )
    spare = PhoneNumber(
        id=SPARE,
        phone_number="+14155550143",
        friendly_name=None,
        provider="twilio",
        agent_id=NIGHT_AGENT,
        status="active",
        inbound_trunk_id=None,
        outbound_trunk_id=None,
        dispatch_rule_id=None,
        created_at="2023-11-08T09:00:00Z",
        updated_at="2023-11-08T09:00:00Z",
        inbound_routing=None,
    )
    return Account(phone_numbers={number.id: number for number in (front_desk, spare)})
