"""Journals as text: one apply a line."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.model.journal import Journal
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
