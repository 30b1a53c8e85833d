"""OneInbox as a provider: the pieces of this package behind one interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from ringform.core.address import Address
from ringform.core.call_flow import Configuration
from ringform.core.change import Call, Change
from ringform.core.desired import Desired, Scope
from ringform.core.diagnostic import Diagnostic
from ringform.core.guardrails import Guardrail
from ringform.core.snapshot import Resource, Snapshot
from ringform.core.values import Fields, Json
from ringform.providers import exporting
from ringform.providers.base import Endpoint, Interpretation, Probe, Reads
from ringform.providers.oneinbox import document, phone_number, sections
from ringform.providers.oneinbox.endpoint import BASE_URL, KEY, endpoint
from ringform.providers.oneinbox.fields import LASTING, PARTIAL, REFERENCES, ROUTING

_NO_NUMBER = "00000000-0000-0000-0000-000000000000"


class OneInbox:
    """Phone numbers of a OneInbox account.

    The API's document does not say what happens to a call, so nothing can be said of what callers meet: ``answering``
    is empty. It has no list of numbers either: the account's other numbers are not known.
    """

    name = sections.NAME
    variables = (KEY, BASE_URL)
    document: type[BaseModel] = sections.OneInboxDocument
    kinds = (sections.KIND,)
    creatable: frozenset[str] = frozenset()
    guardrails: Sequence[Guardrail] = ()
    routing_fields = ROUTING
    people_fields = frozenset(REFERENCES)
    partial_fields = PARTIAL
    lasting_fields = LASTING
    probes = (Probe("phone numbers", phone_number.path_of(_NO_NUMBER), is_of_nothing=True),)
    answering: Mapping[str, Sequence[str]] = {}

    def configuration(self, fields: Fields) -> Configuration:
        """See ``Provider.configuration``; it is never asked for."""
        raise NotImplementedError("no kind is in `answering`")

    def recent_calls(self, reads: Reads) -> None:
        """See ``Provider.recent_calls``: the document has no calls."""

    def calls_under_way(self, reads: Reads) -> None:
        """See ``Provider.calls_under_way``: the document has no calls."""

    def name_of(self, address: Address, fields: Fields) -> str | None:
        """See ``Provider.name_of``."""
        name = fields.get("friendly_name")
        return name if isinstance(name, str) else None

    def endpoint(self, environment: Mapping[str, str]) -> Endpoint:
        """See ``Provider.endpoint``."""
        return endpoint(environment)

    def interpret(self, manifest: Mapping[str, object]) -> Interpretation:
        """See ``Provider.interpret``."""
        return document.interpret(manifest)

    def observe(self, reads: Reads, scope: Scope) -> Snapshot:
        """See ``Provider.observe``."""
        return phone_number.observe(reads, scope)

    def people(self, reads: Reads) -> Mapping[str, Mapping[str, str]]:
        """See ``Provider.people``: the document tells of no list of agents."""
        return {}

    def bind(self, desired: Desired, live: Snapshot) -> tuple[Desired, Sequence[Diagnostic]]:
        """See ``Provider.bind``: a manifest has nothing here that must be looked up."""
        return desired, ()

    def blank(self, address: Address) -> Fields:
        """See ``Provider.blank``: nothing can be created."""
        return {}

    def calls(self, live: Resource | None, address: Address, goal: Fields | None) -> Sequence[Call]:
        """See ``Provider.calls``."""
        return phone_number.calls(live, address, goal)

    def shown(self, call: Call, answer: Json) -> Fields:
        """See ``Provider.shown``."""
        return phone_number.normal(answer)

    def recheck(self, change: Change) -> str:
        """See ``Provider.recheck``."""
        return change.calls[0].path

    def rechecked(self, change: Change, answer: Json) -> Fields | None:
        """See ``Provider.rechecked``."""
        return phone_number.normal(answer)

    def created_id(self, answer: Json) -> str:
        """See ``Provider.created_id``; nothing is created."""
        return phone_number.id_of(answer)

    def lookup(self, call: Call) -> str | None:
        """See ``Provider.lookup``: nothing is created."""
        return None

    def found(self, call: Call, answer: Json) -> Json:
        """See ``Provider.found``: nothing is created."""
        return None

    def blamed_field(self, call: Call, key: str) -> str:
        """See ``Provider.blamed_field``: what the place of a mistake names is the field already."""
        return key

    def export(self, live: Snapshot) -> tuple[Mapping[str, object], Sequence[Diagnostic]]:
        """See ``Provider.export``."""
        return exporting.export(live, self.name, PARTIAL, document.interpret)
