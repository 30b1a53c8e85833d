"""Whether a report tells the truth: each call's status against what the account holds and which requests came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ringform.model.change import Call
from ringform.model.outcome import STORED_OTHERWISE, Outcome, Status
from ringform.model.plan import Plan
from ringform.sandbox.gate import RecordedRequest
from support import model
from support.sandboxes import State

TIMER = "no_answer_timeout_secs"


def effects(call: Call, before: State, after: State) -> bool | None:
    """Whether the account shows that a call took effect; None where it is as neither says."""
    parts = call.path.split("/")
    if parts[1] == "contacts":
        return _contact_effect(call, parts[-1], before, after)
    wanted = model.main_number(carried(call))
    held, was = (model.main_number(_by_id(state["main_numbers"], parts[2])) for state in (after, before))
    if all(held[name] == value for name, value in wanted.items()):
        return True
    return False if all(held[name] == was[name] for name in wanted) else None


def carried(call: Call) -> dict[str, Any]:
    """The settings of a main number that a call carries, by their names in the API's answers."""
    body: dict[str, Any] = dict(call.body or {})
    slot = call.path.rpartition("/")[2]
    if slot not in model.SLOTS:
        return body
    found = {TIMER: body.pop("timeout_secs")} if "timeout_secs" in body else {}
    if "opening_hours" in body:
        found["opening_hours"] = body.pop("opening_hours")
    return {**found, slot: body if body.get("type") else None}


def _contact_effect(call: Call, id_: str, before: State, after: State) -> bool | None:
    body: dict[str, Any] = dict(call.body or {})
    if call.method == "POST":
        old = {each["id"] for each in before["contacts"]}
        made = [each for each in after["contacts"] if each["phone"] == body["phone"] and each["id"] not in old]
        if not made:
            return False
        return True if all(made[0][name] == value for name, value in body.items()) else None
    held = [each for each in after["contacts"] if each["id"] == id_]
    if call.method == "DELETE":
        return not held
    if held and all((held[0][name] or None) == (value or None) for name, value in body.items()):
        return True
    was = _by_id(before["contacts"], id_)
    return False if held and held[0] == was else None


def _by_id(records: Iterable[dict[str, Any]], id_: str) -> dict[str, Any]:
    return next(each for each in records if each["id"] == id_)


def was_sent(call: Call, requests: Sequence[RecordedRequest]) -> bool:
    """Whether a request came in that can only be this call."""
    return any(
        (each.method, each.path.removeprefix("/api/v1"), each.body) == (call.method, call.path, call.body)
        for each in requests
    )


def check_statuses(
    ends: Iterable[tuple[Call, Status, str | None]], before: State, after: State, requests: Sequence[RecordedRequest]
) -> None:
    """Hold each call's status, and the code of its diagnostic, against the account and the requests."""
    for call, status, code in ends:
        effect, sent = effects(call, before, after), was_sent(call, requests)
        told = f"{call} is {status} ({code}), effect {effect}, sent {sent}"
        match status:
            case Status.DONE:
                assert effect is True, told
            case Status.NOT_ATTEMPTED:
                assert effect is False, told
                assert not sent, told
            case Status.FAILED:
                assert effect is False or code == STORED_OTHERWISE, told
            case Status.UNKNOWN:
                assert effect is not None or code == STORED_OTHERWISE, told


def ends_of(outcome: Outcome) -> list[tuple[Call, Status, str | None]]:
    return [(each.call, each.status, each.diagnostic.code if each.diagnostic else None) for each in outcome.results]


def check_nothing_else_changed(plan: Plan, before: State, after: State) -> None:
    """Everything that no call of the plan is about is the same, to the byte; and no contact is there twice."""
    phones = [each["phone"] for each in after["contacts"]]
    assert len(phones) == len(set(phones)), phones
    assert after["employees"] == before["employees"]
    assert after["calls"] == before["calls"]
    touched: dict[str, set[str]] = {}
    for call in plan.calls:
        id_ = call.path.split("/")[2] if call.path.count("/") > 1 else ""
        touched.setdefault(id_, set()).update(carried(call))
    for was, now in zip(before["main_numbers"], after["main_numbers"], strict=True):
        kept = was.keys() - touched.get(was["id"], set())
        assert {name: now[name] for name in kept} == {name: was[name] for name in kept}
    made = {(call.body or {}).get("phone") for call in plan.calls if call.method == "POST"}
    old = {each["id"]: each for each in before["contacts"]}
    for id_, was in old.items():
        if id_ not in touched:
            assert was in after["contacts"]
    for now in after["contacts"]:
        assert now["id"] in old or now["phone"] in made, now
        if now["id"] in old:
            kept = now.keys() - touched.get(now["id"], set()) - {"updated_at"}
            assert {name: now[name] for name in kept} == {name: old[now["id"]][name] for name in kept}
