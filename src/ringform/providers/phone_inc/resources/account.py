"""Reading a Phone.inc account: the fewest GETs that a scope needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from ringform.model.address import Address
from ringform.model.api_error import ApiError
from ringform.model.desired import Scope
from ringform.model.diagnostic import RingformError
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Json
from ringform.providers.phone_inc.manifest import employees
from ringform.providers.phone_inc.resources import contact, main_number
from ringform.providers.protocol import Reads
from ringform.providers.query import Query

_MAIN_NUMBERS, _CONTACTS = "/main_numbers", "/contacts"
_PEOPLE = Query("/employees", employees.by_id)


def observe(reads: Reads, scope: Scope) -> Snapshot:
    """Read one list of numbers, each number in scope, one list of contacts, and one of employees if needed."""
    resources: dict[Address, Resource] = {}
    unmanaged: list[Address] = []
    if main_number.KIND in scope.kinds:
        listed = Query(_MAIN_NUMBERS, _listed_numbers).ask(reads)
        inside = [(address, id_) for address, id_, _ in listed if scope.covers(address)]
        unmanaged = [address for address, _, _ in listed if not scope.covers(address)]
        paths = {address: main_number.path_of(id_) for address, id_ in inside}
        shown = [Query(paths[address], partial(_main_number, address, id_, paths[address])) for address, id_ in inside]
        for query, answer in zip(shown, reads.get_all([each.path for each in shown]), strict=True):
            resource = query.read(answer)
            resources[resource.address] = resource
    if contact.KIND in scope.kinds:
        for resource in Query(_CONTACTS, _contacts).ask(reads):
            resources[resource.address] = resource
    return Snapshot(resources, tuple(unmanaged), _people_needed(reads) if scope.people else {})


def _people_needed(reads: Reads) -> Mapping[str, Mapping[str, str]]:
    try:
        return _PEOPLE.ask(reads)
    except ApiError as error:
        if error.status in (403, 404):
            hint = "give the employees' ids in the manifest, or use a key that may list employees"
            raise RingformError(replace(error.diagnostic, hint=hint)) from None
        raise


def people(reads: Reads) -> Mapping[str, Mapping[str, str]]:
    """Return the employees, for display; empty when this key may not read them (403) or there is no such list (404)."""
    try:
        return _PEOPLE.ask(reads)
    except ApiError as error:
        if error.status in (403, 404):
            return {}
        raise


def names(reads: Reads) -> Mapping[Address, str | None]:
    """Return the main numbers and their names."""
    return {address: name for address, _, name in Query(_MAIN_NUMBERS, _listed_numbers).ask(reads)}


def has_number(reads: Reads, address: Address) -> bool:
    """Return whether a main number is in the account's list."""
    return address in names(reads)


def _listed_numbers(answer: Json) -> list[tuple[Address, str, str | None]]:
    """Return the addresses, ids and names in the lean list (main numbers document, "List all main numbers")."""
    entries = answer.get("main_numbers") if isinstance(answer, Mapping) else None
    if not isinstance(entries, list):
        raise ValueError("there is no list of main_numbers")
    listed = []
    for entry in entries:
        if not isinstance(entry, Mapping) or not all(isinstance(entry.get(key), str) for key in ("id", "number")):
            raise ValueError("a main number has no id or number")
        name = entry.get("name")
        address = Address(main_number.KIND, str(entry["number"]))
        listed.append((address, str(entry["id"]), name if isinstance(name, str) else None))
    return listed


def _main_number(address: Address, id_: str, path: str, answer: Json) -> Resource:
    form = main_number.normal_of(address, path, answer)
    raw = answer if isinstance(answer, Mapping) else {}
    return Resource(address, id_, str(form["name"]), form, raw)


def _contacts(answer: Json) -> list[Resource]:
    """Return the address book (contacts document, "List contacts": a bare array)."""
    if not isinstance(answer, list):
        raise ValueError("the list of contacts is not an array")
    resources = []
    for entry in answer:
        form = contact.normal(entry)
        if not isinstance(entry, Mapping) or not isinstance(entry.get("id"), str):
            raise ValueError("a contact has no id")
        resources.append(Resource(contact.address_of(entry), entry["id"], contact.CONTACT.name_of(form), form, entry))
    return resources
