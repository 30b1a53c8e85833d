"""``account:``: the number by which a manifest names the only account that it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ringform.model.address import Address
from ringform.model.problem import DocumentPath, Problem

SECTION = "account"
DESCRIPTION = "The only account that this manifest is for, by a number that it has. Any other is refused."


def read_account(
    document: Mapping[str, object], kind: str, read_key: Callable[[str, DocumentPath], str | Problem]
) -> tuple[Address | None, list[Problem]]:
    """Return the number that only the right account has, None if any account will do, and its problems."""
    value = document.get(SECTION)
    if value is None:
        return None, []
    key = read_key(str(value), (SECTION,))
    return (None, [replace(key, on_key=False)]) if isinstance(key, Problem) else (Address(kind, key), [])
