"""Contacts: the manifest's model, the normal form of an answer, and the calls that change one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import quote

from pydantic import ConfigDict, Field, model_validator

from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT
from ringform.model.change import Call
from ringform.model.kind import Kind
from ringform.model.snapshot import Resource
from ringform.model.values import Fields, Json
from ringform.planning.compare import changed_fields
from ringform.providers.phone_inc.fields import Absent, ContactEmail, ContactNote, ContactText
from ringform.providers.phone_inc.resources.flows import READ_ONLY
from ringform.providers.query import Query
from ringform.providers.shared.answers import path_below
from ringform.providers.shared.field_types import Phone, Strict, field_specs
from ringform.providers.shared.validation import refuse

KIND = "contact"


class Contact(Strict):
    """One entry of the address book. A field that is left out is left as it is; null or '' clears it."""

    ADVICE: ClassVar[Mapping[str, str]] = {
        "phone": "the phone number is the name before the colon; for a new number use was:",
        **dict.fromkeys(("id", "phone_formatted", "created_at", "updated_at"), READ_ONLY),
    }

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["absent"], "properties": {"absent": {"const": True}}},
            "then": {
                "propertyNames": {
                    "pattern": "^absent$",
                    "patternErrorMessage": "A contact that is to be gone cannot have other fields.",
                }
            },
        }
    )

    name: ContactText = Field(None, examples=["Bea Jensen"])
    """The name that is shown; null clears it."""

    email: ContactEmail = Field(None, examples=["bea@example.com"])
    """E-mail address; null clears it."""

    company_name: ContactText = Field(None, examples=["Stephenson ApS"])
    """Employer or business; null clears it."""

    note: ContactNote = Field(None, examples=["Prefers e-mail."])
    """Free text, up to 10,000 characters; null clears it."""

    absent: Absent = None
    """absent: true makes sure that this contact is gone. It stands alone, without other fields."""

    was: Phone | None = None
    """The number under which this contact was kept before: it is changed to the one on the left."""

    @model_validator(mode="after")
    def _absent_stands_alone(self) -> Contact:
        if self.absent and len(self.model_fields_set) > 1:
            summary = "a contact that is to be gone cannot have other fields"
            raise refuse("absent-with-fields", summary, hint="keep only absent: true, or remove it")
        return self


CONTACT = Kind(KIND, field_specs(Contact, but=("absent", "was")), name_field="name", is_creatable=True, is_number=False)
FIELDS = CONTACT.names


def managed(model: Contact) -> dict[str, Json]:
    """Return the managed fields of a valid manifest entry, in normal form."""
    return {name: getattr(model, name) for name in FIELDS if name in model.model_fields_set}


def normal(answer: Json) -> dict[str, Json]:
    """Return the normal form of a contact as the API gives it: an empty text counts as none.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    if not isinstance(answer, Mapping) or not isinstance(answer.get("phone"), str):
        raise ValueError("a contact has no phone")
    return {name: answer.get(name) or None for name in FIELDS}


def address_of(answer: Mapping[str, Json]) -> Address:
    """Return the address of a contact as the API gives it."""
    return Address(KIND, str(answer["phone"]))


def id_of(answer: Json) -> str:
    """Return the id of a contact as the API gives it.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    id_ = answer.get("id") if isinstance(answer, Mapping) else None
    if not isinstance(id_, str):
        raise ValueError("a contact has no id")
    return id_


def calls(live: Resource | None, address: Address, goal: Fields | None) -> list[Call]:
    """Return one POST, PATCH or DELETE (contacts document). A contact's new number is a PATCH of its phone."""
    if live is None:
        given = {name: value for name, value in (goal or {}).items() if value is not None}
        fields = {**CONTACT.defaults, **given, "phone": address.key}
        return [Call("POST", "/contacts", {"phone": address.key, **given}, fields)]
    path = path_of(live.id)
    if goal is None:
        return [Call("DELETE", path, None, {})]
    body = {name: goal[name] for name in changed_fields(live.fields, goal)}
    if live.address != address:
        body = {"phone": address.key, **body}
    return [Call("PATCH", path, body, body)] if body else []


def path_of(id_: str) -> str:
    """Return the path of one contact."""
    return path_below("/contacts", id_)


def check_is_at(path: str, answer: Json) -> None:
    """Compare the contact of an answer with the path that was asked for.

    Raises:
        ValueError: It is about another contact.
    """
    if path_of(id_of(answer)) != path:
        raise ValueError(ANOTHER_OBJECT)


def shown(answer: Json) -> dict[str, Json]:
    """Return the normal form of the contact in an answer to a call, the phone number included.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    form = normal(answer)
    phone = answer.get("phone") if isinstance(answer, Mapping) else None
    return {**form, "phone": phone}


def with_phone(phone: str) -> Query[Json]:
    """Return the GET that finds the contact with that number, None if there is none (contacts document, "phone")."""

    def parse(answer: Json) -> Json:
        entries = answer if isinstance(answer, list) else []
        return next((each for each in entries if isinstance(each, Mapping) and each.get("phone") == phone), None)

    return Query(f"/contacts?phone={quote(phone, safe='')}", parse)


def absence(phone: str) -> Query[Fields | None]:
    """Return the GET that shows whether there is a contact with that number, and that one in normal form."""
    query = with_phone(phone)

    def parse(answer: Json) -> Fields | None:
        there = query.parse(answer)
        return None if there is None else normal(there)

    return Query(query.path, parse)


def normal_of(address: Address, path: str, answer: Json) -> Fields | None:
    """Return the normal form of the contact at a path.

    It is None if the contact has another number by now: that is another address, and what was planned for is gone.

    Raises:
        ValueError: The answer does not have the documented shape, or is about another contact.
    """
    form = shown(answer)
    check_is_at(path, answer)
    return normal(answer) if form["phone"] == address.key else None
