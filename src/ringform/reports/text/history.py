"""Journals as text."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ringform.model.change import Action
from ringform.model.journal import Journal, JournalEntry, Origin, Undoable
from ringform.model.kind import Kind
from ringform.model.messages import counted
from ringform.model.outcome import Status
from ringform.reports.text.style import Style, fitted, safe
from ringform.reports.text.times import local


def render(journals: Sequence[Journal], style: Style) -> str:
    """Return the applies in the order given, each with who made it, at most 80 columns wide but for long links."""
    if not journals:
        return "No apply was made in this folder."
    return "\n".join("\n".join(_lines(journal, style)) for journal in journals)


def _lines(journal: Journal, style: Style) -> Iterator[str]:
    counts = ((Status.DONE, "done"), (Status.FAILED, "failed"), (Status.UNKNOWN, "unknown"))
    results = [f"{journal.count(status):,} {word}" for status, word in counts if journal.count(status)]
    if missed := journal.count(Status.NOT_ATTEMPTED):
        results.append(f"{missed:,} not tried")
    if journal.was_cut_off:
        results.append("cut off")
    what = "undo" if journal.is_undo else "apply"
    did = f"{counted(journal.calls, 'API call')}: {', '.join(results)}"
    first, *others = textwrap.wrap(did, 80 - len(_MARGIN))
    yield f"{style.bold(f'{_time(journal):<22}')}  {what:<5}  {style.warning(first) if journal.was_cut_off else first}"
    yield from (f"{_MARGIN}{other}" for other in others)
    if by := _by(journal.origin):
        yield f"  {by}"
    if journal.origin.run:
        yield f"  {safe(journal.origin.run)}"
    yield f"  {style.dim(safe(journal.name))}"


_MARGIN = " " * 31


def _by(origin: Origin) -> str:
    """Return who made an apply, and of what commit."""
    who = "@".join(fitted(part, 18).rstrip() for part in (origin.user, origin.host) if part)
    at = [fitted(origin.branch, 18).rstrip()] if origin.branch else []
    at += [safe(origin.commit[:8])] if origin.commit else []
    request = [f"#{safe(origin.pull_request)}"] if origin.pull_request else []
    return ", ".join(filter(None, [who, " ".join(at), *request]))


def taking_back(undoable: Undoable, kinds: Mapping[str, Kind]) -> str:
    """Which apply an undo takes back, what that did, and which later ones it passes over."""
    journal = undoable.journal
    effects = Counter(_effect(entries, kinds[address.kind]) for address, entries in journal.effects.items())
    did = ", ".join(f"{counted(number, noun)} {verb}" for (noun, verb), number in sorted(effects.items()))
    what = "undo" if journal.is_undo else "apply"
    lines = [f"Taking back the {what} of {_time(journal)} ({did or 'which changed nothing'})."]
    if len(undoable.without_effect) == 1:
        lines.append(f"The one of {_time(undoable.without_effect[0])} after it changed nothing.")
    elif undoable.without_effect:
        lines.append(f"The {len(undoable.without_effect):,} after it changed nothing.")
    return "\n".join(textwrap.fill(line, 80) for line in lines)


def _effect(entries: Sequence[JournalEntry], kind: Kind) -> tuple[str, str]:
    """Return the noun for an object, and the verb for what became of it."""
    action = entries[0].action
    verb = {Action.CREATE: "created", Action.UPDATE: "changed", Action.DELETE: "deleted"}[action]
    if action is Action.CREATE and not kind.is_creatable:
        verb = "bought"
    is_certain = any(entry.status is not Status.UNKNOWN for entry in entries)
    return kind.noun, verb if is_certain else f"perhaps {verb}"


def _time(journal: Journal) -> str:
    try:
        return local(datetime.fromisoformat(journal.started_at))
    except ValueError:
        return safe(journal.started_at)


def cut_off(journal: Journal, style: Style) -> str:
    """Return the note, before a plan, on an earlier apply that was cut off."""
    lines = [
        style.warning(f"The apply of {_time(journal)} was cut off (or is still under way):")
        + f" {journal.count(Status.DONE):,} of {counted(journal.calls, 'API call')} done."
    ]
    lines += [
        f"  unknown: {safe(str(entry.address))}: {safe(f'{entry.method} {entry.path}')}" for entry in journal.unknown
    ]
    lines.append("This plan is made from what the account holds now; applying it goes on from there.")
    return "\n".join(lines)
