"""Phone numbers in E.164 form, from any way of writing one that has a country code."""

from __future__ import annotations

import re
from functools import lru_cache

_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_LONGEST = 64
"""The most characters of a written number; phone numbers have at most 15 digits (ITU-T E.164)."""

_ENOUGH = 6
"""The digits after the country code that a number needs for its last two to reveal little."""


class NotAPhoneNumber(ValueError):  # noqa: N818 - it reads as what it says
    """A text is not a phone number with a country code; the message says what to change."""


def is_e164(text: str) -> bool:
    """Return whether a text is ``+`` and 7 to 15 digits, not starting with 0. The number need not exist."""
    return _E164.match(text) is not None


@lru_cache(maxsize=65_536)
def to_e164(text: str) -> str:
    """Return the E.164 form of a number written with spaces, dashes, brackets or dots.

    Raises:
        NotAPhoneNumber: There is no country code, there are letters or an extension, or no number of that country
            can have that many digits.
    """
    # Imported here: 60 ms that a command without phone numbers does not pay.
    import phonenumbers

    written = text.strip()
    if len(written) > _LONGEST or not written.startswith("+"):
        raise NotAPhoneNumber("write it with its country code, like +4520123456")
    if not re.fullmatch(r"\+[0-9 ()./\u00a0\u2010-\u2015-]+", written):
        raise NotAPhoneNumber("only the digits 0-9, spaces and ( ) . / - may follow the +")
    try:
        number = phonenumbers.parse(written)
    except phonenumbers.NumberParseException as error:
        is_country = error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        reason = "its country code does not exist" if is_country else "it has too few digits"
        raise NotAPhoneNumber(reason) from None
    formatted = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    # A country may have numbers that are shorter or longer than any that can be called from abroad.
    if not phonenumbers.is_possible_number(number) or not is_e164(formatted):
        raise NotAPhoneNumber(f"a number in +{number.country_code} cannot have that many digits")
    return formatted


def masked(text: str | None) -> str:
    """Return a caller's number as it may be shown to anybody: ``+45 ****12``, the country code and the last two digits.

    Every number gets four stars. A number with few digits keeps only its country code; anything else (a withheld
    number, a SIP address) becomes ``unknown caller``.
    """
    import phonenumbers

    if text is None or not is_e164(text):
        return "unknown caller"
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return "unknown caller"
    national = text.removeprefix(f"+{number.country_code}")
    return f"+{number.country_code} ****{national[-2:] if len(national) >= _ENOUGH else ''}"
