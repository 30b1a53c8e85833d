"""Reading a saved plan, which is outside data: a file may be damaged, cut off, or something else altogether."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from ringform.model.address import Address
from ringform.model.change import Action, Call, Change, FieldChange
from ringform.model.diagnostic import Diagnostic, Excerpt, Location, RingformError, Severity
from ringform.model.plan import ManifestId, Plan, PlannedScope, plan_digest
from ringform.planning.guardrails import Tripped
from ringform.planning.plan_json import FORMAT, seal


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan with what its file says of its making."""

    plan: Plan
    created_at: str
    tool_version: str


def load(content: bytes, name: str) -> SavedPlan:
    """The plan in the JSON that ``plan_json.dump`` makes; ``name`` is what to call the file in an error.

    Raises:
        RingformError: It is no such plan, or of a version that this ringform does not know.
    """
    try:
        saved = _Plan.model_validate_json(content)
        if saved.seal != seal(json.loads(content)):
            raise RingformError(_refused(f"{name} was edited or damaged after it was made"))
        plan = saved.plan()
        if plan.digest != plan_digest(plan.manifest.digest, plan.live, plan.changes):
            raise RingformError(_refused(f"{name} was edited: its digest is not that of its calls"))
        return SavedPlan(plan, saved.created_at, saved.tool_version)
    except (ValidationError, ValueError) as error:
        raise RingformError(_refusal(error, name)) from None


def _refused(summary: str) -> Diagnostic:
    return Diagnostic("not-a-plan", summary, hint="make it again with: ringform plan --out FILE")


def _refusal(error: ValueError, name: str) -> Diagnostic:
    first = error.errors(include_url=False)[0] if isinstance(error, ValidationError) else None
    if first and first["type"] == "json_invalid":
        summary = f"{name} is not JSON: it is damaged, cut off, or not a plan"
    elif first and first["loc"][:1] == ("format",):
        summary = f"{name} is not a plan of the format {FORMAT}"
    else:
        where = ".".join(str(part) for part in first["loc"]) if first else "an address"
        summary = f"{name} is not a whole plan: {where} is not as it should be"
    return _refused(summary)


class _Model(BaseModel):
    # Later versions may add fields; a missing or wrong one is an error.
    model_config = ConfigDict(extra="ignore")


class _Location(_Model):
    file: str
    line: int
    column: int

    def location(self) -> Location:
        return Location(self.file, self.line, self.column)


class _Field(_Model):
    path: str
    before: JsonValue
    after: JsonValue
    source: _Location | None

    def field(self) -> FieldChange:
        return FieldChange(tuple(self.path.split(".")), self.before, self.after, _location(self.source))


class _Call(_Model):
    method: Literal["PATCH", "PUT", "POST", "DELETE"]
    # It is appended to the base URL: without the slash "@host" would make the URL another host's.
    path: Annotated[str, Field(pattern="^/")]
    body: dict[str, JsonValue] | None
    expect: dict[str, JsonValue]

    def call(self) -> Call:
        return Call(self.method, self.path, self.body, self.expect)


class _Change(_Model):
    address: str
    name: str | None
    action: Action
    source: _Location | None
    before: dict[str, JsonValue] | None
    fields: list[_Field]
    calls: list[_Call]
    previous: str | None = None
    after: list[str] = []
    purchase: dict[str, JsonValue] | None = None

    def change(self) -> Change:
        return Change(
            address=Address.parse(self.address),
            name=self.name,
            action=self.action,
            fields=tuple(field.field() for field in self.fields),
            calls=tuple(call.call() for call in self.calls),
            source=_location(self.source),
            before=self.before,
            previous=Address.parse(self.previous) if self.previous else None,
            after=tuple(Address.parse(each) for each in self.after),
            purchase=self.purchase,
        )


class _Excerpt(_Model):
    text: str
    start: int
    length: int


class _Diagnostic(_Model):
    code: str
    severity: Severity
    summary: str
    detail: str | None
    hint: str | None
    address: str | None
    source: _Location | None
    excerpt: _Excerpt | None

    def diagnostic(self) -> Diagnostic:
        shown = self.excerpt
        return Diagnostic(
            code=self.code,
            summary=self.summary,
            severity=self.severity,
            detail=self.detail,
            hint=self.hint,
            location=_location(self.source),
            excerpt=Excerpt(shown.text, shown.start, shown.length) if shown else None,
            address=Address.parse(self.address) if self.address else None,
        )


class _Manifest(_Model):
    files: list[str]
    digest: str


class _Summary(_Model):
    unchanged: int


class _Scope(_Model):
    kinds: list[str]
    exclusive: list[str]


class _Tripped(_Model):
    name: str
    summary: str
    addresses: list[str]

    def tripped(self) -> Tripped:
        return Tripped(self.name, self.summary, tuple(Address.parse(each) for each in self.addresses))


class _Plan(_Model):
    format: Literal["ringform.plan/v1"]
    tool_version: str
    created_at: str
    providers: Annotated[list[str], Field(min_length=1)]
    manifest: _Manifest
    summary: _Summary
    changes: list[_Change]
    unmanaged: list[str]
    people: dict[str, str]
    live: dict[str, dict[str, str]]
    scope: _Scope
    guardrails: list[_Tripped]
    diagnostics: list[_Diagnostic]
    digest: str
    holds_until: AwareDatetime | None = None
    seal: str

    def plan(self) -> Plan:
        return Plan(
            providers=tuple(self.providers),
            manifest=ManifestId(tuple(self.manifest.files), self.manifest.digest),
            changes=tuple(change.change() for change in self.changes),
            unchanged=self.summary.unchanged,
            unmanaged=tuple(Address.parse(each) for each in self.unmanaged),
            digest=self.digest,
            live={Address.parse(each): fingerprint for each, fingerprint in self.live.items()},
            scope=PlannedScope(tuple(self.scope.kinds), tuple(self.scope.exclusive)),
            guardrails=tuple(each.tripped() for each in self.guardrails),
            people=self.people,
            diagnostics=tuple(each.diagnostic() for each in self.diagnostics),
            holds_until=self.holds_until,
        )


def _location(place: _Location | None) -> Location | None:
    return place.location() if place else None
