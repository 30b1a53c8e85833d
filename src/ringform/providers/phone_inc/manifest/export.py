"""An account as a manifest: every main number in full, and the address book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.phone import NotAPhoneNumber, to_e164
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Json
from ringform.providers.phone_inc.manifest.document import NAME, parse
from ringform.providers.phone_inc.manifest.sharing import share
from ringform.providers.phone_inc.resources import contact, flows, main_number
from ringform.providers.shared.calendar.hours import DAYS, short
from ringform.providers.shared.exporting import distinct, not_exported, slug

_ANY_DAY = date(2000, 1, 1)
"""An account has no dates, so the day on which its manifest is read makes no difference."""


def export(live: Snapshot) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Return the account as a manifest document, and what it holds that no manifest may say.

    Such a thing (a time zone or a config type that is new to ringform) is left out, which leaves it unmanaged: the
    plan of the document is empty all the same.
    """
    aliases = _aliases(live)
    document: dict[str, Any] = {"version": 1, "provider": NAME}
    of_kind = {
        kind: [resource for address, resource in live.resources.items() if address.kind == kind]
        for kind in (main_number.KIND, contact.KIND)
    }
    # Contacts that are exported by themselves name nobody, and stand beside a file that does.
    if aliases and of_kind[main_number.KIND]:
        document["employees"] = {alias: id_ for id_, alias in aliases.items()}
    document["main_numbers"] = {each.address.key: _main_number(each, aliases) for each in of_kind[main_number.KIND]}
    document["contacts"] = {each.address.key: _contact(each) for each in of_kind[contact.KIND]}
    left_out = _leave_out_what_is_not_valid(document)
    for section in ("main_numbers", "contacts"):
        if not document[section]:
            del document[section]
    return share(document, {*aliases, *aliases.values()}), left_out


def _aliases(live: Snapshot) -> dict[str, str]:
    """Return short names by id: the first name where it is the only one, else the whole name."""
    words = {id_: slug(person.get("name", "")) for id_, person in live.people.items()}
    firsts = Counter(name.partition("-")[0] for name in words.values())
    return distinct(
        {id_: first if firsts[first := name.partition("-")[0]] == 1 else name for id_, name in words.items()}
    )


def _main_number(resource: Resource, aliases: Mapping[str, str]) -> dict[str, Any]:
    entry: dict[str, Any] = dict(resource.fields)
    for slot in flows.SLOTS:
        entry[slot] = _named(flows.for_api(entry[slot]), aliases) if entry[slot] is not None else None
    week = entry["opening_hours"]
    if len(week) == len(DAYS):
        entry["opening_hours"] = short(week)
    return entry


def _named(value: Json, aliases: Mapping[str, str]) -> Any:
    """Return a config with aliases for ids."""
    if isinstance(value, Mapping):
        return {
            key: [aliases.get(str(each), each) for each in inner]
            if key == "employee_ids" and isinstance(inner, list)
            else _named(inner, aliases)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_named(each, aliases) for each in value]
    return value


def _contact(resource: Resource) -> dict[str, Any]:
    return {name: value for name, value in resource.fields.items() if value is not None}


def _leave_out_what_is_not_valid(document: dict[str, Any]) -> list[Diagnostic]:
    """Drop every field, or else entry, in which reading the document back finds an error or another number."""
    left_out: dict[tuple[object, ...], Diagnostic] = {}
    for entries in (document["main_numbers"], document["contacts"]):
        for key in [key for key in entries if _reads_as_another(key)]:
            del entries[key]
            left_out[id(entries), key] = not_exported(key, f"a manifest would read it as {to_e164(key)}")
    for problem in parse(document, _ANY_DAY).problems:
        section, *place = problem.path
        if problem.severity is not Severity.ERROR or section not in ("main_numbers", "contacts") or not place:
            continue
        key = str(place[0])
        field = str(place[1]) if len(place) > 1 else None
        entry = document[section].get(key, {})
        if (section, key, field) in left_out:
            continue  # another mistake in what is left out already
        if field in entry:
            del entry[field]
        else:
            document[section].pop(key, None)
        left_out[section, key, field] = not_exported(f"{key}: {field}" if field else key, problem.summary)
    return list(left_out.values())


def _reads_as_another(key: str) -> bool:
    """Whether an account has a number in a form that is not E.164 after all, such as with a national 0 in it."""
    try:
        return to_e164(key) != key
    except NotAPhoneNumber:
        return False
