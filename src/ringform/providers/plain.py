"""What most vendors do not have, so that a provider need say only what its own one does have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ringform.callflow.types import CallFlow, Unknown
from ringform.model.address import Address
from ringform.model.api_error import ErrorBody
from ringform.model.call_record import CallRecord, UnderWay
from ringform.model.change import Call, Change
from ringform.model.desired import Desired
from ringform.model.diagnostic import Diagnostic
from ringform.model.snapshot import Snapshot
from ringform.model.values import Fields, Json
from ringform.planning.guardrails import Guardrail
from ringform.providers.protocol import Reads


class PlainProvider:
    """A provider to begin with: no call flows, no people, nothing that is created or depends on the day.

    What the protocol gains later will have an answer here, wherever "there is none" is one: a provider of another
    package that inherits from it goes on working.
    """

    kinds: Sequence[str]
    creatable: frozenset[str] = frozenset()
    guardrails: Sequence[Guardrail] = ()
    people_fields: frozenset[str] = frozenset()
    partial_fields: frozenset[str] = frozenset()
    lasting_fields: frozenset[str] = frozenset()
    answering: Mapping[str, Sequence[str]] = {}

    @property
    def numbers(self) -> frozenset[str]:
        """See ``Provider.numbers``: every kind is one."""
        return frozenset(self.kinds)

    def call_flow(self, fields: Fields) -> CallFlow:
        """See ``Provider.call_flow``: what happens to a call is not documented."""
        return CallFlow(
            timezone="UTC",
            language=None,
            is_recorded=False,
            incoming=Unknown("not documented"),
            closed=None,
            no_answer=None,
            ring_seconds=None,
            hours={},
        )

    def recent_calls(self, reads: Reads) -> Sequence[CallRecord] | None:
        """See ``Provider.recent_calls``: the API has no calls."""
        return None

    def calls_under_way(self, reads: Reads) -> UnderWay | None:
        """See ``Provider.calls_under_way``: the API has no calls."""
        return None

    def people(self, reads: Reads) -> Mapping[str, Mapping[str, str]]:
        """See ``Provider.people``: the API has none."""
        return {}

    def bind(self, desired: Desired, live: Snapshot) -> tuple[Desired, Sequence[Diagnostic]]:
        """See ``Provider.bind``: a manifest has nothing that must be looked up."""
        return desired, ()

    def blank(self, address: Address) -> Fields:
        """See ``Provider.blank``: nothing can be created."""
        return {}

    def renewed(self, reads: Reads, purchases: Sequence[Change]) -> Sequence[Change]:
        """See ``Provider.renewed``: nothing is bought."""
        return purchases

    def created_id(self, answer: Json) -> str:
        """See ``Provider.created_id``: nothing is created, so no answer is documented to hold an id."""
        raise ValueError("it is not documented that anything is created")

    def lookup(self, call: Call) -> str | None:
        """See ``Provider.lookup``: nothing is created."""
        return None

    def found(self, call: Call, answer: Json) -> Json:
        """See ``Provider.found``: nothing is created."""
        return None

    def parse_error(self, body: Mapping[str, Json]) -> ErrorBody:
        """See ``Provider.parse_error``: no shape is documented, so that messages quote the body."""
        return ErrorBody()

    def blamed_field(self, call: Call, key: str) -> str:
        """See ``Provider.blamed_field``: a refusal names the fields as they are."""
        return key
