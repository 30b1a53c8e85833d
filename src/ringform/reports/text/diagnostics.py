"""Diagnostics as text: what is wrong, the line it stands in with a caret below, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.model.diagnostic import Diagnostic, Excerpt, Severity
from ringform.model.messages import counted
from ringform.reports.text.style import Style, safe, width

_WINDOW = 100
"""Columns of a source line that are shown at most, around the caret."""


def render(diagnostics: Sequence[Diagnostic], style: Style) -> str:
    """Return all of them, in the order given, a blank line between two."""
    return "\n\n".join(render_one(diagnostic, style) for diagnostic in diagnostics)


def render_one(diagnostic: Diagnostic, style: Style) -> str:
    """Return one diagnostic, several lines."""
    paint = style.error if diagnostic.severity is Severity.ERROR else style.warning
    lines = [f"{paint(f'{diagnostic.severity}[{diagnostic.code}]')}: {style.bold(safe(diagnostic.summary))}"]
    margin = " " * len(str(diagnostic.location.line)) if diagnostic.location and diagnostic.excerpt else " "
    if diagnostic.location:
        lines.append(f"{margin}{style.place('-->')} {safe(str(diagnostic.location))}")
    elif diagnostic.address:
        lines.append(f"{margin}{style.place('-->')} {safe(str(diagnostic.address))}")
    if diagnostic.location and diagnostic.excerpt:
        shown, carets = _window(diagnostic.excerpt)
        bar = style.place("|")
        lines.append(f"{margin} {bar}")
        lines.append(f"{style.place(str(diagnostic.location.line))} {bar} {shown}")
        lines.append(f"{margin} {bar} {paint(carets)}")
    if diagnostic.detail:
        lines.append(f"{margin} {style.place('=')} {safe(diagnostic.detail)}")
    if diagnostic.hint:
        lines.append(f"{margin} {style.place('=')} hint: {safe(diagnostic.hint)}")
    return "\n".join(lines)


def _window(excerpt: Excerpt) -> tuple[str, str]:
    """Return the part of a line around the caret, and the carets to go below it."""
    first = max(0, min(excerpt.start - _WINDOW // 2, len(excerpt.text) - _WINDOW))
    last = first + _WINDOW
    before = safe(excerpt.text[first : excerpt.start].replace("\t", " "))
    token = safe(excerpt.text[excerpt.start : min(excerpt.start + excerpt.length, last)].replace("\t", " "))
    after = safe(excerpt.text[min(excerpt.start + excerpt.length, last) : last].replace("\t", " "))
    left, right = ("..." if first else ""), ("..." if last < len(excerpt.text) else "")
    shown = f"{left}{before}{token}{after}{right}".rstrip()
    return shown, " " * (len(left) + width(before)) + "^" * max(1, width(token))


def count_line(diagnostics: Sequence[Diagnostic]) -> str:
    """``2 errors, 1 warning``; empty for none."""
    counts = [
        (sum(each.severity is severity for each in diagnostics), noun)
        for severity, noun in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
    ]
    return ", ".join(counted(number, noun) for number, noun in counts if number)
