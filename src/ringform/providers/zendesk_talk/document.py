"""A Zendesk Talk manifest: how its numbers are read and written."""

from __future__ import annotations

from ringform.model.values import Fields, Json
from ringform.providers.shared.number_manifest import NumberManifest
from ringform.providers.zendesk_talk import guardrails, warnings
from ringform.providers.zendesk_talk.fields import PHONE_NUMBER, REFERENCES, ZendeskDefaults, ZendeskNumber
from ringform.providers.zendesk_talk.sections import ZendeskNames, read_id


def as_set(ids: Json) -> Json:
    """Return ids of which the order does not count, in normal form."""
    return sorted({each for each in ids if isinstance(each, int)}) if isinstance(ids, list) else []


def _normal(fields: Fields) -> Fields:
    return {name: as_set(value) if name == "greeting_ids" else value for name, value in fields.items()}


MANIFEST = NumberManifest(
    provider="zendesk-talk",
    vendor="Zendesk Talk",
    kind=PHONE_NUMBER,
    number=ZendeskNumber,
    example={"+15105550100": {"nickname": "Support"}},
    defaults=ZendeskDefaults,
    normal=_normal,
    names=ZendeskNames,
    references=REFERENCES,
    read_id=read_id,
    guardrails=guardrails.RULES,
    warnings=warnings.about,
)
