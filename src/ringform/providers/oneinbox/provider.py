"""OneInbox as a provider: the pieces of this package behind one interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import BaseModel

from ringform.model.address import Address
from ringform.model.api_error import ErrorBody
from ringform.model.change import Call, Change
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Fields, Json
from ringform.providers.oneinbox import document, error_body, phone_number, sections
from ringform.providers.oneinbox.endpoint import BASE_URL, KEY, endpoint
from ringform.providers.oneinbox.fields import LASTING, PARTIAL, REFERENCES, ROUTING
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.plain import PlainProvider
from ringform.providers.protocol import Endpoint, Probe, Reads
from ringform.providers.shared import exporting

_NO_NUMBER = "00000000-0000-0000-0000-000000000000"


class OneInbox(PlainProvider):
    """Phone numbers of a OneInbox account.

    The API's document does not say what happens to a call, so nothing can be said of what callers meet: ``answering``
    is empty. It has no list of numbers either: the account's other numbers are not known.
    """

    name = sections.NAME
    variables = (KEY, BASE_URL)
    document: type[BaseModel] = sections.OneInboxDocument
    kinds = (sections.KIND,)
    routing_fields = ROUTING
    people_fields = frozenset(REFERENCES)
    partial_fields = PARTIAL
    lasting_fields = LASTING
    probes = (Probe("phone numbers", phone_number.path_of(_NO_NUMBER), is_of_nothing=True),)

    def name_of(self, address: Address, fields: Fields) -> str | None:
        """See ``Provider.name_of``."""
        name = fields.get("friendly_name")
        return name if isinstance(name, str) else None

    def endpoint(self, environment: Mapping[str, str]) -> Endpoint:
        """See ``Provider.endpoint``."""
        return endpoint(environment)

    def parse(self, manifest: Mapping[str, object], today: date) -> ParsedDocument:
        """See ``Provider.parse``. Nothing here depends on the day."""
        return document.parse(manifest)

    def observe(self, reads: Reads, scope: Scope) -> Snapshot:
        """See ``Provider.observe``."""
        return phone_number.observe(reads, scope)

    def calls(self, live: Resource | None, address: Address, goal: Fields | None) -> Sequence[Call]:
        """See ``Provider.calls``."""
        return phone_number.calls(live, address, goal)

    def shown(self, change: Change, call: Call, answer: Json) -> Fields:
        """See ``Provider.shown``."""
        return phone_number.normal_of(change.address, answer)

    def recheck(self, change: Change) -> str:
        """See ``Provider.recheck``."""
        return change.calls[0].path

    def rechecked(self, change: Change, answer: Json) -> Fields | None:
        """See ``Provider.rechecked``."""
        return phone_number.normal_of(change.address, answer)

    def parse_error(self, body: Mapping[str, Json]) -> ErrorBody:
        """See ``Provider.parse_error``."""
        return error_body.parse_error(body)

    def export(self, live: Snapshot) -> tuple[Mapping[str, object], Sequence[Diagnostic]]:
        """See ``Provider.export``."""
        return exporting.export(live, self.name, PARTIAL, document.parse)
