"""From a Zendesk Talk manifest and an account to calls: one PUT a number, with what changed and nothing else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.reads import Answers, planned

from providers.zendesk_talk.account import ID, NUMBER, OFFER, PHONE, SETTINGS, SHOW, account, page
from ringform.callflow.plan_view import PlanView
from ringform.manifest.check import check_manifest
from ringform.manifest.writing import to_yaml
from ringform.model.address import Address
from ringform.model.api_error import ApiError
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, Refused, RingformError
from ringform.model.plan import Plan
from ringform.model.snapshot import Snapshot
from ringform.planning.planner import make_plan
from ringform.providers.zendesk_talk import account as reading
from ringform.providers.zendesk_talk.provider import ZendeskTalk
from ringform.reports.text import plan as text_plan
from ringform.reports.text.style import Style

ANY_DAY = date(2026, 1, 1)

BODIES = Path(__file__).parent / "bodies"
HEAD = "version: 1\nprovider: zendesk-talk\n"
KIND = "zendesk_phone_number"
PATH = f"/phone_numbers/{ID}"
WITH_SETTINGS = f"{PATH}?include=settings"


def manifest(fields: str) -> str:
    return f'{HEAD}phone_numbers:\n  "{NUMBER}": {fields}\n'


def calls(plan: Plan) -> list[tuple[str, str, Any]]:
    return [(call.method, call.path, call.body) for call in plan.calls]


@pytest.mark.parametrize(
    ("fields", "path", "body"),
    [
        ("{nickname: New}", PATH, {"nickname": "New"}),
        ("{nickname: null}", PATH, {"nickname": None}),
        ("{nickname: New, recorded: true, transcription: false}", PATH, {"nickname": "New"}),
        ("{group_ids: [2, 1]}", PATH, {"group_ids": [2, 1]}),
        ("{greeting_ids: [3, 1]}", PATH, {"greeting_ids": [1, 3]}),
        ("{priority: 2, ivr_id: 12}", PATH, {"priority": 2, "ivr_id": 12}),
        ("{settings: {voicemail: false}}", WITH_SETTINGS, {"settings": {"voicemail": False}}),
        (
            "{recorded: false, settings: {maximum_queue_size: 20, voicemail: true}}",
            WITH_SETTINGS,
            {"recorded": False, "settings": {"maximum_queue_size": 20}},
        ),
        (
            '{settings: {overflow_number: {enabled: true, number: "+15105550199"}}}',
            WITH_SETTINGS,
            {"settings": {"overflow_number": {"enabled": True, "number": "+15105550199"}}},
        ),
    ],
)
def test_one_put_with_what_changes(tmp_path: Path, fields: str, path: str, body: dict[str, Any]) -> None:
    plan = planned(tmp_path, manifest(fields), account())
    assert calls(plan) == [("PUT", path, {"phone_number": body})]


@pytest.mark.parametrize(
    "fields",
    [
        "{}",
        "{nickname: Awesome Support Line, group_ids: [1, 2], ivr_id: null, failover_number: null}",
        "{greeting_ids: [2, 1]}",
        "{settings: {voicemail: true, maximum_queue_size: 5, overflow_number: null}}",
        "{purchase: {country: US}}",
    ],
)
def test_what_is_so_already_needs_no_call(tmp_path: Path, fields: str) -> None:
    assert planned(tmp_path, manifest(fields), account()).is_empty


def test_a_change_stands_at_its_own_line_with_names_for_ids(tmp_path: Path) -> None:
    text = f"""\
{HEAD}groups: {{support: 1, sales: 2}}
ivrs: {{night: 1}}
defaults:
  settings:
    priority: 3
phone_numbers:
  "{NUMBER}":
    group_ids: [sales, support]
    ivr_id: night
    settings:
      maximum_queue_size: 20
"""
    plan = planned(tmp_path, text, account())
    (change,) = plan.changes
    assert {".".join(field.path): field.source.line for field in change.fields if field.source} == {
        "group_ids": 10,
        "ivr_id": 11,
        "settings.maximum_queue_size": 13,
        "settings.priority": 7,
    }
    assert text_plan.render(PlanView(plan), Style()).splitlines()[1:5] == [
        "    group_ids: {+sales+}, support, [-sales-]",
        "    ivr_id: not set -> night",
        "    settings.maximum_queue_size: 5 -> 20",
        "    settings.priority: 0 -> 3",
    ]


def test_a_protected_number_keeps_who_answers_but_not_what_it_is_called(tmp_path: Path) -> None:
    plan = planned(tmp_path, manifest("{protect: true, nickname: New, settings: {voicemail: false}}"), account())
    (tripped,) = plan.guardrails
    assert tripped.name == "protected"
    assert tripped.summary.endswith("is protected, and settings.voicemail would change")
    assert (
        planned(tmp_path, manifest("{protect: true, nickname: New, settings: {priority: 9}}"), account()).guardrails
        == ()
    )


def test_a_number_that_the_account_lacks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RingformError) as caught:
        planned(tmp_path, f'{HEAD}phone_numbers:\n  "+15105550100": {{}}\n', account())
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "not-in-account"
    assert diagnostic.detail == f"The account has {NUMBER}."
    assert diagnostic.location is not None
    assert diagnostic.location.line == 4


def test_only_managed_numbers_are_read_in_full(tmp_path: Path) -> None:
    other = {**PHONE, "id": 7, "number": "+353766801403"}
    answers = account()
    answers.table = {**answers.table, "/phone_numbers": page(PHONE, other)}
    plan = planned(tmp_path, manifest("{}"), answers)
    assert answers.asked == ["/phone_numbers", SHOW]
    assert plan.unmanaged == (Address(KIND, "+353766801403"),)


class TestPaging:
    def everything(self, answers: Answers) -> Snapshot:
        return ZendeskTalk().observe(answers, Scope(None, frozenset({KIND})))

    def pages(self, *following: str | None) -> Answers:
        table: dict[str, Any] = {}
        for number, url in enumerate(following, 1):
            phone = {**PHONE, "id": number, "number": f"+35376680140{number}"}
            table["/phone_numbers" if number == 1 else f"/phone_numbers.json?page={number}"] = page(
                phone, next_page=url
            )
            table[f"/phone_numbers/{number}?include=settings"] = {"phone_number": {**phone, "settings": SETTINGS}}
        return Answers(table)

    def test_every_page_is_read(self) -> None:
        base = "https://acme.example/api/v2/phone_numbers.json?page="
        answers = self.pages(f"{base}2", f"{base}3", None)
        assert [address.key[-1] for address in self.everything(answers).resources] == ["1", "2", "3"]

    @pytest.mark.parametrize(
        "url",
        [
            "https://evil.example/api/v2/phone_numbers.json?page=2",
            "http://acme.example/api/v2/phone_numbers.json?page=2",
            "https://acme.example:8443/api/v2/phone_numbers.json?page=2",
            "https://acme.example@evil.example/api/v2/phone_numbers",
            "https://me:key@acme.example/api/v2/phone_numbers",
            "https://acme.example/api/v3/phone_numbers",
            "https://acme.example/api/v2/../v3/phone_numbers",
            "https://acme.example/api/v2/%2e%2e/v3/phone_numbers",
            "//evil.example/api/v2/phone_numbers",
            "/api/v2/phone_numbers?page=2",
            "https://acme.example:port/api/v2/phone_numbers",
            "https://acme.example/api/v2/phone numbers",
        ],
    )
    def test_a_next_page_that_is_not_the_accounts_is_not_followed(self, url: str) -> None:
        answers = self.pages(url)
        with pytest.raises(ApiError) as caught:
            self.everything(answers)
        assert caught.value.diagnostic.code == "bad-answer"
        assert "elsewhere" in caught.value.diagnostic.summary
        assert answers.asked == ["/phone_numbers"]

    def test_pages_that_go_in_a_circle_end(self) -> None:
        answers = self.pages("https://acme.example/api/v2/phone_numbers")
        with pytest.raises(ApiError, match="circle"):
            self.everything(answers)

    def test_a_list_without_end_ends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "MOST_PAGES", 2)
        base = "https://acme.example/api/v2/phone_numbers.json?page="
        with pytest.raises(ApiError, match="more than 2 pages"):
            self.everything(self.pages(f"{base}2", f"{base}3", None))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ([], "there is no list of phone_numbers"),
        ({"phone_numbers": [1]}, "there is no list of phone_numbers"),
        (page({"id": 1}), "a phone number has no number"),
        (page({"number": NUMBER}), "a phone number has no id"),
    ],
)
def test_a_list_of_another_shape_is_told(answer: Any, reason: str) -> None:
    with pytest.raises(ApiError, match=reason):
        ZendeskTalk().observe(Answers({"/phone_numbers": answer}), Scope(None, frozenset({KIND})))


@pytest.mark.parametrize(
    "overflow",
    [None, {}, {"enabled": True, "number": "+15105550199", "after": 30, "share": 1.5, "note": None, "on": "true"}],
)
def test_the_export_of_an_account_has_an_empty_plan(tmp_path: Path, overflow: Any) -> None:
    live = ZendeskTalk().observe(account({"overflow_number": overflow}), Scope(None, frozenset({KIND})))
    document, left_out = ZendeskTalk().export(live)
    assert left_out == []
    path = tmp_path / "ringform.yaml"
    path.write_text(to_yaml(document), "utf-8")
    made = check_manifest([path]).valid()
    assert {each.code for each in made.diagnostics} <= {"undocumented-value"}
    [part] = made.parts
    (wanted,) = part.desired.wanted.values()
    assert dict(wanted.fields) == {
        name: value for name, value in live.resources[wanted.address].fields.items() if value is not None
    }
    assert make_plan(part.desired, live, part.provider, part.id).is_empty


def test_an_empty_text_is_none() -> None:
    answers = account({"callback_locale": ""}, nickname="", call_recording_consent="", failover_number="")
    live = ZendeskTalk().observe(answers, Scope(None, frozenset({KIND})))
    assert ZendeskTalk().export(live)[1] == []


def test_what_no_manifest_may_say_is_left_out_of_an_export() -> None:
    answers = account({"callback_locale": "en-us", "voicemail_recording_delete_after": "4.weeks"}, line_type="pager")
    live = ZendeskTalk().observe(answers, Scope(None, frozenset({KIND})))
    document, left_out = ZendeskTalk().export(live)
    assert [each.summary.partition(" was left out")[0] for each in left_out] == [
        f"{NUMBER}: line_type",
        f"{NUMBER}: settings.callback_locale",
        f"{NUMBER}: settings.voicemail_recording_delete_after",
    ]
    parsed = ZendeskTalk().parse(document, ANY_DAY)
    assert parsed.problems == []
    assert len(parsed.state.wanted) == 1


class TestPurchase:
    SEARCH = "/phone_numbers/search?country=US&area_code=240&toll_free=false&contains=pizza"
    TEXT = (
        f'{HEAD}groups: {{support: 5}}\nphone_numbers:\n  "+12403123885":\n'
        "    purchase: {country: us, area_code: 240, toll_free: false, contains: pizza}\n"
    )

    def account(self, *offers: dict[str, Any]) -> Answers:
        return Answers({"/phone_numbers": page(PHONE), self.SEARCH: page(*offers)})

    def refused(self, folder: Path, *offers: dict[str, Any]) -> Diagnostic:
        with pytest.raises(RingformError) as caught:
            planned(folder, self.TEXT, self.account(*offers))
        (diagnostic,) = caught.value.diagnostics
        assert diagnostic.location is not None
        assert diagnostic.location.line == 5
        return diagnostic

    def test_it_is_bought_by_its_token_alone(self, tmp_path: Path) -> None:
        plan = planned(tmp_path, self.TEXT, self.account({**OFFER, "number": "+12403120000"}, OFFER))
        assert calls(plan) == [("POST", "/phone_numbers", json.loads((BODIES / "create.json").read_text()))]
        assert plan.summary.create == 1
        (tripped,) = plan.guardrails
        assert (tripped.name, tripped.summary) == ("purchase", "+12403123885 would be bought for $1.00 a month")
        shown = text_plan.render(PlanView(plan), Style())
        assert '    purchase.price: "$1.00"' in shown
        assert '    purchase.address_requirements: "none"' in shown

    def test_then_it_gets_its_fields_in_one_put(self, tmp_path: Path) -> None:
        text = self.TEXT + "    nickname: New\n    group_ids: [support]\n    settings: {voicemail: true}\n"
        plan = planned(tmp_path, text, self.account(OFFER))
        create, put = plan.calls
        assert create.expect == {"number": "+12403123885"}
        assert put.path == "/phone_numbers/{created.id}?include=settings"
        assert put.on("12").path == "/phone_numbers/12?include=settings"
        assert put.body == {"phone_number": {"nickname": "New", "group_ids": [5], "settings": {"voicemail": True}}}
        assert plan.changes[0].name == "New"
        assert not create.is_repeatable

    def test_with_an_address_where_one_is_needed(self, tmp_path: Path) -> None:
        text = self.TEXT.replace("contains: pizza", "contains: pizza, address_sid: ADXXXXXXXXXXXXXX")
        plan = planned(tmp_path, text, self.account({**OFFER, "address_requirements": "local"}))
        assert calls(plan)[0][2] == json.loads((BODIES / "create-with-address.json").read_text())

    def test_without_it_that_is_an_error(self, tmp_path: Path) -> None:
        diagnostic = self.refused(tmp_path, {**OFFER, "address_requirements": "local"})
        assert diagnostic.code == "address-needed"
        assert diagnostic.summary == "+12403123885 can be bought only with a local address of yours"

    def test_one_that_is_not_for_sale_lists_five_that_are(self, tmp_path: Path) -> None:
        offers = [{**OFFER, "number": f"+1240312000{digit}"} for digit in range(7)]
        diagnostic = self.refused(tmp_path, *offers)
        assert diagnostic.code == "not-for-sale"
        assert diagnostic.detail is not None
        assert diagnostic.detail.startswith("For sale: +12403120000 (MD, $1.00 a month, address needed: none); ")
        assert "+12403120004" in diagnostic.detail
        assert "+12403120005" not in diagnostic.detail
        assert diagnostic.hint is not None
        assert "before the colon" in diagnostic.hint

    def test_an_offer_without_a_token_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(ApiError, match=r"\+12403123885 has no token to buy it with"):
            planned(tmp_path, self.TEXT, self.account({**OFFER, "token": None}))

    def test_nothing_for_sale_at_all_is_said(self, tmp_path: Path) -> None:
        assert self.refused(tmp_path).detail == "The search finds no number at all."

    def test_nothing_is_searched_for_a_number_that_is_there(self, tmp_path: Path) -> None:
        answers = account()
        planned(tmp_path, manifest("{purchase: {country: US}}"), answers)
        assert answers.asked == ["/phone_numbers", SHOW]

    def test_a_purchase_whose_answer_was_lost_is_looked_up_and_never_sent_again(self, tmp_path: Path) -> None:
        zendesk = ZendeskTalk()
        (change,) = planned(tmp_path, self.TEXT, self.account(OFFER)).changes
        (call,) = change.calls
        query = zendesk.find_created(call)
        assert query.path == "/phone_numbers"
        made = {**PHONE, "id": 9, "number": "+12403123885"}
        found = query.parse(page(PHONE, made))
        assert zendesk.created_id(found) == "9"
        assert zendesk.parse_response(change, call, found)["number"] == "+12403123885"
        # Not on this page is not the same as not there.
        with pytest.raises(ValueError, match="not among the first ones"):
            query.parse(page(PHONE))

    @pytest.mark.parametrize(
        ("before", "now", "said"),
        [
            (None, "$2.00", "an amount that the account does not show, and now costs $2.00 a month"),
            ("$1.00", None, "$1.00 a month, and now costs an amount that the account does not show"),
        ],
    )
    def test_a_price_that_was_not_told_is_another_price(
        self, tmp_path: Path, before: str | None, now: str | None, said: str
    ) -> None:
        changes = planned(tmp_path, self.TEXT, self.account({**OFFER, "price": before})).changes
        with pytest.raises(Refused) as caught:
            ZendeskTalk().renew_offers(self.account({**OFFER, "price": now}), changes)
        assert caught.value.diagnostics[0].summary == f"+12403123885 was approved for {said}"

    def test_what_moved_is_searched_for_as_the_manifest_said_and_nothing_else_is_read(self, tmp_path: Path) -> None:
        changes = planned(tmp_path, self.TEXT, self.account(OFFER)).changes
        answers = self.account({**OFFER, "token": "another", "location": "VA"})
        (renewed,) = ZendeskTalk().renew_offers(answers, changes)
        assert renewed.calls[0].body == {"phone_number": {"token": "another"}}
        assert renewed.calls[1:] == changes[0].calls[1:]
        assert len(answers.asked) == 1
        assert "/search?" in answers.asked[0]

    def test_it_cannot_be_given_up_again(self) -> None:
        live = ZendeskTalk().observe(account(), Scope(None, frozenset({KIND}))).resources[Address(KIND, NUMBER)]
        with pytest.raises(RingformError, match="cannot be given up"):
            ZendeskTalk().calls(live, live.address, None)


class TestAnswers:
    def test_an_answer_shows_what_was_asked_for(self, tmp_path: Path) -> None:
        text = manifest("{settings: {voicemail: false}, greeting_ids: [3, 1]}")
        (change,) = planned(tmp_path, text, account()).changes
        (call,) = change.calls
        answer = {"phone_number": {**PHONE, "greeting_ids": [3, 1], "settings": {**SETTINGS, "voicemail": False}}}
        shown = ZendeskTalk().parse_response(change, call, answer)
        assert {name: shown[name] for name in call.expect} == call.expect

    def test_a_setting_that_is_not_shown_is_not_taken_for_done(self, tmp_path: Path) -> None:
        (change,) = planned(tmp_path, manifest("{settings: {voicemail: false}}"), account()).changes
        shown = ZendeskTalk().parse_response(change, change.calls[0], {"phone_number": PHONE})
        assert shown["settings.voicemail"] is None

    @pytest.mark.parametrize("answer", [None, [], {}, {"phone_number": []}, {"phone_number": {}}])
    def test_an_answer_of_another_shape_is_no_answer(self, tmp_path: Path, answer: Any) -> None:
        (change,) = planned(tmp_path, manifest("{nickname: New}"), account()).changes
        with pytest.raises(ValueError, match="phone"):
            ZendeskTalk().parse_response(change, change.calls[0], answer)

    @pytest.mark.parametrize("other", [{"id": 7}, {"number": "+353766801403"}])
    def test_an_answer_about_another_number_is_no_answer(self, tmp_path: Path, other: dict[str, Any]) -> None:
        (change,) = planned(tmp_path, manifest("{nickname: New}"), account()).changes
        answer = {"phone_number": {**PHONE, **other, "settings": SETTINGS}}
        with pytest.raises(ValueError, match="another object"):
            ZendeskTalk().parse_response(change, change.calls[0], answer)
        with pytest.raises(ApiError, match="another object"):
            planned(tmp_path, manifest("{nickname: New}"), Answers({"/phone_numbers": page(PHONE), SHOW: answer}))

    def test_an_object_is_looked_at_again_with_its_settings(self, tmp_path: Path) -> None:
        (change,) = planned(tmp_path, manifest("{nickname: New}"), account()).changes
        query = ZendeskTalk().recheck(change)
        assert query.path == SHOW
        answer = account().get(SHOW)
        assert query.parse(answer) == change.before
        answer["phone_number"]["number"] = "+353766801403"
        assert query.parse(answer) is None
