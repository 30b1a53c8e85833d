"""A OneInbox manifest: how its numbers are read and written."""

from __future__ import annotations

from ringform.model.messages import shown
from ringform.model.problem import DocumentPath, Problem
from ringform.providers.oneinbox.fields import PHONE_NUMBER, REFERENCES, OneInboxNumber
from ringform.providers.oneinbox.sections import KEY_SCHEMA, OneInboxNames, read_id
from ringform.providers.shared.number_manifest import NumberManifest


def _read_key(name: str, path: DocumentPath) -> str | Problem:
    id_ = read_id(name)
    if id_ is None:
        hint = "write the number's UUID, like 3c90c3cc-0d44-4b50-8888-8dd25736052a: the API knows numbers only by it"
        return Problem(path, "bad-id", f"{shown(name)} is not the id of a phone number", hint=hint, on_key=True)
    return id_


MANIFEST = NumberManifest(
    provider="oneinbox",
    vendor="OneInbox",
    kind=PHONE_NUMBER,
    number=OneInboxNumber,
    example={"3c90c3cc-0d44-4b50-8888-8dd25736052a": {"friendly_name": "Reception"}},
    key="each by its UUID",
    key_schema=KEY_SCHEMA,
    read_key=_read_key,
    names=OneInboxNames,
    references=REFERENCES,
    read_id=read_id,
    cleared={"inbound_routing.voicemail_message": ""},
)
