"""A Zendesk Talk manifest: its sections, and what they come to as a desired state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ringform.model.messages import shown
from ringform.model.phone import NotAPhoneNumber, to_e164
from ringform.model.problem import DocumentPath, Problem
from ringform.model.values import Json
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.shared import entries
from ringform.providers.shared.entries import Dialect, Entry, flat, read_names
from ringform.providers.shared.naming import Names
from ringform.providers.shared.validation import check
from ringform.providers.zendesk_talk import guardrails
from ringform.providers.zendesk_talk.fields import FIELDS, PARTIAL, REFERENCES, ZendeskDefaults, ZendeskNumber
from ringform.providers.zendesk_talk.sections import KIND, NAME, Sections, ZendeskTalkDocument, read_id


def parse(document: Mapping[str, object]) -> ParsedDocument:
    """Read a manifest whose texts are rendered; ``version``, ``provider`` and ``vars`` are the caller's business."""
    names, found = read_names(document, Sections, ZendeskTalkDocument, REFERENCES, read_id)

    def entry(value: object, path: DocumentPath) -> tuple[Entry | None, list[Problem]]:
        return _entry(ZendeskDefaults if path == ("defaults",) else ZendeskNumber, value, path, names)

    dialect = Dialect(NAME, KIND, _key, entry, FIELDS, guardrails.RULES)
    return entries.parse(document, dialect, people=names.shown, found=found)


def _key(name: str, path: DocumentPath) -> str | Problem:
    try:
        return to_e164(name)
    except NotAPhoneNumber as error:
        hint = "a template can stand in values only: write the number out" if "{{" in name else str(error)
        return Problem(path, "bad-phone-number", f"{shown(name)} is not a phone number", hint=hint, on_key=True)


def _entry(
    model: type[ZendeskDefaults], value: object, path: DocumentPath, names: Names
) -> tuple[Entry | None, list[Problem]]:
    read, found = check(model, value, path)
    found += names.check(value, path)
    if read is None or found:
        return None, found
    data: dict[str, Any] = read.model_dump(mode="json", exclude_unset=True)
    protect, purchase = data.pop("protect", None), data.pop("purchase", None)
    fields = dict(flat(_as_mapping(names.ids(data)), PARTIAL))
    if "greeting_ids" in fields:
        fields["greeting_ids"] = as_set(fields["greeting_ids"])
    given = purchase and {name: value for name, value in purchase.items() if value is not None}
    return Entry(fields, protect, given), []


def as_set(ids: Json) -> Json:
    """Ids of which the order does not count, in normal form."""
    return sorted({each for each in ids if isinstance(each, int)}) if isinstance(ids, list) else []


def _as_mapping(value: Json) -> Mapping[str, Json]:
    assert isinstance(value, Mapping)
    return value
