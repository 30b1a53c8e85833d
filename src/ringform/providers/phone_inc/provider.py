"""Phone.inc as a provider: the pieces of this package behind one interface."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from pydantic import BaseModel

from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT
from ringform.model.change import Call, Change
from ringform.model.diagnostic import Diagnostic
from ringform.model.kind import by_name
from ringform.model.snapshot import Resource
from ringform.model.values import FieldPath, Fields, Json
from ringform.providers.phone_inc import guardrails
from ringform.providers.phone_inc.endpoint import BASE_URL, KEY, endpoint
from ringform.providers.phone_inc.error_body import parse_error
from ringform.providers.phone_inc.manifest import employees, sections, warnings
from ringform.providers.phone_inc.manifest.document import NAME, parse
from ringform.providers.phone_inc.manifest.export import export
from ringform.providers.phone_inc.resources import account, calls, contact, hours, main_number
from ringform.providers.phone_inc.resources.call_flow import call_flow
from ringform.providers.protocol import Probe
from ringform.providers.query import Query


class PhoneInc:
    """Main numbers and contacts of a Phone.inc account."""

    name = NAME
    kinds = by_name(main_number.MAIN_NUMBER, contact.CONTACT)
    document: type[BaseModel] = sections.Document
    variables = (KEY, BASE_URL)
    probes = (
        Probe("main numbers", "/main_numbers"),
        Probe("contacts", "/contacts"),
        Probe("employees", "/employees", is_needed=False),
        Probe("calls", "/calls?limit=1", is_needed=False),
    )
    guardrails = guardrails.RULES
    warning_codes = warnings.CODES
    endpoint = staticmethod(endpoint)
    parse = staticmethod(parse)
    export = staticmethod(export)
    short_hours = staticmethod(hours.short_form)
    observe = staticmethod(account.observe)
    people = staticmethod(account.people)
    resolve_references = staticmethod(employees.resolve)
    call_flow = staticmethod(call_flow)
    call_states = calls.STATES
    recent_calls = staticmethod(calls.recent)
    find_call = staticmethod(calls.find)
    names = staticmethod(account.names)
    has_number = staticmethod(account.has_number)
    active_calls = staticmethod(calls.active)
    created_id = staticmethod(contact.id_of)
    parse_error = staticmethod(parse_error)

    def calls(self, live: Resource | None, address: Address, goal: Fields | None) -> Sequence[Call]:
        """Return the calls of a change: none to create or delete a main number, which the API cannot do."""
        if address.kind == contact.KIND:
            return contact.calls(live, address, goal)
        return main_number.calls(live, goal) if live and goal is not None else ()

    def parse_response(self, change: Change, call: Call, answer: Json) -> Fields:
        """Return the number or the contact, with which every call is answered."""
        if change.address.kind != contact.KIND:
            return main_number.normal_of(change.address, call.path, answer)
        shown = contact.shown(answer)
        if call.method == "POST":
            return shown
        contact.check_is_at(call.path, answer)
        if "phone" not in call.expect and shown["phone"] != change.address.key:
            raise ValueError(ANOTHER_OBJECT)
        return shown

    def recheck(self, change: Change) -> Query[Fields | None]:
        """Return the GET of the number or contact itself, or the search for a contact that must not be there yet."""
        if change.before is None:
            return contact.absence(change.address.key)
        # The first call of a change to a number goes to the number or below it, of one to a contact to the contact.
        path = "/".join(change.calls[0].path.split("/")[:3])
        if change.address.kind == contact.KIND:
            return Query(path, partial(contact.normal_of, change.previous or change.address, path))
        return Query(path, partial(main_number.normal_of, change.address, path))

    def change_warnings(self, change: Change) -> Sequence[tuple[FieldPath, Diagnostic]]:
        """Main numbers may be asked for a timer that leads nowhere."""
        return main_number.change_warnings(change) if change.address.kind == main_number.KIND else ()

    def side_effects(self, change: Change, call: Call, stored: Fields) -> Collection[str]:
        """A timer may go with the flow that it leads to."""
        return main_number.side_effects(change, call, stored)

    def find_created(self, call: Call) -> Query[Json]:
        """Return the search for the contact by its number."""
        return contact.with_phone(str((call.body or {}).get("phone")))

    def rejected_field(self, call: Call, key: str) -> str:
        """Return the field: keys of contacts are the API's names, keys of a main number's slot mean the slot."""
        return key if call.path.startswith("/contacts") else main_number.rejected_field(call, key)
