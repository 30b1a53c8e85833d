"""A phone number costs money: it is bought with permission only, and what can be had is told before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.harness import Ringform, sandbox_for_all, settings_for, transcript
from golden import check

GOLDEN = Path(__file__).parent / "golden"

BUY = """\
version: 1
provider: zendesk-talk
phone_numbers:
  "+1 240 312 3885":
    nickname: New line
    purchase: {country: US}
"""
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


def test_what_cannot_be_bought_is_an_error_with_what_can(ringform: Ringform) -> None:
    ringform.write(CANNOT)
    check(GOLDEN / "purchase-impossible.txt", transcript(("ringform plan", ringform("plan"))))
