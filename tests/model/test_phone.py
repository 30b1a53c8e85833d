"""Phone numbers in every way of writing one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringform.model.phone import NotAPhoneNumber, is_e164, masked, to_e164


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+14155551234", "+14155551234"),
        ("+1 (415) 555-1234", "+14155551234"),
        ("+45 20 12 34 56", "+4520123456"),
        (" +45 20.12.34.56 ", "+4520123456"),
        ("+45\u00a020\u00a012\u201134\u201356", "+4520123456"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("+49 30/12345678", "+493012345678"),
        ("+39 06 1234 5678", "+390612345678"),
    ],
)
def test_a_number_with_its_country_code_is_understood(written: str, number: str) -> None:
    assert to_e164(written) == number
    assert is_e164(number)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "write it with its country code, like +4520123456"),
        ("20 12 34 56", "write it with its country code, like +4520123456"),
        ("004520123456", "write it with its country code, like +4520123456"),
        ("+" + "1" * 99, "write it with its country code, like +4520123456"),
        ("+1 415 555 1234 ext. 7", "( ) . / - may follow the +"),
        ("+1-800-FLOWERS", "( ) . / - may follow the +"),
        ("+٤٥٢٠١٢٣٤٥٦", "( ) . / - may follow the +"),
        ("+45,20123456", "( ) . / - may follow the +"),
        ("+999 12345678", "its country code does not exist"),
        ("+4900", "a number in +49 cannot have that many digits"),
        ("+49 123456 789 012 345", "a number in +49 cannot have that many digits"),
        ("+45 2012", "a number in +45 cannot have that many digits"),
        ("+1 415 555 12345", "a number in +1 cannot have that many digits"),
    ],
)
def test_anything_else_is_refused_with_what_to_change(written: str, reason: str) -> None:
    with pytest.raises(NotAPhoneNumber) as caught:
        to_e164(written)
    assert str(caught.value).endswith(reason)


@given(st.text(st.sampled_from("+0123456789 ()-./x"), max_size=20))
def test_a_number_that_is_understood_stays_as_it_is(written: str) -> None:
    try:
        number = to_e164(written)
    except NotAPhoneNumber:
        return
    assert is_e164(number)
    assert to_e164(number) == number


@pytest.mark.parametrize("text", ["+1415555", "+141555512345678"])
def test_the_form_alone_is_7_to_15_digits(text: str) -> None:
    assert is_e164(text)


@pytest.mark.parametrize(
    "text", ["+141555", "+1415555123456789", "+0415555123", "14155551234", "+1415 5551234", "+1415555\n"]
)
def test_another_form_is_not_e164(text: str) -> None:
    assert not is_e164(text)


@pytest.mark.parametrize(
    ("caller", "shown"),
    [
        ("+4520123412", "+45 ****12"),
        ("+14085550199", "+1 ****99"),
        ("+299123456", "+299 ****56"),
        ("+29012345", "+290 ****"),
        ("+9991234567", "unknown caller"),
        ("anonymous", "unknown caller"),
        ("sip:niklas@example.com", "unknown caller"),
        ("20123412", "unknown caller"),
        ("", "unknown caller"),
        (None, "unknown caller"),
    ],
)
def test_a_callers_number_is_masked(caller: str | None, shown: str) -> None:
    assert masked(caller) == shown


@given(st.text(max_size=40) | st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_no_more_of_a_number_is_shown_than_its_country_and_two_digits(caller: str) -> None:
    shown = masked(caller)
    if shown != "unknown caller":
        country, _, rest = shown.partition(" ****")
        assert caller.startswith(country)
        assert len(country) <= 4
        assert rest in ("", caller[-2:])
