"""Phone numbers: to E.164 on the way in, formatted on the way out."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

_E164_DIGITS = re.compile(r"[1-9][0-9]{6,14}")


def digits(text: str) -> str:
    """Strip everything but the digits 0-9."""
    return re.sub(r"[^0-9]", "", text)


def normalize(text: str) -> str | None:
    """Return the E.164 form, or None where there is none (contacts document, 'Create a contact').

    "Spaces and other non-digit characters are stripped before validation": what is left must be a country
    code and a number of 7 to 15 digits in all. A national form is not guessed at, as an account has no
    country; a leading 0, national or as 00, therefore makes the number invalid.
    """
    stripped = digits(text)
    return f"+{stripped}" if _E164_DIGITS.fullmatch(stripped) else None


@lru_cache(maxsize=100_000)
def formatted(number: str) -> str:
    """Return the international form with spaces, e.g. +1 415-555-2671 (contacts document, 'phone_formatted')."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
