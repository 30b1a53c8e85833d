"""What is bought gets its fields by a call to the id that the purchase was answered with, and is never bought twice."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from providers.zendesk_talk.account import NUMBER, OFFER, PHONE, SETTINGS, account, page
from support.reads import Answers, planned

from ringform.execution.connection import Connection
from ringform.execution.executor import apply_plan
from ringform.execution.http_errors import for_status
from ringform.model.api_error import ApiError
from ringform.model.diagnostic import Diagnostic
from ringform.model.journal import Journal, JournalEntry
from ringform.model.outcome import Outcome, Status
from ringform.model.plan import Plan
from ringform.model.snapshot import Snapshot
from ringform.planning import undo
from ringform.providers.protocol import Endpoint
from ringform.providers.zendesk_talk import phone_number
from ringform.providers.zendesk_talk.error_body import parse_error
from ringform.providers.zendesk_talk.provider import ZendeskTalk

SEARCH = "/phone_numbers/search?country=US"
TEXT = """\
version: 1
provider: zendesk-talk
phone_numbers:
  "+12403123885":
    nickname: New
    settings: {voicemail: true}
    purchase: {country: US}
"""
BOUGHT = {**PHONE, "id": 77, "number": "+12403123885"}
LOST = ApiError(Diagnostic("unreachable", "no answer"), is_unclear=True)


class Client:
    """Sends nothing: answers by method and path, in turn, and keeps what was asked."""

    def __init__(self, answers: dict[str, list[Any]]) -> None:
        self.answers = answers
        self.sent: list[str] = []

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, method: str, path: str, **_: object) -> Any:
        self.sent.append(f"{method} {path}")
        answer = self.answers[self.sent[-1]].pop(0)
        if isinstance(answer, ApiError):
            raise answer
        return answer


def applied(plan: Plan, client: Client, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    monkeypatch.setattr(Connection, "client", lambda self: client)
    plan = replace(plan, read_at=time.monotonic())
    return apply_plan(plan, Connection(ZendeskTalk(), Endpoint("https://acme.example", {}, ())))


@pytest.fixture
def purchase(tmp_path: Path) -> Plan:
    return planned(tmp_path, TEXT, Answers({"/phone_numbers": page(PHONE), SEARCH: page(OFFER)}))


PUT = "PUT /phone_numbers/77?include=settings"
DONE = {"phone_number": {**BOUGHT, "nickname": "New", "settings": {**SETTINGS, "voicemail": True}}}


def test_the_fields_go_to_the_number_that_was_bought(purchase: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client({"POST /phone_numbers": [{"phone_number": BOUGHT}], PUT: [DONE]})
    outcome = applied(purchase, client, monkeypatch)
    assert client.sent == ["POST /phone_numbers", PUT]
    assert [result.status for result in outcome.results] == [Status.DONE, Status.DONE]


def test_a_lost_answer_is_looked_up(purchase: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client({"POST /phone_numbers": [LOST], "GET /phone_numbers": [page(PHONE, BOUGHT)], PUT: [DONE]})
    outcome = applied(purchase, client, monkeypatch)
    assert client.sent == ["POST /phone_numbers", "GET /phone_numbers", PUT]
    assert outcome.is_complete


def test_a_purchase_that_is_not_found_is_not_sent_again(purchase: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client({"POST /phone_numbers": [LOST], "GET /phone_numbers": [page(PHONE)]})
    outcome = applied(purchase, client, monkeypatch)
    assert client.sent == ["POST /phone_numbers", "GET /phone_numbers"]
    assert [result.status for result in outcome.results] == [Status.UNKNOWN, Status.NOT_ATTEMPTED]


@pytest.mark.parametrize(
    ("status", "body", "line"),
    [
        (422, b'{"error": "RecordInvalid", "details": {"group_ids": ["is read-only on this plan"]}}', 6),
        (422, b'{"error": "RecordInvalid", "details": {"settings": {"priority": ["is too high"]}}}', 8),
        (403, b'{"error": "group_ids cannot be set on this plan"}', 6),
        (403, b'{"error": "You do not have access"}', 4),
    ],
)
def test_what_the_account_refuses_is_told_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes, line: int
) -> None:
    text = f"""\
version: 1
provider: zendesk-talk
phone_numbers:
  "{NUMBER}":
    nickname: New
    group_ids: [2]
    settings:
      priority: 9
"""
    plan = planned(tmp_path, text, account())
    path = "PUT /phone_numbers/6?include=settings"
    outcome = applied(plan, Client({path: [for_status(path, status, {}, body, parse_error)]}), monkeypatch)
    (result,) = outcome.results
    assert result.status is Status.FAILED
    assert result.diagnostic is not None
    assert result.diagnostic.location is not None
    assert result.diagnostic.location.line == line


def test_an_undo_leaves_what_was_bought_and_says_so(purchase: Plan) -> None:
    (change,) = purchase.changes
    entries = tuple(
        JournalEntry(
            change.address, None, change.name, change.action, call.method, call.path, None, call.expect, Status.DONE
        )
        for call in change.calls
    )
    journal = Journal("j", ("zendesk-talk",), "a", "now", "0", "sha256:0", 2, entries, was_cut_off=False)
    live = Snapshot({change.address: phone_number.resource(DONE["phone_number"])})
    desired, (left,) = undo.revert(journal, live, force=True, kinds=ZendeskTalk.kinds)
    assert desired.wanted == {}
    assert left.summary == ("New (+12403123885) is left as it is: the apply bought it, and ringform cannot give it up")
