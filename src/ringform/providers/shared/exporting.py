"""An account as a manifest of phone numbers, less what no manifest may say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.snapshot import Snapshot
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.shared.entries import SECTION, nested


def export(
    live: Snapshot,
    provider: str,
    partial: frozenset[str],
    parse: Callable[[Mapping[str, object]], ParsedDocument],
) -> tuple[dict[str, Any], list[Diagnostic]]:
    """The document, and what was left out of it: that stays unmanaged, so that the document's plan is empty.

    A field that is not set is left out too, without a word.
    """
    numbers: dict[str, dict[str, Any]] = {
        address.key: nested({name: value for name, value in each.fields.items() if value is not None}, partial)
        for address, each in live.resources.items()
    }
    document: dict[str, Any] = {"version": 1, "provider": provider, SECTION: numbers}
    left_out: dict[str, Diagnostic] = {}
    for problem in parse(document).problems:
        if problem.severity is not Severity.ERROR or problem.path[0] != SECTION or len(problem.path) < 2:
            continue
        key, *place = (str(part) for part in problem.path[1:4])
        label = ": ".join([key, ".".join(_drop(numbers, key, place, partial))]).removesuffix(": ")
        left_out[label] = not_exported(label, problem.summary)
    if not numbers:
        del document[SECTION]
    return document, list(left_out.values())


def _drop(numbers: dict[str, dict[str, Any]], key: str, place: list[str], partial: frozenset[str]) -> list[str]:
    """Take the field at a place out of a number, or else the number itself; the place of what was taken out."""
    entry = numbers.get(key, {})
    if not place or place[0] not in entry:
        if not place:
            numbers.pop(key, None)
        return place[:1]
    if place[0] in partial and len(place) > 1 and isinstance(entry[place[0]], dict):
        entry[place[0]].pop(place[1], None)
        return place[:2]
    del entry[place[0]]
    return place[:1]


def not_exported(what: str, reason: str) -> Diagnostic:
    """``not-exported``: an object or field that no manifest can hold."""
    summary = f"{what} was left out of the manifest: {reason}"
    hint = "the account holds something that no manifest may say; it stays as it is"
    return Diagnostic("not-exported", summary, Severity.WARNING, hint=hint)
