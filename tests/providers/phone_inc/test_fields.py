"""Scalar fields: what passes without the slow look must pass it too."""

from __future__ import annotations

import pytest
from email_validator import validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ringform.providers.phone_inc.fields import _PLAIN_EMAIL

_WORDS = st.lists(st.text("aZ5", min_size=1, max_size=4), min_size=1, max_size=4)


@settings(max_examples=40)
@given(_WORDS.map(".".join) | _WORDS.map("-".join) | _WORDS.map("+_".join), _WORDS.map("-a.b".join), st.text("aZ-"))
@example("a" * 58, "b", "co")
@example("a", "b" * 59, "co")
@example("a", "b.c-d", "Example")
def test_every_plain_address_is_one_that_the_validator_takes(local: str, domain: str, last: str) -> None:
    address = f"{local}@{domain}.{last}"
    if _PLAIN_EMAIL.fullmatch(address):
        validate_email(address, check_deliverability=False, test_environment=True)


@pytest.mark.parametrize(
    "domain", ["localhost", "a.local", "a.invalid", "a.onion", "a.arpa", "co", "a..dk", "-a.dk", "a--b.dk", "a.d1"]
)
def test_a_domain_that_may_lead_nowhere_gets_the_slow_look(domain: str) -> None:
    assert not _PLAIN_EMAIL.fullmatch(f"bea@{domain}")
