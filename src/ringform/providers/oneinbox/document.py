"""A OneInbox manifest: its sections, and what they come to as a desired state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ringform.model.messages import shown
from ringform.model.problem import DocumentPath, Problem
from ringform.providers.oneinbox.fields import FIELDS, PARTIAL, REFERENCES, OneInboxNumber
from ringform.providers.oneinbox.sections import KIND, NAME, OneInboxDocument, Sections, read_id
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.shared import entries
from ringform.providers.shared.entries import Dialect, Entry, flat, read_names
from ringform.providers.shared.naming import Names
from ringform.providers.shared.validation import check


def parse(document: Mapping[str, object]) -> ParsedDocument:
    """Read a manifest whose texts are rendered; ``version``, ``provider`` and ``vars`` are the caller's business."""
    names, found = read_names(document, Sections, OneInboxDocument, REFERENCES, read_id)

    def entry(value: object, path: DocumentPath) -> tuple[Entry | None, list[Problem]]:
        return _entry(value, path, names)

    return entries.parse(document, Dialect(NAME, KIND, _key, entry, FIELDS), people=names.shown, found=found)


def _key(name: str, path: DocumentPath) -> str | Problem:
    id_ = read_id(name)
    if id_ is None:
        hint = "write the number's UUID, like 3c90c3cc-0d44-4b50-8888-8dd25736052a: the API knows numbers by it only"
        return Problem(path, "bad-id", f"{shown(name)} is not the id of a phone number", hint=hint, on_key=True)
    return id_


def _entry(value: object, path: DocumentPath, names: Names) -> tuple[Entry | None, list[Problem]]:
    read, found = check(OneInboxNumber, value, path)
    found += names.check(value, path)
    if read is None or found:
        return None, found
    data: dict[str, Any] = read.model_dump(mode="json", exclude_unset=True)
    protect = data.pop("protect", None)
    return Entry(flat({name: names.ids(inner, name) for name, inner in data.items()}, PARTIAL), protect), []
