"""Diagnostics as text: what is wrong, the source line with carets below it, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.model.diagnostic import Diagnostic, Excerpt, Severity
from ringform.model.messages import counted, listed
from ringform.reports.text.style import Style, safe, width

_WINDOW = 100
"""The most characters of a source line that are shown, around the carets."""
_BESIDE = 14
"""Columns for what stands beside such a part of a line: its number, and dots where it is cut."""

_MOST_WARNINGS = 10
"""The most warnings and notes that are all shown."""
_ALIKE, _PLACES = 2, 3
"""The most of one code that are all shown among many, and the most places that are named of the others."""


def render(diagnostics: Sequence[Diagnostic], style: Style) -> str:
    """Return diagnostics in the order given, separated by blank lines."""
    return "\n\n".join(render_one(diagnostic, style) for diagnostic in diagnostics)


def render_grouped(diagnostics: Sequence[Diagnostic], style: Style, more: str) -> str:
    """Return diagnostics like ``render``; of many warnings, only the first of each code, with the number of others.

    ``more`` says how to see all of them.
    """
    warnings = [each for each in diagnostics if not each.is_error]
    if len(warnings) <= _MOST_WARNINGS:
        return render(diagnostics, style)
    by_code: dict[str, list[Diagnostic]] = {}
    for each in warnings:
        by_code.setdefault(each.code, []).append(each)
    blocks = []
    for each in diagnostics:
        alike = [] if each.is_error else by_code[each.code]
        if len(alike) <= _ALIKE:
            blocks.append(render_one(each, style))
        elif each is alike[0]:
            places = [
                safe(str(other.location or other.address)) for other in alike[1:] if other.location or other.address
            ]
            where = f", at {listed(places, most=_PLACES)}" if places else ""
            others = f"and {len(alike) - 1:,} more {each.code}{where}"
            blocks.append(f"{render_one(each, style)}\n  {style.place('=')} {others}; {more}")
    return "\n\n".join(blocks)


def render_one(diagnostic: Diagnostic, style: Style) -> str:
    """Return one diagnostic, in several lines."""
    paint = style.error if diagnostic.severity is Severity.ERROR else style.warning
    lines = [f"{paint(f'{diagnostic.severity}[{diagnostic.code}]')}: {style.bold(safe(diagnostic.summary))}"]
    margin = " " * len(str(diagnostic.location.line)) if diagnostic.location and diagnostic.excerpt else " "
    if place := diagnostic.location or diagnostic.address:
        lines.append(f"{margin}{style.place('-->')} {safe(str(place))}")
    if diagnostic.location and diagnostic.excerpt:
        shown, carets = _window(diagnostic.excerpt, style.columns)
        bar = style.place("|")
        lines.append(f"{margin} {bar}")
        lines.append(f"{style.place(str(diagnostic.location.line))} {bar} {shown}")
        lines.append(f"{margin} {bar} {paint(carets)}")
    if diagnostic.detail:
        lines.append(f"{margin} {style.place('=')} {safe(diagnostic.detail)}")
    if diagnostic.hint:
        lines.append(f"{margin} {style.place('=')} hint: {safe(diagnostic.hint)}")
    return "\n".join(lines)


def _window(excerpt: Excerpt, columns: int) -> tuple[str, str]:
    """Return the part of a line around the carets, and the line of carets to go below it."""
    most = min(_WINDOW, max(columns - _BESIDE, _BESIDE)) if columns else _WINDOW
    first = max(0, min(excerpt.start - most // 2, len(excerpt.text) - most))
    last = first + most
    before = safe(excerpt.text[first : excerpt.start].replace("\t", " "))
    token = safe(excerpt.text[excerpt.start : min(excerpt.start + excerpt.length, last)].replace("\t", " "))
    after = safe(excerpt.text[min(excerpt.start + excerpt.length, last) : last].replace("\t", " "))
    left, right = ("..." if first else ""), ("..." if last < len(excerpt.text) else "")
    shown = f"{left}{before}{token}{after}{right}".rstrip()
    return shown, " " * (len(left) + width(before)) + "^" * max(1, width(token))


def count_line(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the number of diagnostics as ``2 errors, 1 warning``; empty if there are none."""
    counts = [
        (sum(diagnostic.severity is severity for diagnostic in diagnostics), noun)
        for severity, noun in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
    ]
    return ", ".join(counted(number, noun) for number, noun in counts if number)
