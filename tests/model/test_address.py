"""Addresses as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringform.model.address import Address


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("main_number:+14155551234", "main_number", "+14155551234"),
        ("contact:a:b", "contact", "a:b"),
    ],
)
def test_an_address_is_kind_and_key(text: str, kind: str, key: str) -> None:
    assert Address.parse(text) == Address(kind, key)
    assert str(Address(kind, key)) == text


@pytest.mark.parametrize("text", ["", ":", "main_number", "main_number:", ":+14155551234"])
def test_less_than_both_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="it has the form kind:key"):
        Address.parse(text)


@given(st.text().filter(bool).filter(lambda kind: ":" not in kind), st.text().filter(bool))
def test_every_address_reads_back(kind: str, key: str) -> None:
    assert Address.parse(str(Address(kind, key))) == Address(kind, key)
