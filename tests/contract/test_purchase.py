"""A phone number costs money: it is bought with permission only, and what can be had is told before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.harness import Ringform, sandbox_for_all, settings_for, transcript
from golden import check

import ringform as library
from ringform.model.diagnostic import Refused

GOLDEN = Path(__file__).parent / "golden"

BUY = """\
version: 1
provider: zendesk-talk
phone_numbers:
  "+1 240 312 3885":
    nickname: New line
    purchase: {country: US}
"""
NUMBER = "+12403123885"
MOVES: dict[str, dict[str, str]] = {
    "price": {"price": "$99.00"},
    "address": {"address_requirements": "local"},
    "both": {"price": "$99.00", "address_requirements": "local"},
    "gone": {"country_code": "CA"},
}
"""What somebody sees another time who searches once more, by the name of its golden file."""
CANNOT = """\
version: 1
provider: zendesk-talk
phone_numbers:
  "+1 510 555 0199":
    purchase: {country: US, area_code: 510}
  "+44 113 496 0123":
    purchase: {country: GB}
  "+45 70 10 00 00":
    purchase: {country: DK}
"""


@pytest.fixture
def ringform(tmp_path: Path) -> Iterator[Ringform]:
    with sandbox_for_all() as sandbox:
        yield Ringform(tmp_path, sandbox, settings_for(sandbox)["zendesk-talk"])


def test_nothing_is_bought_without_permission(ringform: Ringform) -> None:
    ringform.write(BUY)
    refused = ringform("apply", "--yes")
    check(GOLDEN / "purchase-refused.txt", transcript(("ringform apply --yes", refused)))
    assert (refused.code, ringform.writes) == (3, [])
    bought = ringform("apply", "--yes", "--allow", "purchase")
    assert bought.code == 0, bought.out
    assert [line.split()[0] for line in ringform.writes] == ["POST", "PUT"]


def test_a_purchase_is_never_promised_an_undo(ringform: Ringform) -> None:
    ringform.write(BUY)
    bought = ringform("apply", "--yes", "--allow", "purchase")
    assert bought.err.rstrip().endswith(".jsonl. A purchase cannot be taken back.")
    undone = ringform("undo", "--yes")
    assert undone.code == 4
    assert "(1 zendesk phone number bought).\n" in undone.err
    assert "next apply makes it again" not in undone.err, "nothing is taken back"


def offer_moves(ringform: Ringform, **fields: str) -> None:
    """Change what is for sale in the account, as the vendor would. The token stays unless it is given."""
    assert ringform.sandbox
    account = ringform.sandbox.zendesk
    with account.changing():
        [offer] = [each for each in account.available.values() if each.number == NUMBER]
        del account.available[offer.token]
        for name, value in fields.items():
            setattr(offer, name, value)
        account.available[offer.token] = offer


@pytest.mark.parametrize("name", MOVES)
def test_a_saved_plan_buys_only_what_was_approved(ringform: Ringform, name: str) -> None:
    ringform.write(BUY)
    assert ringform("plan", "--out", "plan.json").code == 0
    offer_moves(ringform, **MOVES[name])
    line = "apply --plan plan.json --yes --allow purchase"
    refused = ringform(*line.split())
    check(GOLDEN / f"purchase-moved-{name}.txt", transcript((f"ringform {line}", refused)))
    assert (refused.code, ringform.writes) == (3, [])
    assert not list(ringform.folder.glob(".ringform/journal/*")), "nothing was done that a journal could tell of"


def test_a_new_token_for_the_same_offer_is_used_without_a_word(ringform: Ringform) -> None:
    ringform.write(BUY)
    assert ringform("plan", "--out", "plan.json").code == 0
    offer_moves(ringform, token="0" * 32)
    bought = ringform("apply", "--plan", "plan.json", "--yes", "--allow", "purchase")
    assert bought.code == 0, bought.out
    assert "token" not in bought.err
    assert ringform.sandbox
    [post] = [each for each in ringform.sandbox.requests if each.method == "POST"]
    assert post.body == {"phone_number": {"token": "0" * 32}}


def test_an_approved_digest_is_about_the_price_and_not_about_the_token(ringform: Ringform) -> None:
    ringform.write(BUY)
    assert ringform.sandbox
    [price] = [each.price for each in ringform.sandbox.zendesk.available.values() if each.number == NUMBER]
    approved = ringform("plan", "--digest").out.strip()
    line = f"apply --yes --allow purchase --expect-digest {approved}".split()
    offer_moves(ringform, price="$99.00")
    refused = ringform(*line)
    assert (refused.code, ringform.writes) == (3, [])
    assert "other-digest" in refused.err
    offer_moves(ringform, price=price, token="0" * 32)
    assert ringform(*line).code == 0
    assert [request.split()[0] for request in ringform.writes] == ["POST", "PUT"]


def test_from_python_nothing_is_bought_at_another_price_either(ringform: Ringform) -> None:
    manifest = library.load([ringform.write(BUY)])
    connections = library.connect(manifest, ringform.environment)
    plan = library.plan(manifest, library.observe(manifest, connections))
    offer_moves(ringform, price="$99.00")
    with pytest.raises(Refused) as caught:
        library.apply(plan, connections, allowed=["purchase"])
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.code == "offer-moved"
    assert ringform.writes == []


def test_what_cannot_be_bought_is_an_error_with_what_can(ringform: Ringform) -> None:
    ringform.write(CANNOT)
    check(GOLDEN / "purchase-impossible.txt", transcript(("ringform plan", ringform("plan"))))
