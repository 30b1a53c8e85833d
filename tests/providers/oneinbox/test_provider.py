"""OneInbox: what a manifest may say, the one PATCH with only the knobs that change, and an account without a list."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.reads import Answers, planned

from ringform.callflow.plan_view import PlanView
from ringform.manifest.check import check_manifest
from ringform.manifest.writing import to_yaml
from ringform.model.address import Address
from ringform.model.api_error import ApiError
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.problem import Problem
from ringform.model.values import Json
from ringform.planning.planner import make_plan
from ringform.providers.oneinbox.endpoint import endpoint
from ringform.providers.oneinbox.provider import OneInbox
from ringform.reports.text import plan as text_plan
from ringform.reports.text.style import Style

ANY_DAY = date(2026, 1, 1)

EXAMPLE = json.loads((Path(__file__).parent / "bodies" / "update.json").read_text("utf-8"))
"""The update of the API's document."""

ID = "0b0e2c1e-2f3a-4c55-9d61-7a8f1f0a1b2c"
ALICE = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
BOB = "3c90c3cc-0d44-4b50-8888-8dd25736052b"
KIND = "oneinbox_phone_number"
ADDRESS = Address(KIND, ID)
PATH = f"/phone-numbers/{ID}"
HEAD = f"version: 1\nprovider: oneinbox\nagents: {{alice: {ALICE}, bob: {BOB.upper()}}}\n"
PHONE: dict[str, Any] = {
    "id": ID,
    "phone_number": "+15105550100",
    "friendly_name": "Reception",
    "provider": "twilio",
    "agent_id": BOB,
    "status": "active",
    "inbound_trunk_id": "ST_1",
    "outbound_trunk_id": None,
    "dispatch_rule_id": None,
    "created_at": "2023-11-07T05:31:56Z",
    "updated_at": "2023-11-07T05:31:56Z",
    "inbound_routing": {"agent_id": BOB, "fallback": {"agent_id": ALICE}, "voicemail_message": "Sorry."},
}


def account(**fields: Any) -> Answers:
    return Answers({PATH: {**PHONE, **fields}})


def manifest(fields: str) -> str:
    return f"{HEAD}phone_numbers:\n  {ID}: {fields}\n"


def read(entry: object, **sections: object) -> tuple[dict[str, Json], list[Problem]]:
    made = OneInbox().parse({"agents": {"alice": ALICE, "bob": BOB}, "phone_numbers": {ID: entry}, **sections}, ANY_DAY)
    wanted = made.state.wanted.get(ADDRESS)
    return dict(wanted.fields) if wanted else {}, list(made.problems)


def refused(entry: object, **sections: object) -> Problem:
    _, (problem,) = read(entry, **sections)
    return problem


@pytest.mark.parametrize(
    ("entry", "normal"),
    [
        ({"friendly_name": "Reception"}, {"friendly_name": "Reception"}),
        ({"friendly_name": None}, {"friendly_name": None}),
        ({"agent_id": "alice"}, {"agent_id": ALICE}),
        ({"agent_id": ALICE.upper()}, {"agent_id": ALICE}),
        ({"inbound_routing": {"agent_id": "bob"}}, {"inbound_routing.agent_id": BOB}),
        ({"inbound_routing": {"fallback": None}}, {"inbound_routing.fallback": None}),
        ({"inbound_routing": {"fallback": {"agent_id": "bob"}}}, {"inbound_routing.fallback": {"agent_id": BOB}}),
        ({"inbound_routing": {"voicemail_message": "Hi"}}, {"inbound_routing.voicemail_message": "Hi"}),
        ({"inbound_routing": {"voicemail_message": ""}}, {"inbound_routing.voicemail_message": None}),
        ({"inbound_routing": {}}, {}),
    ],
)
def test_every_writable_field_is_taken(entry: object, normal: dict[str, Json]) -> None:
    assert read(entry) == (normal, [])


@pytest.mark.parametrize(
    "field",
    [
        "id", "phone_number", "provider", "status", "inbound_trunk_id", "outbound_trunk_id", "dispatch_rule_id",
        "created_at", "updated_at",
    ],
)  # fmt: skip
def test_every_read_only_field_is_refused_and_called_so(field: str) -> None:
    problem = refused({field: "x"})
    assert (problem.code, problem.path) == ("read-only", ("phone_numbers", ID, field))
    assert problem.summary.startswith(f"'{field}' is read-only: ")


@pytest.mark.parametrize(
    ("entry", "code", "place"),
    [
        ({"agent_id": None}, "cannot-clear", ("agent_id",)),
        ({"agent_id": "carol"}, "unknown-name", ("agent_id",)),
        ({"inbound_routing": None}, "cannot-clear", ("inbound_routing",)),
        ({"inbound_routing": {"agent_id": None}}, "cannot-clear", ("inbound_routing", "agent_id")),
        ({"inbound_routing": {"voicemail_message": None}}, "cannot-clear", ("inbound_routing", "voicemail_message")),
        ({"inbound_routing": {"voicemail_message": " "}}, "empty-text", ("inbound_routing", "voicemail_message")),
        ({"inbound_routing": {"fallback": {}}}, "missing-field", ("inbound_routing", "fallback")),
        ({"inbound_routing": {"fallback": "bob"}}, "wrong-kind", ("inbound_routing", "fallback")),
        (
            {"inbound_routing": {"fallback": {"agent_id": "carol"}}},
            "unknown-name",
            ("inbound_routing", "fallback", "agent_id"),
        ),
        ({"fallback": None}, "unknown-field", ("fallback",)),
    ],
)
def test_what_is_wrong_is_told_at_its_place(entry: object, code: str, place: tuple[str, ...]) -> None:
    problem = refused(entry)
    assert (problem.code, problem.path) == (code, ("phone_numbers", ID, *place))


def test_a_number_without_an_agent_is_refused_with_the_true_reason() -> None:
    for entry in ({"agent_id": None}, {"inbound_routing": {"agent_id": None}}):
        assert "the API's answers always name an agent" in refused(entry).summary
    assert refused({"inbound_routing": {"voicemail_message": None}}).hint == 'write "" to empty it'


def test_a_number_is_named_by_its_id() -> None:
    (problem,) = OneInbox().parse({"phone_numbers": {"+15105550100": {}}}, ANY_DAY).problems
    assert (problem.code, problem.on_key) == ("bad-id", True)


def test_one_id_in_two_ways_of_writing_it_is_refused() -> None:
    (problem,) = OneInbox().parse({"phone_numbers": {ID: {}, ID.upper(): {}}}, ANY_DAY).problems
    assert problem.code == "defined-twice"


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ("{friendly_name: New}", {"friendly_name": "New"}),
        ("{friendly_name: null}", {"friendly_name": None}),
        ("{agent_id: alice}", {"agent_id": ALICE}),
        ("{inbound_routing: {voicemail_message: Hi}}", {"inbound_routing": {"voicemail_message": "Hi"}}),
        ("{inbound_routing: {voicemail_message: ''}}", {"inbound_routing": {"voicemail_message": ""}}),
        ("{inbound_routing: {fallback: null}}", {"inbound_routing": {"fallback": None}}),
        (
            "{inbound_routing: {fallback: {agent_id: bob}, voicemail_message: Sorry.}}",
            {"inbound_routing": {"fallback": {"agent_id": BOB}}},
        ),
        (
            f"{{friendly_name: <string>, agent_id: {ALICE}, inbound_routing: {{agent_id: {ALICE},"
            f" fallback: {{agent_id: {ALICE}}}, voicemail_message: <string>}}}}",
            EXAMPLE,
        ),
    ],
)
def test_one_patch_with_the_knobs_that_change(tmp_path: Path, fields: str, body: dict[str, Any]) -> None:
    live = (
        account(inbound_routing={**PHONE["inbound_routing"], "fallback": {"agent_id": BOB}})
        if body == EXAMPLE
        else account()
    )
    (call,) = planned(tmp_path, manifest(fields), live).calls
    assert (call.method, call.path, call.body) == ("PATCH", PATH, body)


@pytest.mark.parametrize(
    "fields",
    [
        "{}",
        "{friendly_name: Reception, agent_id: bob}",
        "{inbound_routing: {}}",
        f"{{inbound_routing: {{agent_id: bob, fallback: {{agent_id: {ALICE.upper()}}}}}}}",
    ],
)
def test_what_is_so_already_needs_no_call(tmp_path: Path, fields: str) -> None:
    assert planned(tmp_path, manifest(fields), account()).is_empty


def test_a_number_without_routing_has_no_knobs(tmp_path: Path) -> None:
    live = account(inbound_routing=None)
    assert planned(tmp_path, manifest("{inbound_routing: {fallback: null}}"), live).is_empty
    assert len(planned(tmp_path, manifest("{inbound_routing: {voicemail_message: Hi}}"), live).calls) == 1


def test_a_change_stands_at_its_own_line_with_names_for_agents(tmp_path: Path) -> None:
    text = f"""\
{HEAD}defaults:
  inbound_routing:
    voicemail_message: Hi
phone_numbers:
  {ID}:
    protect: true
    inbound_routing:
      fallback: {{agent_id: bob}}
"""
    plan = planned(tmp_path, text, account())
    (change,) = plan.changes
    assert {".".join(field.path): field.source.line for field in change.fields if field.source} == {
        "inbound_routing.fallback.agent_id": 11,
        "inbound_routing.voicemail_message": 6,
    }
    assert text_plan.render(PlanView(plan), Style()).splitlines()[1:3] == [
        "    inbound_routing.fallback.agent_id: alice -> bob",
        '    inbound_routing.voicemail_message: "Sorry." -> "Hi"',
    ]
    (tripped,) = plan.guardrails
    assert tripped.summary.endswith("is protected, and inbound_routing.fallback would change")


def test_a_number_that_the_account_lacks_is_an_error_of_its_own(tmp_path: Path) -> None:
    lacking = "11111111-2222-4333-8444-555555555555"
    answers = account()
    with pytest.raises(RingformError) as caught:
        planned(tmp_path, manifest("{}") + f"  {lacking}: {{}}\n", answers)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.address) == ("not-in-account", Address(KIND, lacking))
    # The API has no list, so it is not known what the account has.
    assert diagnostic.detail is None
    assert "check the id" in (diagnostic.hint or "")


def test_another_failure_is_not_taken_for_a_number_that_is_not_there(tmp_path: Path) -> None:
    down = ApiError(Diagnostic("server-error", "the account's server failed"), status=500)
    with pytest.raises(ApiError, match="failed"):
        planned(tmp_path, manifest("{}"), Answers({PATH: down}))


def test_the_whole_account_cannot_be_asked_for() -> None:
    with pytest.raises(RingformError) as caught:
        OneInbox().observe(account(), Scope(None, frozenset({KIND})))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.hint) == ("ids-needed", f"name each number by its id, as in --only {KIND}:UUID")


def test_an_id_can_be_written_in_capitals_and_nothing_else_is_asked_for() -> None:
    live = OneInbox().observe(account(), Scope(frozenset({Address(KIND, ADDRESS.key.upper())}), frozenset({KIND})))
    assert list(live.resources) == [ADDRESS]
    answers = account()
    with pytest.raises(RingformError) as caught:
        OneInbox().observe(answers, Scope(frozenset({Address(KIND, "front")}), frozenset({KIND})))
    assert (caught.value.diagnostics[0].code, answers.asked) == ("bad-id", [])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"id": 5}, "a phone number has no id"), ({"id": ALICE}, "another object")],
)
def test_an_answer_of_another_shape_is_told(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ApiError, match=reason):
        OneInbox().observe(account(**fields), Scope(frozenset({ADDRESS}), frozenset({KIND})))


def test_the_export_of_numbers_has_an_empty_plan(tmp_path: Path) -> None:
    live = OneInbox().observe(account(), Scope(frozenset({ADDRESS}), frozenset({KIND})))
    document, left_out = OneInbox().export(live)
    assert left_out == []
    path = tmp_path / "ringform.yaml"
    path.write_text(to_yaml(document), "utf-8")
    [part] = check_manifest([path]).valid().parts
    assert dict(part.desired.wanted[ADDRESS].fields) == live.resources[ADDRESS].fields
    assert make_plan(part.desired, live, part.provider, part.id).is_empty


def test_a_change_is_looked_at_again_by_its_number(tmp_path: Path) -> None:
    (change,) = planned(tmp_path, manifest("{agent_id: alice}"), account()).changes
    query = OneInbox().recheck(change)
    assert query.path == PATH
    assert query.parse(PHONE) == change.before


def test_nothing_can_come_or_go() -> None:
    live = OneInbox().observe(account(), Scope(frozenset({ADDRESS}), frozenset({KIND}))).resources[ADDRESS]
    with pytest.raises(RingformError, match="neither created nor deleted"):
        OneInbox().calls(live, ADDRESS, None)


class TestEndpoint:
    def test_it_is_the_documents_address_with_a_bearer(self) -> None:
        made = endpoint({"ONEINBOX_API_KEY": " oi_sk_abc "})
        assert made.base_url == "https://api.oneinbox.ai/v1"
        assert made.headers == {"Authorization": "Bearer oi_sk_abc"}
        assert made.secrets == ("oi_sk_abc",)
        assert "abc" not in repr(made)

    @pytest.mark.parametrize(("key", "code"), [("", "missing-key"), ("two words", "malformed-key")])
    def test_a_key_is_needed(self, key: str, code: str) -> None:
        with pytest.raises(RingformError) as caught:
            endpoint({"ONEINBOX_API_KEY": key})
        assert caught.value.diagnostics[0].code == code

    def test_plain_http_to_elsewhere_is_refused(self) -> None:
        with pytest.raises(RingformError, match="plain http"):
            endpoint({"ONEINBOX_API_KEY": "oi_sk_abc", "ONEINBOX_BASE_URL": "http://oneinbox.example/v1"})
