"""Zendesk Talk as a provider: the pieces of this package behind one interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import BaseModel

from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT, ErrorBody, bad_answer
from ringform.model.change import Call, Change
from ringform.model.desired import Desired, Scope
from ringform.model.diagnostic import Diagnostic
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Fields, Json
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.plain import PlainProvider
from ringform.providers.protocol import Endpoint, Probe, Reads
from ringform.providers.shared import exporting
from ringform.providers.zendesk_talk import account, document, error_body, guardrails, phone_number, purchase, sections
from ringform.providers.zendesk_talk.endpoint import BASE_URL, EMAIL, SUBDOMAIN, TOKEN, endpoint
from ringform.providers.zendesk_talk.fields import LASTING, PARTIAL, REFERENCES, ROUTING
from ringform.providers.zendesk_talk.phone_number import PATH, WITH_SETTINGS


class ZendeskTalk(PlainProvider):
    """Phone numbers of a Zendesk Talk account.

    The API's document does not say what happens to a call, so nothing can be said of what callers meet: ``answering``
    is empty. Numbers are not ``creatable`` as such: they are bought, where the manifest asks for it.
    """

    name = sections.NAME
    variables = (SUBDOMAIN, EMAIL, TOKEN, BASE_URL)
    document: type[BaseModel] = sections.ZendeskTalkDocument
    kinds = (sections.KIND,)
    guardrails = guardrails.RULES
    routing_fields = ROUTING
    people_fields = frozenset(REFERENCES)
    partial_fields = PARTIAL
    lasting_fields = LASTING
    probes = (Probe("phone numbers", PATH),)

    def name_of(self, address: Address, fields: Fields) -> str | None:
        """See ``Provider.name_of``."""
        name = fields.get("nickname")
        return name if isinstance(name, str) else None

    def endpoint(self, environment: Mapping[str, str]) -> Endpoint:
        """See ``Provider.endpoint``."""
        return endpoint(environment)

    def parse(self, manifest: Mapping[str, object], today: date) -> ParsedDocument:
        """See ``Provider.parse``. Nothing here depends on the day."""
        return document.parse(manifest)

    def observe(self, reads: Reads, scope: Scope) -> Snapshot:
        """See ``Provider.observe``."""
        return account.observe(reads, scope)

    def bind(self, desired: Desired, live: Snapshot) -> tuple[Desired, Sequence[Diagnostic]]:
        """See ``Provider.bind``."""
        return purchase.bind(desired, live)

    def blank(self, address: Address) -> Fields:
        """See ``Provider.blank``."""
        return phone_number.BLANK

    def calls(self, live: Resource | None, address: Address, goal: Fields | None) -> Sequence[Call]:
        """See ``Provider.calls``."""
        return phone_number.calls(live, address, goal)

    def renewed(self, reads: Reads, purchases: Sequence[Change]) -> Sequence[Change]:
        """See ``Provider.renewed``."""
        return purchase.renewed(reads, purchases)

    def shown(self, change: Change, call: Call, answer: Json) -> Fields:
        """See ``Provider.shown``."""
        if call.method == "POST":
            phone = phone_number.unwrapped(answer)
        else:
            phone = phone_number.unwrapped_at(call.path, answer)
            if phone_number.address_of(phone) != change.address:
                raise ValueError(ANOTHER_OBJECT)
        return {**phone_number.normal(phone), "number": phone_number.address_of(phone).key}

    def recheck(self, change: Change) -> str:
        """See ``Provider.recheck``."""
        if change.before is None:
            return PATH
        return change.calls[0].path.partition("?")[0] + WITH_SETTINGS

    def rechecked(self, change: Change, answer: Json) -> Fields | None:
        """See ``Provider.rechecked``."""
        if change.before is None:
            there = _with_number(answer, change.address.key)
            return None if there is None else phone_number.normal(there)
        phone = phone_number.unwrapped_at(self.recheck(change), answer)
        # One that has another number by now is another address: what was planned for is gone.
        return phone_number.normal(phone) if phone_number.address_of(phone) == change.address else None

    def created_id(self, answer: Json) -> str:
        """See ``Provider.created_id``."""
        return phone_number.id_of(phone_number.unwrapped(answer))

    def lookup(self, call: Call) -> str | None:
        """See ``Provider.lookup``."""
        return PATH if call.method == "POST" else None

    def found(self, call: Call, answer: Json) -> Json:
        """See ``Provider.found``. A purchase is never sent a second time, so one that is not there stays unclear."""
        try:
            there = _with_number(answer, str(call.expect["number"]))
        except ValueError as error:
            raise bad_answer(f"GET {PATH}", str(error)) from None
        if there is None:
            raise bad_answer(f"GET {PATH}", "the number is not among the first ones")
        return {"phone_number": there}

    def blamed_field(self, call: Call, key: str) -> str:
        """See ``Provider.blamed_field``."""
        if key in call.expect:
            return key
        inner = f"settings.{key}"
        return inner if inner in call.expect else key

    def parse_error(self, body: Mapping[str, Json]) -> ErrorBody:
        """See ``Provider.parse_error``."""
        return error_body.parse_error(body)

    def export(self, live: Snapshot) -> tuple[Mapping[str, object], Sequence[Diagnostic]]:
        """See ``Provider.export``."""
        return exporting.export(live, self.name, PARTIAL, document.parse)


def _with_number(answer: Json, number: str) -> Mapping[str, Json] | None:
    entries = phone_number.listed(answer)
    return next((each for each in entries if phone_number.address_of(each).key == number), None)
