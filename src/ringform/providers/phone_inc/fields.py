"""The scalar fields of a Phone.inc manifest. A manifest's scalars are text until one of these reads them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from ringform.core.phone import NotAPhoneNumber, to_e164
from ringform.providers.phone_inc import timezones
from ringform.providers.validation import refuse

TIMEOUTS = (10, 20, 30, 40, 50, 60)
"""Ring timers in seconds (main numbers document, ``no_answer_timeout_secs``)."""

NAME_LENGTH = 128
NOTE_LENGTH = 10_000
_NAME_CHARACTER = re.compile(r"[A-Za-z0-9 \-_~!.+]")


def _text(value: str) -> str:
    if not value.strip():
        raise refuse("empty-text", "this text is empty", hint="write what callers shall hear")
    return _printable(value)


def _printable(value: str) -> str:
    """YAML's escapes and the command line can make characters that no text means and JSON cannot always carry."""
    for character in value:
        if (
            (character < " " and character not in "\n\t")
            or "\x7f" <= character < "\xa0"
            or "\ud800" <= character < "\ue000"
        ):
            summary = f"the text has the character U+{ord(character):04X}, which cannot be spoken or shown"
            raise refuse("unprintable-text", summary, hint="remove it")
    return value


def _boolean(value: object) -> object:
    words = {"true": True, "false": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    given = "nothing" if value is None else repr(value)
    raise refuse("not-a-boolean", f"this must be true or false, not {given}", hint="write true or false, in letters")


def _name(value: str) -> str:
    # Main numbers document, "name": ASCII letters, numbers, spaces and -_~!.+ only, up to 128 characters.
    wrong = sorted({character for character in value if not _NAME_CHARACTER.match(character)})
    if wrong:
        shown = " ".join(repr(character) for character in wrong[:8])
        hint = "only A-Z, a-z, 0-9, spaces and - _ ~ ! . + are allowed, no accents"
        raise refuse("name-characters", f"the name has characters that the account does not take: {shown}", hint=hint)
    if len(value) > NAME_LENGTH:
        raise refuse("too-long", f"the name has {len(value)} characters; at most {NAME_LENGTH} are allowed")
    if not value.strip():
        raise refuse("empty-text", "the name is empty")
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?", value):
        hint = "use a code such as da, en or de"
        raise refuse("bad-language", f"{value!r} is not a language code", hint=hint)
    return value


def _timezone(value: str) -> str:
    try:
        return timezones.to_city(value)
    except timezones.UnknownTimezone as error:
        raise refuse("unknown-timezone", str(error), hint=error.hint) from None


def _timeout(value: object) -> object:
    if value in (None, "", 0, "0"):
        return None
    if value in TIMEOUTS or (isinstance(value, str) and value in map(str, TIMEOUTS)):
        return int(str(value))
    hint = "use 10, 20, 30, 40, 50 or 60 seconds, or null for off"
    raise refuse("bad-timeout", f"{value!r} is not a ring time that the account takes", hint=hint)


def _digit(value: object) -> object:
    if value in [str(digit) for digit in range(1, 10)]:
        return value
    hint = "0 is refused by the account: move it to another key" if value == "0" else "use one key from 1 to 9"
    raise refuse("bad-digit", f"{value!r} is not a key of a phone menu", hint=hint)


def _email(value: str) -> str:
    # Imported here: only contacts with an e-mail address need it.
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise refuse("bad-email", f"{value[:80]!r} is not an e-mail address", detail=str(error)) from None
    return value


def _note(value: str) -> str:
    _printable(value)
    if len(value) > NOTE_LENGTH:
        raise refuse("too-long", f"the note has {len(value):,} characters; at most {NOTE_LENGTH:,} are allowed")
    return value


def _phone(value: str) -> str:
    try:
        return to_e164(value)
    except NotAPhoneNumber as error:
        raise refuse("bad-phone-number", f"{value[:40]!r} is not a phone number", hint=str(error)) from None


def _clearable(value: object) -> object:
    """Contacts: an empty text is no text, as the account treats both alike."""
    return None if value == "" else value


def schema(kind: str | list[str], /, **more: object) -> WithJsonSchema:
    """What an editor shows for a field, where pydantic cannot know it."""
    return WithJsonSchema({"type": kind, **more})


Spoken = Annotated[str, AfterValidator(_text), Field(description="What callers hear. May use {{ variables }}.")]
Boolean = Annotated[bool, BeforeValidator(_boolean), schema("boolean")]
Name = Annotated[
    str,
    AfterValidator(_name),
    schema(
        "string", minLength=1, maxLength=NAME_LENGTH, pattern=r"^([A-Za-z0-9 \-_~!.+]|\{\{.*\}\})+$", examples=["Sales"]
    ),
]
Language = Annotated[str, AfterValidator(_language), schema("string", examples=["da", "en", "de"])]
Timezone = Annotated[
    str, AfterValidator(_timezone), schema("string", examples=["Copenhagen", "Europe/Copenhagen", "New_York"])
]
Timeout = Annotated[
    int | None,
    BeforeValidator(_timeout),
    WithJsonSchema({"enum": [*TIMEOUTS, 0, "", None]}),
]
Digit = Annotated[
    str,
    BeforeValidator(_digit),
    WithJsonSchema({"enum": [str(digit) for digit in range(1, 10)] + list(range(1, 10))}),
]
PhoneKey = Annotated[str, AfterValidator(_phone), schema("string", examples=["+45 20 12 34 56"])]
ContactText = Annotated[Annotated[str, AfterValidator(_printable)] | None, BeforeValidator(_clearable)]
ContactEmail = Annotated[
    Annotated[str, AfterValidator(_email), schema("string", format="email")] | None, BeforeValidator(_clearable)
]
ContactNote = Annotated[
    Annotated[str, AfterValidator(_note), schema("string", maxLength=NOTE_LENGTH)] | None, BeforeValidator(_clearable)
]
