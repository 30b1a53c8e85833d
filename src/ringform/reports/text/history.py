"""Journals as text: one apply a line."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from ringform.model.change import Action
from ringform.model.journal import Journal, JournalEntry, Undoable
from ringform.model.kind import Kind
from ringform.model.messages import counted
from ringform.model.outcome import Status
from ringform.reports.text.style import Style, safe


def render(journals: Sequence[Journal], style: Style) -> str:
    """Return the applies in the order given, a line each."""
    if not journals:
        return "No apply was made in this folder."
    return "\n".join(_line(journal, style) for journal in journals)


def _line(journal: Journal, style: Style) -> str:
    counts = ((Status.DONE, "done"), (Status.FAILED, "failed"), (Status.UNKNOWN, "unknown"))
    results = [f"{journal.count(status):,} {word}" for status, word in counts if journal.count(status)]
    if missed := journal.count(Status.NOT_ATTEMPTED):
        results.append(f"{missed:,} not tried")
    state = style.warning("  cut off") if journal.was_cut_off else ""
    calls = counted(journal.calls, "API call")
    return (
        f"{style.bold(safe(journal.started_at))}  {calls}: {', '.join(results)}{state}  {style.dim(safe(journal.name))}"
    )


def taking_back(undoable: Undoable, kinds: Mapping[str, Kind]) -> str:
    """Which apply an undo takes back, what that did, and which later ones it passes over."""
    journal = undoable.journal
    effects = Counter(_effect(entries, kinds[address.kind]) for address, entries in journal.effects.items())
    did = ", ".join(f"{counted(number, noun)} {verb}" for (noun, verb), number in sorted(effects.items()))
    lines = [f"Taking back the apply of {_time(journal)} ({did or 'which changed nothing'})."]
    if len(undoable.without_effect) == 1:
        lines.append(f"The one of {_time(undoable.without_effect[0])} after it changed nothing.")
    elif undoable.without_effect:
        lines.append(f"The {len(undoable.without_effect):,} after it changed nothing.")
    return "\n".join(textwrap.fill(line, 80) for line in lines)


def _effect(entries: Sequence[JournalEntry], kind: Kind) -> tuple[str, str]:
    """The kind of an object, and what became of it."""
    action = entries[0].action
    verb = {Action.CREATE: "created", Action.UPDATE: "changed", Action.DELETE: "deleted"}[action]
    if action is Action.CREATE and not kind.is_creatable:
        verb = "bought"
    is_certain = any(entry.status is not Status.UNKNOWN for entry in entries)
    return kind.noun, verb if is_certain else f"perhaps {verb}"


def _time(journal: Journal) -> str:
    try:
        return f"{datetime.fromisoformat(journal.started_at).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError):
        return safe(journal.started_at)


def cut_off(journal: Journal, style: Style) -> str:
    """Return the note, before a plan, on an earlier apply that was cut off."""
    lines = [
        style.warning(f"The apply of {safe(journal.started_at)} was cut off (or is still under way):")
        + f" {journal.count(Status.DONE):,} of {counted(journal.calls, 'API call')} done."
    ]
    lines += [
        f"  unknown: {safe(str(entry.address))}: {safe(f'{entry.method} {entry.path}')}" for entry in journal.unknown
    ]
    lines.append("This plan is made from what the account holds now; applying it goes on from there.")
    return "\n".join(lines)
