"""Guardrails that know what a Phone.inc call flow means: plans after which callers may reach nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ringform.calendar.dated_hours import CLOSED
from ringform.model.change import Change
from ringform.model.guardrail import Limit, Violation
from ringform.model.values import Fields, Json, at_path
from ringform.planning.guardrails import Guardrail, GuardrailContext
from ringform.providers.phone_inc.resources import flows, main_number

_PEOPLE = "employee_ids"


def _rejected_in_hours(context: GuardrailContext, _: Limit) -> Iterable[Violation]:
    for change, before, after in _updated_numbers(context):
        path = ("incoming_call_config", "type")
        if at_path(after, path) == "RejectConfig" and at_path(before, path) != "RejectConfig":
            summary = f"{change.label} would turn callers away in opening hours"
            yield Violation("reject-in-opening-hours", summary, (change.address,))


def _closed_all_week(context: GuardrailContext, _: Limit) -> Iterable[Violation]:
    for change, before, after in _updated_numbers(context):
        if _is_always_closed(after) and not _is_always_closed(before):
            summary = f"{change.label} would be closed all week"
            yield Violation("closed-all-week", summary, (change.address,))


def _is_always_closed(fields: Fields) -> bool:
    week = fields.get("opening_hours")
    return isinstance(week, Mapping) and bool(week) and all(opened == CLOSED for opened in week.values())


def _transfer_replaced(context: GuardrailContext, _: Limit) -> Iterable[Violation]:
    for change in context.changes:
        for field in change.fields:
            place = field.path[:-1] if field.path[-1] == _PEOPLE else field.path
            before, after = (set(_people_in({field.path[-1]: side})) for side in (field.before, field.after))
            if before and after and not before & after:
                summary = f"everybody who rings on {change.label} ({'.'.join(place)}) would be replaced"
                yield Violation("transfer-replaced", summary, (change.address,))


def _ids(value: Json) -> set[str]:
    return {str(each) for each in value} if isinstance(value, list) else set()


def _only_member_removed(context: GuardrailContext, _: Limit) -> Iterable[Violation]:
    rang = {id_ for fields in context.before.values() for id_ in _who_rings(fields)}
    rings = {id_ for fields in context.after.values() for id_ in _who_rings(fields)}
    for group, members in context.groups.items():
        if len(members) == 1 and members[0] in rang - rings:
            gone_from = tuple(at for at, fields in context.before.items() if members[0] in set(_who_rings(fields)))
            summary = f"the only member of ring group {group!r} would ring on no number any more"
            yield Violation("only-member-removed", summary, gone_from)


def _who_rings(fields: Fields) -> Iterator[str]:
    for slot in flows.SLOTS:
        yield from _people_in(fields.get(slot))


def _people_in(value: Json) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _ids(inner) if key == _PEOPLE else _people_in(inner)


def _updated_numbers(context: GuardrailContext) -> Iterator[tuple[Change, Fields, Fields]]:
    for change in context.changes:
        if change.address.kind == main_number.KIND:
            yield change, context.before[change.address], context.after[change.address]


RULES: tuple[Guardrail, ...] = (
    Guardrail(
        "reject-in-opening-hours",
        "A number that turns callers away (RejectConfig) in opening hours, and did not before.",
        _rejected_in_hours,
    ),
    Guardrail("closed-all-week", "Opening hours that are closed on every day.", _closed_all_week),
    Guardrail("transfer-replaced", "Replacing everybody who rings on one transfer.", _transfer_replaced),
    Guardrail(
        "only-member-removed",
        "Taking the only member of a ring group off every number.",
        _only_member_removed,
    ),
)
