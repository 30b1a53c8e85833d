"""Numbers by phone number, by name, and by a pattern of either."""

from __future__ import annotations

import pytest

from ringform.model.address import Address
from ringform.model.number_lookup import UnknownNumberError, find_numbers

COPENHAGEN, AARHUS, BOSTON = (Address("main_number", key) for key in ("+4570000010", "+4570000020", "+16175550100"))
NAMES = {COPENHAGEN: "Shop Copenhagen", AARHUS: None, BOSTON: "US Shop"}


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ("*", [COPENHAGEN, AARHUS, BOSTON]),
        ("+45*", [COPENHAGEN, AARHUS]),
        ("+45 70 00 00 *", [COPENHAGEN, AARHUS]),
        ("+1 (617) *", [BOSTON]),
        ("us *", [BOSTON]),
        ("*SHOP*", [COPENHAGEN, BOSTON]),
        ("Shop *", [COPENHAGEN]),
        ("nothing*", []),
        ("us shop", [BOSTON]),
        ("+45 70 00 00 20", [AARHUS]),
    ],
)
def test_what_a_text_means(to: str, found: list[Address]) -> None:
    assert find_numbers(to, NAMES) == found


def test_a_text_without_a_star_that_means_nothing_is_an_error() -> None:
    with pytest.raises(UnknownNumberError, match="the manifest has no number or name 'US Shap'") as raised:
        find_numbers("US Shap", NAMES)
    assert raised.value.hint == "did you mean 'US Shop'?"
