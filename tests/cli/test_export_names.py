"""``ringform export`` of a Zendesk account: names for ids where the account answers its side-loads, ids where not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from golden import check

from cli.harness import GOLDEN, Ringform, plain, sandbox_for_all, settings_for
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.zendesk_talk.account import Named


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Ringform]:
    with sandbox_for_all() as sandbox:
        yield Ringform(tmp_path, sandbox, settings_for(sandbox)["zendesk-talk"])


def exported(talk: Ringform) -> str:
    ended = talk("export", "--output", "exported.yaml", "--yes")
    assert ended.code == 0, ended.err
    plan = talk("plan", "exported.yaml")
    assert (plan.code, plan.err) == (0, ""), plan.err
    assert "No changes" in plan.out
    return (talk.folder / "exported.yaml").read_text("utf-8")


def answer_side_loads(talk: Ringform, status: int, body: object) -> None:
    """Let what asks for names be answered so, and all else as ever."""
    assert talk.sandbox
    other = Answer.json(status, body)
    fault = Fault(answer=lambda answer: other if b'"all_groups"' in answer.body else answer)
    talk.sandbox.faults.script(fault, times=None)


def test_names_that_the_account_has_for_ids(talk: Ringform) -> None:
    check(GOLDEN / "export-zendesk-names.yaml", plain(exported(talk)))


def test_names_are_asked_for_once_and_never_by_a_plan(talk: Ringform) -> None:
    talk("export")
    assert len(talk.requests) == 4, "the list, both numbers, and one of them with the names"
    talk.write(exported(talk))
    before = len(talk.requests)
    talk("plan")
    assert len(talk.requests) - before == 3


def test_names_that_no_manifest_can_tell_apart(talk: Ringform) -> None:
    assert talk.sandbox
    account = talk.sandbox.zendesk
    with account.changing():
        account.groups[:] = [Named(1, "Support"), Named(2, "suppört!"), Named(7, "2024")]
        account.schedules[:] = [Named(1, "{{ evil }}\x1b[31m"), Named(2, "営業時間")]
        account.greetings[:] = [Named(1, "営業時間"), Named(2, "y"), Named(3, "")]
    text = exported(talk)
    check(GOLDEN / "export-zendesk-odd-names.yaml", plain(text))


def number(talk: Ringform) -> dict[str, Any]:
    """The number of the documents, as an answer has it at the least."""
    assert talk.sandbox
    first = next(iter(talk.sandbox.zendesk.phone_numbers.values()))
    return {"id": first.id, "number": first.number}


@pytest.mark.parametrize("places", ["beside", "within"])
@pytest.mark.parametrize("key", ["groups", "all_groups"])
def test_the_document_does_not_say_where_the_names_are(talk: Ringform, places: str, key: str) -> None:
    names = {key: [{"id": 1, "name": "Helpdesk"}]}
    body: dict[str, Any] = {"phone_number": number(talk)}
    if places == "beside":
        body |= names
    else:
        body["phone_number"] |= names
    answer_side_loads(talk, 200, body)
    text = exported(talk)
    assert "groups:\n  helpdesk: 1\n" in text
    assert 'group_ids:\n      - helpdesk\n      - "2"\n' in text


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"error": "InvalidValue"}),
        (403, {}),
        (404, {}),
        (500, {}),
        (200, {}),
        (200, {"phone_number": None, "groups": {"1": "Support"}, "ivrs": [1], "all_groups": [{"id": "1", "name": 2}]}),
        (200, {"phone_number": {"all_groups": None}}),
    ],
)
def test_an_account_that_does_not_answer_them_is_exported_with_ids(talk: Ringform, status: int, body: Any) -> None:
    answer_side_loads(talk, status, body)
    ended = talk("export", "--timeout", "1")
    assert ended.code == 0, ended.err
    assert "groups:" not in ended.out.replace("group_ids:", "")
    assert "group_ids" in ended.out
