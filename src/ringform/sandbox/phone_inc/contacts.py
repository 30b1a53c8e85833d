"""The operations of the contacts document."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ringform.sandbox.json_text import dump
from ringform.sandbox.phone_inc.account import Account, Contact
from ringform.sandbox.phone_inc.errors import NotFoundError
from ringform.sandbox.phone_inc.phone_numbers import formatted, normalize
from ringform.sandbox.phone_inc.validation import BLANK, Errors, is_blank

NOTE_LIMIT = 10_000
"""Contacts document, 'The contact model', note."""

TEXTS = ("name", "email", "company_name", "note")

# The pattern that Rails applications take from Ruby's URI::MailTo.
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_EMAIL = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*")


def list_contacts(account: Account, phone: str | None) -> bytes:
    """'List contacts', newest first, as JSON; an empty list if the filter cannot be normalised."""
    if phone is not None:
        wanted = normalize(phone)
        return dump([_view(contact) for contact in account.contacts.values() if contact.phone == wanted])
    if account.contacts_json is None:
        account.contacts_json = dump([_view(contact) for contact in reversed(account.contacts.values())])
    return account.contacts_json


def retrieve_contact(account: Account, contact_id: str) -> dict[str, Any]:
    """'Retrieve a contact'."""
    return _view(_find(account, contact_id))


def create_contact(account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """'Create a contact'."""
    changes = _check(account, {"phone": None, **body}, None)
    with account.changing():
        now = account.now()
        contact = Contact(
            id=account.counters.new_contact_id(),
            name=changes.get("name"),
            email=changes.get("email"),
            phone=str(changes["phone"]),
            company_name=changes.get("company_name"),
            note=changes.get("note"),
            created_at=now,
            updated_at=now,
        )
        account.contacts[contact.id] = contact
    return _view(contact)


def update_contact(account: Account, contact_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """'Update a contact': only the fields sent. A request that changes nothing leaves updated_at, as Rails does."""
    contact = _find(account, contact_id)
    changes: dict[str, Any] = _check(account, body, contact)
    changed = replace(contact, **changes)
    if changed != contact:
        with account.changing():
            changed.updated_at = account.now()
            account.contacts[contact_id] = changed
    return _view(changed)


def delete_contact(account: Account, contact_id: str) -> None:
    """'Delete a contact'."""
    _find(account, contact_id)
    with account.changing():
        del account.contacts[contact_id]


def _check(account: Account, body: dict[str, Any], contact: Contact | None) -> dict[str, str | None]:
    """Check the fields that are there; texts are stored as sent, an empty one as an empty one."""
    errors = Errors()
    changes: dict[str, str | None] = {}
    for field in TEXTS:
        if field in body:
            changes[field] = body[field]
            if body[field] is not None and not isinstance(body[field], str):
                errors.add(field, "must be a string")
    email, note = changes.get("email"), changes.get("note")
    if isinstance(email, str) and not is_blank(email) and not _EMAIL.fullmatch(email):
        errors.add("email", "is invalid")
    if isinstance(note, str) and len(note) > NOTE_LIMIT:
        errors.add("note", f"is too long (maximum is {NOTE_LIMIT} characters)")
    if "phone" in body:
        changes["phone"] = _check_phone(account, body["phone"], contact, errors)
    errors.raise_any()
    return changes


def _check_phone(account: Account, value: object, contact: Contact | None, errors: Errors) -> str | None:
    if value is not None and not isinstance(value, str):
        errors.add("phone", "must be a string")
        return None
    if value is None or is_blank(value):
        errors.add("phone", BLANK)
        return None
    phone = normalize(value)
    if phone is None:
        errors.add("phone", "is not a valid phone number")
    elif any(other.phone == phone and other is not contact for other in account.contacts.values()):
        errors.add("phone", "has already been taken")
    return phone


def _find(account: Account, contact_id: str) -> Contact:
    if contact_id not in account.contacts:
        raise NotFoundError("Contact")
    return account.contacts[contact_id]


def _view(contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.id,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "phone_formatted": formatted(contact.phone),
        "company_name": contact.company_name,
        "note": contact.note,
        "created_at": contact.created_at,
        "updated_at": contact.updated_at,
    }
