from __future__ import annotations

from typing import Any

import httpx
import pytest

from ringform.sandbox.phone_inc.call_flows import FIELDS
from ringform.sandbox.phone_inc.generator import generated_account
from ringform.sandbox.phone_inc.phone_numbers import normalize
from ringform.sandbox.server import Sandbox


def test_it_is_the_same_for_the_same_seed() -> None:
    assert generated_account(7, 30).to_state() == generated_account(7, 30).to_state()
    assert generated_account(7, 30).to_state() != generated_account(7, 30, seed=2).to_state()


def test_it_is_varied() -> None:
    account = generated_account(30, 400)
    numbers = list(account.main_numbers.values())
    assert {number.incoming_call_config["type"] for number in numbers} == FIELDS.keys()
    assert any(number.outside_opening_hours_config is None for number in numbers)
    assert any(number.no_answer_config is None for number in numbers)
    assert {number.no_answer_timeout_secs for number in numbers} >= {None, 0, 30}
    assert len({number.timezone for number in numbers}) == 6
    assert len({number.number for number in numbers}) == 30
    assert len({contact.phone for contact in account.contacts.values()}) == 400
    assert any(not (contact.note or "").isascii() for contact in account.contacts.values())
    assert {employee.invitation_pending for employee in account.employees.values()} == {True, False}
    assert len(account.calls) == 60


def test_all_of_it_passes_the_api_s_own_checks() -> None:
    with (
        Sandbox(generated_account(30, 60)) as sandbox,
        httpx.Client(base_url=sandbox.url, headers={"X-Api-Key": sandbox.key}, verify=False) as api,
    ):
        for lean in api.get("/main_numbers").json()["main_numbers"]:
            path = f"/main_numbers/{lean['id']}"
            number = api.get(path).json()
            assert normalize(number["number"]) == number["number"]
            outside = number["outside_opening_hours_config"] or {"type": None}
            no_answer = number["no_answer_config"] or {"type": None}
            answers = [
                api.patch(path, json=number),
                api.put(f"{path}/incoming_call_config", json=number["incoming_call_config"]),
                api.put(
                    f"{path}/outside_opening_hours_config",
                    json={**outside, "opening_hours": number["opening_hours"]},
                ),
                api.put(
                    f"{path}/no_answer_config",
                    json={**no_answer, "timeout_secs": number["no_answer_timeout_secs"]},
                ),
            ]
            assert [answer.status_code for answer in answers] == [200] * 4
            assert _plain(answers[-1].json()) == _plain(number)
        for contact in api.get("/contacts").json():
            assert api.patch(f"/contacts/{contact['id']}", json=contact).json() == contact


@pytest.mark.parametrize(("numbers", "contacts"), [(0, 0), (1, 0), (0, 1)])
def test_a_small_account(numbers: int, contacts: int) -> None:
    account = generated_account(numbers, contacts)
    assert (len(account.main_numbers), len(account.contacts)) == (numbers, contacts)


def test_an_impossible_size_is_refused() -> None:
    with pytest.raises(ValueError, match="main numbers"):
        generated_account(-1, 0)


def _plain(value: Any) -> Any:
    """Leave out what changes at every write."""
    if isinstance(value, dict):
        return {
            key: _plain(part)
            for key, part in value.items()
            if not key.endswith("audio_url") and not (key == "id" and isinstance(part, int))
        }
    return [_plain(part) for part in value] if isinstance(value, list) else value
