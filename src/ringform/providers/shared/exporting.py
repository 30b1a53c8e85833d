"""What an export writes in its own words: names for ids, and what it leaves out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.values import Json


def not_exported(what: str, reason: str) -> Diagnostic:
    """Return ``not-exported``: an object or field that no manifest can hold."""
    summary = f"{what} was left out of the manifest: {reason}"
    hint = "the account holds something that no manifest may say; it stays as it is"
    return Diagnostic("not-exported", summary, Severity.WARNING, hint=hint)


_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "þ": "th", "ð": "d", "œ": "oe"})
"""Letters that Unicode does not take apart into a plain one and an accent; casefold has dealt with ß."""


def slug(name: str) -> str:
    """Return a name in lowercase ASCII letters, digits and hyphens; empty if it has no such letters."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by id, with a number at the end of those that others have before; empty ones are left out."""
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    for id_, name in names.items():
        if name:
            candidates = (name if number == 1 else f"{name}-{number}" for number in count(1))
            chosen[id_] = next(candidate for candidate in candidates if candidate not in taken)
            taken.add(chosen[id_])
    return chosen


class Aliases:
    """The names that an export writes for ids.

    ``people`` has the account's names by section and id (``own_key``); ``references`` and ``read_id`` are those of the
    manifest. ``used`` collects, by section, the ids of the names that were written.
    """

    def __init__(
        self,
        people: Mapping[str, Mapping[str, str]],
        references: Mapping[str, str],
        read_id: Callable[[object], Json],
    ) -> None:
        self.used: dict[str, dict[str, Json]] = {}
        self._references = references
        by_section: dict[str, dict[str, str]] = {}
        for key, person in people.items():
            section, _, id_ = key.rpartition("/")
            by_section.setdefault(section, {})[id_] = slug(person["name"])
        # A name that is an id would be read as one.
        self._aliases = {
            section: {id_: alias for id_, alias in distinct(names).items() if read_id(alias) is None}
            for section, names in by_section.items()
        }

    def named(self, value: Json, key: str = "") -> Any:
        """Return a value of the document with names for the ids in it."""
        if isinstance(value, Mapping):
            return {name: self.named(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.named(each, key) for each in value]
        section = self._references.get(key, "")
        alias = self._aliases.get(section, {}).get(str(value))
        if alias is None:
            return value
        self.used.setdefault(section, {})[alias] = value
        return alias
