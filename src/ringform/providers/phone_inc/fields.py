"""The scalar fields of a Phone.inc manifest. A manifest's scalars are text until one of these reads them."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from ringform.model.messages import shown
from ringform.providers.shared.field_types import AS_WRITTEN, matching, printable, schema
from ringform.providers.shared.validation import refuse

TIMEOUTS = (10, 20, 30, 40, 50, 60)
"""Ring timers in seconds (main numbers document, ``no_answer_timeout_secs``)."""

DIGITS = tuple("123456789")
"""The keys of a phone menu (main numbers document, "Phone menu options")."""

NAME_LENGTH = 128
NOTE_LENGTH = 10_000
_PLAIN_EMAIL = re.compile(
    r"(?=.{6,64}\Z)[a-z0-9]+([._+-][a-z0-9]+)*@([a-z0-9]+(-[a-z0-9]+)*\.)+"
    r"(?!(?:arpa|invalid|local|localhost|onion)\Z)[a-z]{2,}",
    re.IGNORECASE | re.ASCII,
)
"""Addresses that are good by any rule (RFC 5321, dot-string) and whose domain is not reserved (RFC 6761)."""

_NAME_CHARACTER = re.compile(r"[A-Za-z0-9 \-_~!.+]")
_PLAIN_LETTERS = str.maketrans({"æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "ß": "ss", "ł": "l", "Ł": "L", "–": "-"})
_LANGUAGES = {
    "danish": "da", "dansk": "da", "english": "en", "german": "de", "deutsch": "de", "norwegian": "no", "norsk": "no",
    "swedish": "sv", "svenska": "sv", "french": "fr", "spanish": "es", "dutch": "nl", "finnish": "fi", "italian": "it",
}  # fmt: skip
"""Codes for names that people write instead, for hints."""


def _text(value: str) -> str:
    if not value.strip():
        raise refuse("empty-text", "this text is empty", hint="write what callers should hear")
    return printable(value)


def _name(value: str) -> str:
    # Main numbers document, "name": ASCII letters, numbers, spaces and -_~!.+ only, up to 128 characters.
    wrong = sorted({character for character in value if not _NAME_CHARACTER.match(character)})
    if wrong:
        summary = f"the name has characters that the account does not take: {' '.join(map(repr, wrong[:8]))}"
        raise refuse("name-characters", summary, hint=_plain_name(value))
    if len(value) > NAME_LENGTH:
        raise refuse("too-long", f"the name has {len(value)} characters; at most {NAME_LENGTH} are allowed")
    if not value.strip():
        raise refuse("empty-text", "the name is empty")
    return value


def _plain_name(value: str) -> str:
    """Return the hint for a name with forbidden characters: the name without accents, if that is all it takes."""
    allowed = "only A-Z, a-z, 0-9, spaces and - _ ~ ! . + are allowed"
    decomposed = unicodedata.normalize("NFKD", value[: 2 * NAME_LENGTH].translate(_PLAIN_LETTERS))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    if all(_NAME_CHARACTER.match(character) for character in plain):
        return f"did you mean {shown(plain)}? {allowed[0].upper()}{allowed[1:]}"
    return f"{allowed}, on one line" if "\n" in value else f"{allowed}, no accents"


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?", value):
        code = _LANGUAGES.get(value.lower()) or (value.lower() if re.fullmatch("[A-Z]{2}", value) else None)
        hint = f"did you mean {code!r}?" if code else "use a code such as da, en or de"
        raise refuse("bad-language", f"{shown(value)} is not a language code", hint=hint)
    return value


def _timeout(value: object) -> object:
    if value in (None, "", 0, "0"):
        return None
    if value in TIMEOUTS or (isinstance(value, str) and value in map(str, TIMEOUTS)):
        return int(str(value))
    hint = "use 10, 20, 30, 40, 50 or 60 seconds, or null for off"
    raise refuse("bad-timeout", f"{shown(value)} is not a ring time that the account takes", hint=hint)


def _digit(value: object) -> object:
    if value in DIGITS:
        return value
    hint = "the account refuses 0: move it to another key" if value == "0" else "use one key from 1 to 9"
    raise refuse("bad-digit", f"{shown(value)} is not a key of a phone menu", hint=hint)


def _email(value: str) -> str:
    if _PLAIN_EMAIL.fullmatch(value):
        return value
    # Imported here: most addresses are plain, and it takes longer to import than most manifests to read.
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        hint = "write one address, such as bea@example.com"
        summary = f"{shown(value)} is not an e-mail address"
        raise refuse("bad-email", summary, detail=str(error), hint=hint) from None
    return value


def _note(value: str) -> str:
    printable(value)
    if len(value) > NOTE_LENGTH:
        raise refuse("too-long", f"the note has {len(value):,} characters; at most {NOTE_LENGTH:,} are allowed")
    return value


def _absent(value: object) -> object:
    if value is None or str(value).lower() == "true":
        return None if value is None else True
    hint = "write absent: true, or remove the line: a contact that is listed is there"
    raise refuse("invalid-value", f"absent can only be true, not {shown(value)}", hint=hint)


def _clearable(value: object) -> object:
    """Contacts: an empty text is no text, as the account treats both alike."""
    return None if value == "" else value


Spoken = Annotated[
    str,
    AfterValidator(_text),
    schema(AS_WRITTEN, minLength=1, pattern=r"\S", patternErrorMessage="Write what callers should hear."),
]
Name = Annotated[
    str,
    AfterValidator(_name),
    WithJsonSchema(
        matching(
            r"^[A-Za-z0-9 \-_~!.+]+$",
            "Only A-Z, a-z, 0-9, spaces and - _ ~ ! . + are allowed.",
            "Sales",
            kind=AS_WRITTEN,
            minLength=1,
            maxLength=NAME_LENGTH,
        )
    ),
]
Language = Annotated[
    str,
    AfterValidator(_language),
    WithJsonSchema(
        matching("^[a-z]{2,3}([-_][A-Za-z]{2,4})?$", "Write a language code, such as da, en or de.", "da", "en", "de")
    ),
]
Timeout = Annotated[
    int | None,
    BeforeValidator(_timeout),
    WithJsonSchema({"enum": [*TIMEOUTS, 0, "", None]}),
]
Digit = Annotated[
    str,
    BeforeValidator(_digit),
    WithJsonSchema({"enum": [*DIGITS, *map(int, DIGITS)]}),
]
ContactText = Annotated[
    Annotated[str, AfterValidator(printable)] | None, BeforeValidator(_clearable), schema([*AS_WRITTEN, "null"])
]
ContactEmail = Annotated[
    Annotated[str, AfterValidator(_email)] | None,
    BeforeValidator(_clearable),
    WithJsonSchema(
        matching(
            r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$", "Write one e-mail address.", "bea@example.com", kind=["string", "null"]
        )
    ),
]
Email = Annotated[str, AfterValidator(_email), Field(examples=["bea@example.com"])]
Absent = Annotated[Literal[True] | None, BeforeValidator(_absent), schema(["boolean", "null"], enum=[True, None])]
ContactNote = Annotated[
    Annotated[str, AfterValidator(_note)] | None,
    BeforeValidator(_clearable),
    schema([*AS_WRITTEN, "null"], maxLength=NOTE_LENGTH),
]
