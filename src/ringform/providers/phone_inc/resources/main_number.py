"""Main numbers: the manifest's model, the normal form of an answer, and the calls that change one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT
from ringform.model.change import Call, Change
from ringform.model.diagnostic import Diagnostic, RingformError, Severity
from ringform.model.kind import FieldSpec, Kind
from ringform.model.problem import DocumentPath, Problem
from ringform.model.snapshot import Resource
from ringform.model.values import FieldPath, Fields, Json
from ringform.planning.compare import changed_fields
from ringform.providers.phone_inc.fields import Language, Name, Timeout
from ringform.providers.phone_inc.manifest.employee_book import EmployeeBook
from ringform.providers.phone_inc.resources import flows, hours
from ringform.providers.phone_inc.resources.flows import READ_ONLY, Flow
from ringform.providers.phone_inc.resources.hours_schema import OPENING_HOURS
from ringform.providers.shared.answers import path_below
from ringform.providers.shared.calendar import timezones
from ringform.providers.shared.calendar.closures_schema import Closures, SpecialHours
from ringform.providers.shared.field_types import Boolean, Strict, Timezone, field_specs, not_null
from ringform.providers.shared.ignore_changes import IgnoreChanges, offered_fields, unknown_fields
from ringform.providers.shared.validation import check, refuse_many

KIND = "main_number"

_SCALARS = ("name", "timezone", "language", "recording_enabled")
_TIMER = "no_answer_timeout_secs"
_NO_ANSWER = "no_answer_config"

WARNINGS = frozenset({"never-converges"})
"""The codes of this module's warnings. A comment in a manifest can silence them."""


def _cleared(value: object) -> object:
    """``{type: null}``, as the API clears a slot, is null (main numbers document, "Phone menu options")."""
    return None if isinstance(value, Mapping) and dict(value) == {"type": None} else value


def _hours(value: object) -> dict[str, Json]:
    days, problems = hours.read(value)
    if problems:
        raise refuse_many(problems)
    return days


OpeningHours = Annotated[dict[str, object], BeforeValidator(_hours), WithJsonSchema(OPENING_HOURS)]
Required = not_null("every main number has one")
_NOT_GIVEN: Any = None
"""The default of a field that cannot be null; nobody meets it, as only the fields that are given are read."""


def _or_cleared(field_schema: dict[str, Any]) -> None:
    """Add null and ``{type: null}`` to the flows that an editor offers."""
    [cases, _] = field_schema.pop("anyOf")
    cases["type"] = ["object", "null"]
    cases["properties"]["type"]["enum"].append(None)
    is_cleared = {"type": "object", "required": ["type"], "properties": {"type": {"type": "null"}}}
    cases["allOf"].append({"if": is_cleared, "then": {"maxProperties": 1}})
    field_schema.update(cases)


_SLOT = FieldSpec("", is_routing=True, is_traced=True, id_key="employee_ids")
_WHEN = FieldSpec("", is_routing=True, is_traced=True)
Slot = Annotated[Flow | None, BeforeValidator(_cleared), Field(json_schema_extra=_or_cleared), _SLOT]


class MainNumber(Strict):
    """One main number. A field that is left out is left as it is in the account."""

    ADVICE: ClassVar[Mapping[str, str]] = {
        "number": "the number is the name before the colon, and cannot be changed",
        **dict.fromkeys(("id", "number_formatted"), READ_ONLY),
        "timeout_secs": "did you mean 'no_answer_timeout_secs'?",
        "type": "a type belongs inside incoming_call_config or one of the other two configs",
    }

    name: Annotated[Name, Required] = ""
    """The label of the number, for your team: A-Z, a-z, 0-9, spaces and - _ ~ ! . + only."""

    timezone: Annotated[Timezone, Required, FieldSpec("", is_traced=True)] = ""
    """The zone in which the opening hours are read: a city or a full IANA name."""

    language: Annotated[Language, Required] = ""
    """The language of automated messages, as a code."""

    recording_enabled: Annotated[Boolean, Required] = False
    """Whether calls are recorded."""

    incoming_call_config: Annotated[Flow, Required, BeforeValidator(_cleared), _SLOT] = _NOT_GIVEN
    """What happens to a call in opening hours. It cannot be cleared."""

    outside_opening_hours_config: Slot = None
    """What happens outside opening hours; null: the same as in opening hours."""

    no_answer_config: Slot = None
    """What happens when nobody answers within no_answer_timeout_secs; null: it keeps ringing."""

    no_answer_timeout_secs: Annotated[Timeout, _WHEN] = None
    """How many seconds a transferred call rings before no_answer_config; null, 0 or '' for no end."""

    protect: Annotated[Boolean, Required] = False
    """true: changes to who answers need permission (apply --allow protected)."""

    ignore_changes: Annotated[IgnoreChanges, offered_fields(lambda: MAIN_NUMBER)] = Field([])
    """Fields that are left as they are in the account while they differ."""

    opening_hours: Annotated[OpeningHours, Required, _WHEN] = Field({})
    """When the number is open, each day of the week once: by days, or as the API's seven objects."""

    closures: Closures = None
    special_hours: SpecialHours = None


MAIN_NUMBER = Kind(
    KIND, field_specs(MainNumber, but=("protect", "ignore_changes", "closures", "special_hours")), name_field="name"
)
FIELDS = MAIN_NUMBER.names


def read(value: object, book: EmployeeBook, path: DocumentPath) -> tuple[MainNumber | None, list[Problem]]:
    """Return the manifest's entry that stands at ``path``, or None if it is not valid, and its problems.

    Rules about several fields are checked on the entry as it is written, so that one bad field does not hide them.
    """
    model, problems = check(MainNumber, {} if value is None else value, path)
    written: Mapping[str, object] = value if isinstance(value, Mapping) else {}
    problems += unknown_fields(written, MAIN_NUMBER, path)
    for slot in flows.SLOTS:
        config = _cleared(written.get(slot))
        slot_problems = [*flows.behind_unknown_types(config), *flows.distinct_digits(config)]
        problems += [problem.below((*path, slot)) for problem in slot_problems]
        problems += book.check(config, (*path, slot))
    return (None if problems else model), problems


def managed(model: MainNumber | None, book: EmployeeBook) -> dict[str, Json]:
    """Return the managed fields of a valid entry, if there is one, in normal form and with ids."""
    if model is None:
        return {}
    data: dict[str, Any] = model.model_dump(mode="json", include=set(FIELDS), exclude_unset=True)
    for slot in flows.SLOTS:
        if slot in data:
            book.look_up(data[slot])
            data[slot] = flows.normal(data[slot])
    return {name: data[name] for name in FIELDS if name in data}


def merged(own: Fields, above: Fields) -> dict[str, Json]:
    """Return the fields of a number with those of the defaults that it does not have, in the order of plans."""
    return {name: own[name] if name in own else above[name] for name in FIELDS if name in own or name in above}


def groups(models: Sequence[MainNumber], book: EmployeeBook) -> set[str]:
    """Return the ring groups that an entry names; a slot counts from the first of the models that has it."""
    named: set[str] = set()
    for slot in flows.SLOTS:
        holder = next((each for each in models if slot in each.model_fields_set), None)
        config = None if holder is None else getattr(holder, slot)
        if config is not None:
            named |= book.names_in(config.model_dump(mode="json"))
    return named


def normal(answer: Json) -> dict[str, Json]:
    """Return the normal form of a main number as the API gives it in full (main numbers document, "Retrieve").

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    if not isinstance(answer, Mapping):
        raise ValueError("a main number is not an object")
    lacking = [name for name in FIELDS if name not in answer]
    if lacking:
        raise ValueError(f"a main number lacks {lacking[0]}")
    form: dict[str, Json] = {name: answer[name] for name in _SCALARS}
    if isinstance(form["timezone"], str):
        form["timezone"] = timezones.normal(form["timezone"])
    for slot in flows.SLOTS:
        form[slot] = flows.normal(answer[slot])
    form[_TIMER] = answer[_TIMER] or None
    form["opening_hours"] = hours.normal(answer["opening_hours"])
    return form


def normal_of(address: Address, path: str, answer: Json) -> dict[str, Json]:
    """Return the normal form of the number with this address, from an answer to a request to its path or below it.

    Raises:
        ValueError: The answer does not have the documented shape, or is about another number.
    """
    form = normal(answer)
    shown = answer if isinstance(answer, Mapping) else {}
    if shown.get("number") != address.key or not f"{path}/".startswith(f"{path_of(str(shown.get('id')))}/"):
        raise ValueError(ANOTHER_OBJECT)
    return form


def calls(live: Resource, goal: Fields) -> list[Call]:
    """Return at most four calls, one for each write endpoint of the main numbers document whose fields differ.

    Raises:
        RingformError: A slot that has to be sent along holds a config type that ringform does not know.
    """
    changed = changed_fields(live.fields, goal)
    path = path_of(live.id)
    calls: list[Call] = []
    scalars = {name: goal[name] for name in _SCALARS if name in changed}
    if scalars:
        calls.append(Call("PATCH", path, scalars, scalars))
    if "incoming_call_config" in changed:
        calls.append(_put(live, goal, "incoming_call_config", {}, ()))
    if {"outside_opening_hours_config", "opening_hours"} & set(changed):
        week = goal["opening_hours"]
        extra: dict[str, Json] = {}
        overwrites: dict[str, Json] = {}
        if "opening_hours" in changed and isinstance(week, Mapping):
            kept = live.raw.get("opening_hours")
            extra = {"opening_hours": hours.for_api(week, kept, live.overwritten.get("opening_hours"))}
            opened = hours.opened(week, kept)
            overwrites = {"opening_hours": opened} if opened else {}
        put = _put(live, goal, "outside_opening_hours_config", extra, tuple(extra))
        calls.append(replace(put, overwrites=overwrites))
    if {"no_answer_config", _TIMER} & set(changed):
        # Off is 0 or null to the account: what does not change goes back as it came.
        seconds = goal[_TIMER] if _TIMER in changed else live.raw.get(_TIMER)
        calls.append(_put(live, goal, "no_answer_config", {"timeout_secs": seconds}, (_TIMER,)))
    return calls


def path_of(id_: str) -> str:
    """Return the path of one main number."""
    return path_below("/main_numbers", id_)


def _put(live: Resource, goal: Fields, slot: str, extra: Mapping[str, Json], carried: tuple[str, ...]) -> Call:
    """Return the PUT of one slot. It replaces the whole slot, so an unmanaged config goes back as it was read."""
    if not flows.is_known(goal[slot]):
        raise RingformError(_cannot_carry(live.address, slot))
    body = {**flows.for_api(goal[slot]), **extra}
    return Call("PUT", f"{path_of(live.id)}/{slot}", body, {name: goal[name] for name in (slot, *carried)})


def _cannot_carry(address: Address, slot: str) -> Diagnostic:
    summary = f"the account's {slot} has a type that ringform does not know"
    detail = "The call that makes this change replaces the whole slot, so it cannot be left as it is."
    hint = f"manage {slot} in the manifest too, or make this change in the dashboard"
    return Diagnostic("unknown-live-config", summary, detail=detail, hint=hint, address=address)


def side_effects(change: Change, call: Call, stored: Fields) -> frozenset[str]:
    """Return the timer if it has gone with its flow, and the manifest asks for no other one.

    Whether an account keeps a timer without a flow is not documented.
    """
    is_flow_cleared = _NO_ANSWER in call.expect and call.expect[_NO_ANSWER] is None
    is_timer_wanted = any(field.path[0] == _TIMER for field in change.fields)
    is_gone = is_flow_cleared and not is_timer_wanted and stored.get(_TIMER) is None
    return frozenset({_TIMER}) if is_gone else frozenset()


def change_warnings(change: Change) -> list[tuple[FieldPath, Diagnostic]]:
    """Warn of a timer that is to be set without a flow: an account may keep none, and no plan would be the last."""
    call = next((call for call in change.calls if _NO_ANSWER in call.expect), None)
    is_timer_set = any(field.path[0] == _TIMER and field.after is not None for field in change.fields)
    if call is None or call.expect[_NO_ANSWER] is not None or not is_timer_set:
        return []
    summary = f"in an account that keeps no ring timer without a {_NO_ANSWER}, this plan never converges"
    detail = (
        "Whether accounts do is not documented. If the same plan comes up again after an apply, this account does not."
    )
    hint = f"add a {_NO_ANSWER}, or remove {_TIMER}: it does nothing without one"
    return [((_TIMER,), Diagnostic("never-converges", summary, Severity.WARNING, detail=detail, hint=hint))]


def rejected_field(call: Call, key: str) -> str:
    """Return the manifest's field for a key of a 422 (API errors: keyed by the request's fields)."""
    if key == "timeout_secs":
        return _TIMER
    if key in FIELDS:
        return key
    slot = call.path.rpartition("/")[2]
    return slot if slot in flows.SLOTS else key
