from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest

from ringform.sandbox.phone_inc.account import Account
from ringform.sandbox.phone_inc.example import MARIA, SALES
from ringform.sandbox.phone_inc.generator import generated_account
from ringform.sandbox.server import Sandbox
from ringform.sandbox.store import StateError, StateFile

from .conftest import client


def everything(api: httpx.Client) -> list[Any]:
    numbers = api.get("/main_numbers").json()["main_numbers"]
    calls = api.get("/calls?limit=50").json()["calls"]
    return [
        *(api.get(f"/main_numbers/{number['id']}").json() for number in numbers),
        api.get("/contacts").json(),
        api.get("/employees").json(),
        [{**call, "recording_url": None} for call in calls],
    ]


def test_a_restart_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    with Sandbox(generated_account(8, 20), state=path) as sandbox, client(sandbox) as api:
        api.post("/contacts", json={"phone": "+4511223344", "note": "Æ\n\u2028\"'"})
        before = everything(api)
        counters = sandbox.account.counters
    with Sandbox(state=path) as again, client(again) as api:
        assert everything(api) == before
        assert again.account.counters == counters
        assert again.account.to_state() == sandbox.account.to_state()


def test_what_a_killed_write_left_behind_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "account[1].json"
    left, other = tmp_path / ".account[1].json.x1y2.part", tmp_path / ".account1.json.x1y2.part"
    left.write_text("{")
    other.write_text("{")
    with Sandbox(state=path):
        assert not left.exists()
        assert other.exists()


def test_every_write_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    menu = {
        "type": "PhoneMenuConfig",
        "welcome": "Press 1",
        "menu_options": [{"digit": "1", "action_type": "TransferConfig", "employee_ids": [MARIA]}],
    }
    with Sandbox(state=path) as sandbox, client(sandbox) as api:
        number = f"/main_numbers/{SALES}"
        contact = f"/contacts/{next(iter(sandbox.account.contacts))}"
        texts = [path.read_text(encoding="utf-8")]
        for method, url, body in (
            ("PATCH", number, {"name": "Renamed"}),
            ("PUT", f"{number}/incoming_call_config", menu),
            ("PUT", f"{number}/outside_opening_hours_config", {"type": None}),
            ("PUT", f"{number}/no_answer_config", {"type": None}),
            ("POST", "/contacts", {"phone": "+4511223344"}),
            ("PATCH", contact, {"name": "Other"}),
            ("DELETE", contact, None),
        ):
            assert api.request(method, url, json=body).is_success
            texts.append(path.read_text(encoding="utf-8"))
            with Sandbox(state=path) as other, client(other) as reader:
                assert everything(reader) == everything(api)
        sandbox.account.edit_main_number(SALES, language="sv")
        texts.append(path.read_text(encoding="utf-8"))
        assert len(set(texts)) == len(texts)

        api.patch(number, json={"name": "ø"})
        assert path.read_text(encoding="utf-8") == texts[-1]
    assert [file.name for file in tmp_path.iterdir()] == ["account.json"]


def test_it_is_private_and_made_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    with Sandbox(state=path):
        pass
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    document = json.loads(text)
    assert document["format"] == "ringform-sandbox/1"
    assert list(document["phone_inc"]) == ["counters", "employees", "main_numbers", "contacts", "calls"]
    assert sum("Niklas Stephenson" in line and "+4520123456" in line for line in text.splitlines()) == 1
    assert "Sorry we missed you — leave" in text


def test_an_edit_by_hand_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    with Sandbox(state=path):
        pass
    path.write_text(path.read_text(encoding="utf-8").replace("Niklas", "Ida"), encoding="utf-8")
    with Sandbox(state=path) as sandbox, client(sandbox) as api:
        assert api.get("/contacts").json()[0]["name"] == "Ida Stephenson"


def sound() -> dict[str, Any]:
    from ringform.sandbox.phone_inc.example import documents_account

    state: dict[str, Any] = json.loads(json.dumps(documents_account().to_state()))
    return state


def broken(kind: str) -> str:
    section = sound()
    if kind == "missing field":
        del section["main_numbers"][0]["timezone"]
    elif kind == "wrong type":
        section["contacts"][0]["phone"] = 4520123456
    elif kind == "missing part":
        del section["employees"]
    elif kind == "six days":
        section["main_numbers"][0]["opening_hours"].pop()
    return json.dumps({"format": "ringform-sandbox/1", "phone_inc": section})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[]", "is no state file"),
        ("{}", "is no state file"),
        ('{"format": "ringform-sandbox/9"}', "is no state file"),
        ('{"format": "ringform-sandbox/1"}', "lacks the section phone_inc"),
        ('{"format": "ringform-sandbox/1", "phone_inc": 5}', "holds no sound account"),
        (broken("missing field"), "main_numbers.0.timezone"),
        (broken("wrong type"), "contacts.0.phone"),
        (broken("missing part"), "employees"),
        (broken("six days"), "the opening hours of Sales"),
    ],
)
def test_a_corrupt_file_is_a_clear_error_and_left_alone(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "account.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StateError, match=message) as raised:
        Sandbox(state=path)
    assert "\n" not in str(raised.value)
    assert path.read_text(encoding="utf-8") == text


def test_bytes_that_are_no_text_are_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StateError, match="is not JSON"):
        Sandbox(state=path)


def test_a_path_that_cannot_be_written_or_read_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="cannot be written"):
        Sandbox(state=tmp_path / "missing" / "account.json")
    with pytest.raises(StateError, match="cannot be read"):
        Sandbox(state=tmp_path)


def test_a_write_that_cannot_be_saved_is_a_500(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with Sandbox(state=folder / "account.json") as sandbox, client(sandbox) as api:
        (folder / "account.json").unlink()
        folder.rmdir()
        response = api.patch(f"/main_numbers/{SALES}", json={"name": "x"})
    assert response.status_code == 500
    assert "cannot be written" in response.json()["error"]


def test_the_old_file_survives_a_failed_write(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "state.json")
    file.save({"phone_inc": Account().to_state()})
    with pytest.raises(TypeError):
        file.save({"phone_inc": {"calls": [{object()}]}})
    assert file.load() == {"phone_inc": Account().to_state()}
    assert len(list(tmp_path.iterdir())) == 1
