"""Phone.inc as a provider: the pieces of this package behind one interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import BaseModel

from ringform.callflow.types import CallFlow
from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT, ErrorBody
from ringform.model.call_record import CallRecord, UnderWay
from ringform.model.change import Call, Change
from ringform.model.desired import Desired, Scope
from ringform.model.diagnostic import Diagnostic
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Fields, Json
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.phone_inc import error_body, guardrails
from ringform.providers.phone_inc.endpoint import BASE_URL, KEY, endpoint
from ringform.providers.phone_inc.manifest import document, sections, warnings
from ringform.providers.phone_inc.manifest.export import export
from ringform.providers.phone_inc.resources import account, call_flow, calls, contact, main_number
from ringform.providers.protocol import Endpoint, Probe, Reads


class PhoneInc:
    """Main numbers and contacts of a Phone.inc account."""

    name = document.NAME
    variables = (KEY, BASE_URL)
    document: type[BaseModel] = sections.Document
    creatable = frozenset({contact.KIND})
    people_fields = frozenset({"employee_ids"})
    lasting_fields: frozenset[str] = frozenset()
    partial_fields: frozenset[str] = frozenset()
    probes = (
        Probe("main numbers", "/main_numbers"),
        Probe("contacts", "/contacts"),
        Probe("employees", "/employees", is_needed=False),
        Probe("calls", "/calls?limit=1", is_needed=False),
    )
    guardrails = guardrails.RULES
    warning_codes = warnings.CODES
    routing_fields = frozenset(main_number.ROUTING)
    kinds = (main_number.KIND, contact.KIND)
    numbers = frozenset({main_number.KIND})
    answering: Mapping[str, Sequence[str]] = {main_number.KIND: call_flow.NEEDED}

    def call_flow(self, fields: Fields) -> CallFlow:
        """See ``Provider.call_flow``."""
        return call_flow.call_flow(fields)

    def recent_calls(self, reads: Reads) -> Sequence[CallRecord]:
        """See ``Provider.recent_calls``."""
        return calls.recent(reads, direction="inbound")

    def calls_under_way(self, reads: Reads) -> UnderWay:
        """See ``Provider.calls_under_way``."""
        return calls.under_way(reads)

    def name_of(self, address: Address, fields: Fields) -> str | None:
        """See ``Provider.name_of``."""
        name = fields.get("name")
        return name if isinstance(name, str) else None

    def endpoint(self, environment: Mapping[str, str]) -> Endpoint:
        """See ``Provider.endpoint``."""
        return endpoint(environment)

    def parse(self, manifest: Mapping[str, object], today: date) -> ParsedDocument:
        """See ``Provider.parse``."""
        return document.parse(manifest, today)

    def observe(self, reads: Reads, scope: Scope) -> Snapshot:
        """See ``Provider.observe``."""
        return account.observe(reads, scope)

    def people(self, reads: Reads) -> Mapping[str, Mapping[str, str]]:
        """See ``Provider.people``."""
        return account.people(reads)

    def bind(self, desired: Desired, live: Snapshot) -> tuple[Desired, Sequence[Diagnostic]]:
        """See ``Provider.bind``."""
        return account.bind(desired, live)

    def blank(self, address: Address) -> Fields:
        """See ``Provider.blank``."""
        return contact.BLANK if address.kind == contact.KIND else {}

    def calls(self, live: Resource | None, address: Address, goal: Fields | None) -> Sequence[Call]:
        """See ``Provider.calls``."""
        if address.kind == contact.KIND:
            return contact.calls(live, address, goal)
        return main_number.calls(live, goal) if live and goal is not None else ()

    def renewed(self, reads: Reads, purchases: Sequence[Change]) -> Sequence[Change]:
        """See ``Provider.renewed``: nothing is bought."""
        return purchases

    def shown(self, change: Change, call: Call, answer: Json) -> Fields:
        """See ``Provider.shown``."""
        if change.address.kind != contact.KIND:
            return main_number.normal_of(change.address, call.path, answer)
        shown = contact.shown(answer)
        if call.method == "POST":
            return shown
        contact.check_is_at(call.path, answer)
        if "phone" not in call.expect and shown["phone"] != change.address.key:
            raise ValueError(ANOTHER_OBJECT)
        return shown

    def recheck(self, change: Change) -> str:
        """See ``Provider.recheck``."""
        if change.before is None:
            return contact.phone_query(change.address.key)
        # The first call of a change to a number goes to the number or below it, of one to a contact to the contact.
        return "/".join(change.calls[0].path.split("/")[:3])

    def rechecked(self, change: Change, answer: Json) -> Fields | None:
        """See ``Provider.rechecked``."""
        if change.before is None:
            there = contact.with_phone(answer, change.address.key)
            return None if there is None else contact.normal(there)
        if change.address.kind != contact.KIND:
            return main_number.normal_of(change.address, self.recheck(change), answer)
        shown = contact.shown(answer)
        contact.check_is_at(self.recheck(change), answer)
        # One that has another number by now is another address: what was planned for is gone.
        return contact.normal(answer) if shown["phone"] == (change.previous or change.address).key else None

    def created_id(self, answer: Json) -> str:
        """See ``Provider.created_id``."""
        return contact.id_of(answer)

    def lookup(self, call: Call) -> str | None:
        """See ``Provider.lookup``."""
        return contact.phone_query(str((call.body or {}).get("phone"))) if call.method == "POST" else None

    def found(self, call: Call, answer: Json) -> Json:
        """See ``Provider.found``."""
        return contact.with_phone(answer, str((call.body or {}).get("phone")))

    def blamed_field(self, call: Call, key: str) -> str:
        """See ``Provider.blamed_field``."""
        return key if call.path.startswith("/contacts") else main_number.blamed_field(call, key)

    def parse_error(self, body: Mapping[str, Json]) -> ErrorBody:
        """See ``Provider.parse_error``."""
        return error_body.parse_error(body)

    def export(self, live: Snapshot) -> tuple[Mapping[str, object], Sequence[Diagnostic]]:
        """See ``Provider.export``."""
        return export(live)
