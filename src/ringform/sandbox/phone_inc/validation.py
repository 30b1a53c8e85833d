"""Checks of single fields, collected so that one answer names every fault."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from ringform.sandbox.phone_inc.errors import InvalidError

BLANK = "can't be blank"

_NAME = re.compile(r"[A-Za-z0-9 \-_~!.+]+")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


class Errors:
    """The errors of one request, by field."""

    def __init__(self) -> None:
        self._by_field: dict[str, list[str]] = {}

    def add(self, field: str, message: str) -> None:
        """Note one error."""
        self._by_field.setdefault(field, []).append(message)

    def raise_any(self) -> None:
        """Refuse the request if anything was noted."""
        if self._by_field:
            raise InvalidError(self._by_field)

    def text(self, body: dict[str, Any], field: str) -> str:
        """Check a required, non-blank string."""
        value = body.get(field)
        # Types are taken at their word everywhere: Rails would turn 12 into "12", but a client that relies
        # on that is not following the documents.
        if value is not None and not isinstance(value, str):
            self.add(field, "must be a string")
        elif is_blank(value):
            self.add(field, BLANK)
        return value if isinstance(value, str) else ""

    def boolean(self, body: dict[str, Any], field: str) -> bool:
        """Check a required boolean."""
        value = body.get(field)
        if not isinstance(value, bool):
            self.add(field, "must be true or false")
        return value is True

    def main_number_name(self, body: dict[str, Any]) -> str:
        """Check a label: main numbers document, 'The main number model', name."""
        value = self.text(body, "name")
        if value.strip() and not _NAME.fullmatch(value):
            self.add("name", "may contain ASCII letters, numbers, spaces and -_~!.+ only")
        if len(value) > 128:
            self.add("name", "is too long (maximum is 128 characters)")
        return value

    def timezone(self, body: dict[str, Any]) -> str:
        """Check a timezone: main numbers document, 'Update a main number', timezone."""
        value = self.text(body, "timezone")
        if value.strip() and value not in _timezones():
            self.add("timezone", "is not a known timezone")
        return value

    def language(self, body: dict[str, Any]) -> str:
        """Check a language code: main numbers document, 'Update a main number', language.

        The documents list no codes, so any of the usual form (da, en, en-GB) is taken.
        """
        value = self.text(body, "language")
        if value.strip() and not _LANGUAGE.fullmatch(value):
            self.add("language", "is not a language code")
        return value


def is_blank(value: object) -> bool:
    """Say whether Rails would call it blank, of the values that a text can have."""
    return value is None or (isinstance(value, str) and not value.strip())


@cache
def _timezones() -> frozenset[str]:
    """Return IANA's names and their city forms: the documents use Copenhagen, London and New_York."""
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(names) | {name.rpartition("/")[2] for name in names}
