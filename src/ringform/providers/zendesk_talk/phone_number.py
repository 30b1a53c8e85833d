"""Phone numbers: the normal form of an answer, and the calls that change or buy one."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT
from ringform.model.change import CREATED_ID, Call
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.phone import NotAPhoneNumber, is_e164, to_e164
from ringform.model.snapshot import Resource
from ringform.model.values import Fields, Json
from ringform.planning.compare import changed_fields
from ringform.providers.shared.answers import path_below
from ringform.providers.zendesk_talk.document import as_set
from ringform.providers.zendesk_talk.fields import PHONE_NUMBER, plain_object

PATH = "/phone_numbers"
WITH_SETTINGS = "?include=settings"
"""Asks for the settings in the answer, and allows them in the body ("Including additional information")."""


def normal(phone: Json) -> dict[str, Json]:
    """Return the normal form of a number as the API gives it. What the answer does not have is not set.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    if not isinstance(phone, Mapping):
        raise ValueError("a phone number is not an object")
    there = PHONE_NUMBER.flat(phone)
    form: dict[str, Json] = {name: None if there.get(name) == "" else there.get(name) for name in PHONE_NUMBER.names}
    form["group_ids"] = form["group_ids"] or []
    form["greeting_ids"] = as_set(form["greeting_ids"])
    form["failover_number"] = _number(form["failover_number"])
    form["settings.overflow_number"] = plain_object(form["settings.overflow_number"])
    return form


def _number(written: Json) -> Json:
    try:
        return to_e164(str(written)) if written else None
    except NotAPhoneNumber:
        return written


def unwrapped(answer: Json) -> Mapping[str, Json]:
    """Return the number in an answer about one ("Show Phone Number").

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    phone = answer.get("phone_number") if isinstance(answer, Mapping) else None
    if not isinstance(phone, Mapping):
        raise ValueError("there is no phone_number")
    return phone


def unwrapped_at(path: str, answer: Json) -> Mapping[str, Json]:
    """Return the number in an answer about the one at this path.

    Raises:
        ValueError: The answer does not have the documented shape, or is about one with another id.
    """
    phone = unwrapped(answer)
    if path_of(id_of(phone)) != path.partition("?")[0]:
        raise ValueError(ANOTHER_OBJECT)
    return phone


def listed(answer: Json) -> list[Mapping[str, Json]]:
    """Return the numbers of one page of a list ("List Phone Numbers", "Search for Available Phone Numbers").

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    numbers = answer.get("phone_numbers") if isinstance(answer, Mapping) else None
    if not isinstance(numbers, list) or not all(isinstance(each, Mapping) for each in numbers):
        raise ValueError("there is no list of phone_numbers")
    return [each for each in numbers if isinstance(each, Mapping)]


def address_of(phone: Mapping[str, Json]) -> Address:
    """Return the address of a number as the API gives it.

    Raises:
        ValueError: It has no number.
    """
    number = phone.get("number")
    if not isinstance(number, str) or not number:
        raise ValueError("a phone number has no number")
    return Address(PHONE_NUMBER.name, number if is_e164(number) else str(_number(number)))


def id_of(phone: Mapping[str, Json]) -> str:
    """Return the id of a number, as text.

    Raises:
        ValueError: It has none.
    """
    id_ = phone.get("id")
    if not isinstance(id_, int | str) or isinstance(id_, bool) or not str(id_):
        raise ValueError("a phone number has no id")
    return str(id_)


def resource(phone: Mapping[str, Json]) -> Resource:
    """Return a live number, from the answer that shows it in full."""
    form = normal(phone)
    return Resource(address_of(phone), id_of(phone), PHONE_NUMBER.name_of(form), form, phone)


def path_of(id_: str) -> str:
    """Return the path of one number."""
    return path_below(PATH, id_)


def calls(live: Resource | None, address: Address, goal: Fields | None) -> list[Call]:
    """Return one PUT of what changes ("Update Phone Number"), or a purchase and a PUT ("Create Phone Number").

    Raises:
        RingformError: The number is to go, for which the document has no call.
    """
    if goal is None:
        summary = f"{address.key} cannot be given up by ringform: the API's document has no call for that"
        hint = "give it up in Zendesk's Admin Center"
        raise RingformError(Diagnostic("cannot-delete", summary, hint=hint, address=address))
    if live is None:
        return _bought(address, goal)
    changed = {name: goal[name] for name in changed_fields(live.fields, goal) if name in PHONE_NUMBER.defaults}
    return [_put(path_of(live.id), changed)] if changed else []


def _bought(address: Address, goal: Fields) -> list[Call]:
    token = goal.get("purchase.token")
    if token is None:
        return []  # there is no offer, which ``choose_offers`` has reported
    body: dict[str, Json] = {"phone_number": {"token": token}}
    if goal.get("purchase.address_sid"):
        body["address_sid"] = goal["purchase.address_sid"]
    create = Call("POST", PATH, body, {"number": address.key})
    fields = {name: goal[name] for name, none in PHONE_NUMBER.defaults.items() if name in goal and goal[name] != none}
    return [create, _put(f"{PATH}/{CREATED_ID}", fields)] if fields else [create]


def _put(path: str, fields: Fields) -> Call:
    has_settings = any(name.startswith("settings.") for name in fields)
    return Call("PUT", path + WITH_SETTINGS * has_settings, {"phone_number": PHONE_NUMBER.nested(fields)}, fields)
