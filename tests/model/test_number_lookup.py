"""Objects are found by address, number, name or pattern, and a slip is answered in its own kind."""

from __future__ import annotations

import pytest

from ringform.model.address import Address
from ringform.model.number_lookup import UnknownNumberError, find_number, find_numbers, find_objects

SALES, SUPPORT = Address("main_number", "+14155551234"), Address("main_number", "+14155555678")
DENMARK, ADA = Address("main_number", "+4570000020"), Address("contact", "+4520123456")
NAMES = {SALES: "US Sales", SUPPORT: "US Support", DENMARK: "Denmark", ADA: "Ada"}

COPENHAGEN, AARHUS, BOSTON = (Address("main_number", key) for key in ("+4570000010", "+4570000020", "+16175550100"))
SHOPS = {COPENHAGEN: "Shop Copenhagen", AARHUS: None, BOSTON: "US Shop"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("main_number:+14155551234", [SALES]),
        ("main_number:+1 (415) 555-1234", [SALES]),
        ("+1 415-555-1234", [SALES]),
        ("us sales", [SALES]),
        ("contact:Ada", [ADA]),
        ("main_number:+45*", [DENMARK]),
        ("+45 *", [DENMARK, ADA]),
        ("+1 (415) 555-*", [SALES, SUPPORT]),
        ("US *", [SALES, SUPPORT]),
        ("contact:*", [ADA]),
        ("*", list(NAMES)),
    ],
)
def test_what_a_text_means(text: str, found: list[Address]) -> None:
    assert find_objects(text, NAMES) == found


@pytest.mark.parametrize(
    ("text", "summary", "hint"),
    [
        ("US Sale", "the manifest has no number or name 'US Sale'", "did you mean 'US Sales'?"),
        ("+1 415 555 1235", "the manifest has no number or name '+1 415 555 1235'", "did you mean '+14155551234'?"),
        (
            "main_number:+14155551235",
            "the manifest has no number or name 'main_number:+14155551235'",
            "did you mean 'main_number:+14155551234'?",
        ),
        ("contact:Adda", "the manifest has no number or name 'contact:Adda'", "did you mean 'Ada'?"),
        (
            "UK *",
            "nothing that the manifest has matches 'UK *'",
            "the manifest has US Sales, US Support, Denmark and Ada",
        ),
        (
            "+44*",
            "nothing that the manifest has matches '+44*'",
            "the manifest has +14155551234, +14155555678, +4570000020 and +4520123456",
        ),
    ],
)
def test_a_slip_is_answered_by_what_is_like_it(text: str, summary: str, hint: str) -> None:
    with pytest.raises(UnknownNumberError) as refused:
        find_objects(text, NAMES)
    assert (str(refused.value), refused.value.hint) == (summary, hint)


def test_a_name_or_number_of_several_is_not_guessed() -> None:
    names = {SALES: "Main", SUPPORT: "Main", DENMARK: None, Address("contact", DENMARK.key): None}
    with pytest.raises(UnknownNumberError, match="'main' is the name of 2 numbers") as named:
        find_objects("main", names)
    assert named.value.hint == "give the number: +14155551234 or +14155555678"
    with pytest.raises(UnknownNumberError, match="is the number of 2 objects") as numbered:
        find_objects("+45 70 00 00 20", names)
    assert numbered.value.hint == "give the number: main_number:+4570000020 or contact:+4570000020"


def test_one_number_is_not_several() -> None:
    with pytest.raises(UnknownNumberError, match="'US \\*' matches 2 numbers"):
        find_number("US *", NAMES)
    assert find_number("Den*", NAMES) == DENMARK


def test_where_nothing_is_the_hint_says_so() -> None:
    with pytest.raises(UnknownNumberError) as refused:
        find_objects("Sales", {}, where="the account")
    assert refused.value.hint == "the account has no numbers"


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
        ("* shop", [BOSTON]),
        ("*-*", []),
        ("+*", [COPENHAGEN, AARHUS, BOSTON]),
        ("*0100", [BOSTON]),
        ("us shop", [BOSTON]),
        ("+45 70 00 00 20", [AARHUS]),
    ],
)
def test_which_numbers_a_rule_is_about(to: str, found: list[Address]) -> None:
    assert find_numbers(to, SHOPS) == found


def test_a_text_without_a_star_that_means_nothing_is_an_error() -> None:
    with pytest.raises(UnknownNumberError, match="the manifest has no number or name 'US Shap'") as raised:
        find_numbers("US Shap", SHOPS)
    assert raised.value.hint == "did you mean 'US Shop'?"
