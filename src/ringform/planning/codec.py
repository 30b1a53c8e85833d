"""A plan as public JSON, ``ringform.plan/v1``, and back.

A saved plan is outside data: it may be damaged, cut off, edited, or something else altogether.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ringform.model.address import Address
from ringform.model.change import Action, Call, Change, FieldChange
from ringform.model.dated_change import DatedChange
from ringform.model.diagnostic import Diagnostic, Excerpt, Location, RingformError, Severity
from ringform.model.guardrail import Violation
from ringform.model.left_alone import LeftAlone
from ringform.model.plan import ManifestId, Plan, PlannedScope, Summary, plan_digest
from ringform.model.records import (
    ANY,
    NUMBER,
    OBJECT,
    TEXT,
    Member,
    Misshapen,
    many,
    mapping,
    optional,
    record,
    text_for,
)
from ringform.model.values import Json, digest, dotted

FORMAT = "ringform.plan/v1"


def _path(text: str) -> str:
    # The path is appended to the base URL: without the slash, "@host" would lead to another host.
    if not text.startswith("/"):
        raise ValueError
    return text


def _method(text: str) -> str:
    if text not in ("PATCH", "PUT", "POST", "DELETE"):
        raise ValueError
    return text


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError
    return time


def _plan(summary: Summary, **fields: Any) -> Plan:
    if not fields["providers"]:
        raise Misshapen("providers")
    return Plan(unchanged=summary.unchanged, **fields)


_ADDRESS = text_for(str, Address.parse)
_MOMENT = text_for(lambda time: time.isoformat(timespec="seconds"), _time)

LOCATION = record(Location, file=TEXT, line=NUMBER, column=NUMBER)

DIAGNOSTIC = record(
    Diagnostic,
    code=TEXT,
    severity=text_for(str, Severity),
    summary=TEXT,
    detail=optional(TEXT),
    hint=optional(TEXT),
    address=optional(_ADDRESS),
    source=Member(optional(LOCATION), "location"),
    excerpt=optional(record(Excerpt, text=TEXT, start=NUMBER, length=NUMBER)),
    help=Member(TEXT, is_read=False),
)
"""The JSON of a diagnostic, the same in every document."""

_FIELD = record(
    FieldChange,
    path=text_for(dotted, lambda text: tuple(text.split("."))),
    before=ANY,
    after=ANY,
    source=optional(LOCATION),
)

_CALL = record(
    Call,
    method=text_for(str, _method),
    path=text_for(str, _path),
    body=optional(OBJECT),
    expect=OBJECT,
    overwrites=Member(OBJECT, default={}),
)

_CHANGE = record(
    Change,
    address=_ADDRESS,
    name=optional(TEXT),
    action=text_for(str, Action),
    source=optional(LOCATION),
    before=optional(OBJECT),
    fields=many(_FIELD),
    calls=many(_CALL),
    previous=Member(optional(_ADDRESS), default=None),
    after=Member(many(_ADDRESS), default=()),
    purchase=Member(optional(OBJECT), default=None),
)

_SUMMARY = record(
    Summary, create=NUMBER, update=NUMBER, delete=NUMBER, unchanged=NUMBER, unmanaged=NUMBER, calls=NUMBER
)

_DATED_CHANGE = record(
    DatedChange,
    at=_MOMENT,
    change=TEXT,
    numbers=mapping(_ADDRESS, TEXT),
)

LEFT_ALONE = record(
    LeftAlone,
    address=_ADDRESS,
    name=optional(TEXT),
    field=TEXT,
    until=optional(text_for(str, date.fromisoformat)),
    reason=optional(TEXT),
    fields=Member(
        many(
            record(
                FieldChange,
                path=text_for(dotted, lambda text: tuple(text.split("."))),
                account=Member(ANY, "before"),
                manifest=Member(ANY, "after"),
                source=optional(LOCATION),
            )
        ),
        "differences",
    ),
    source=optional(LOCATION),
)

_PLAN = record(
    _plan,
    providers=many(TEXT),
    manifest=record(ManifestId, files=many(TEXT), digest=TEXT),
    summary=_SUMMARY,
    changes=many(_CHANGE),
    unmanaged=many(_ADDRESS),
    people=mapping(TEXT, TEXT),
    live=mapping(_ADDRESS, mapping(TEXT, TEXT)),
    scope=record(PlannedScope, kinds=many(TEXT), exclusive=many(TEXT)),
    guardrails=many(record(Violation, name=TEXT, summary=TEXT, addresses=many(_ADDRESS))),
    diagnostics=many(DIAGNOSTIC),
    digest=TEXT,
    left_alone=Member(many(LEFT_ALONE), default=()),
    dates=Member(many(_DATED_CHANGE), default=()),
    valid_until=Member(_MOMENT, default=None),
)

_MAKING = record(dict[str, str], tool_version=TEXT, created_at=TEXT, checksum=TEXT)


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan, when it was made (``created_at``, ISO 8601 in UTC) and by which version of ringform."""

    plan: Plan
    created_at: str
    tool_version: str


def encode(
    plan: Plan, *, tool_version: str, created_at: str, more: Mapping[str, Json] | None = None
) -> dict[str, Json]:
    """Return a plan as JSON; ``more`` is added for readers and not decoded, such as what callers will notice.

    ``created_at`` is ISO 8601 in UTC.
    """
    document: dict[str, Json] = {
        "format": FORMAT,
        "tool_version": tool_version,
        "created_at": created_at,
        # Readers that know a single provider must not take a plan for several for one of its plans.
        "provider": plan.providers[0] if len(plan.providers) == 1 else None,
        **OBJECT.decode(_PLAN.encode(plan)),
        **(more or {}),
    }
    return {**document, "checksum": checksum(document)}


def checksum(document: Mapping[str, Json]) -> str:
    """Return the digest of everything else in a plan's JSON, by which a cut or edited file is found out."""
    return digest({key: value for key, value in document.items() if key != "checksum"})


def decode(content: bytes, name: str) -> SavedPlan:
    """Return the plan in the JSON that ``encode`` makes; ``name`` is what to call the file in an error.

    Raises:
        RingformError: It is not such a plan, or its format's version is unknown.
    """
    try:
        document: Json = json.loads(content.decode())
    except (ValueError, RecursionError):
        raise _refused(f"{name} is not JSON: it is damaged, cut off, or not a plan") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _refused(f"{name} is not a plan of the format {FORMAT}")
    try:
        plan = _PLAN.decode(document)
        making = _MAKING.decode(document)
    except Misshapen as error:
        raise _refused(f"{name} is not a complete plan: {'.'.join(error.where)} is missing or wrong") from None
    if making["checksum"] != checksum(document):
        raise _refused(f"{name} was edited or damaged after it was made")
    if plan.digest != plan_digest(plan.manifest.digest, plan.live, plan.changes):
        raise _refused(f"{name} was edited: its digest is not that of its calls")
    return SavedPlan(plan, making["created_at"], making["tool_version"])


def _refused(summary: str) -> RingformError:
    return RingformError(Diagnostic("not-a-plan", summary, hint="make it again with: ringform plan --out FILE"))
