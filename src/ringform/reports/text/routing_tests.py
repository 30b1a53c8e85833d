"""Results of routing tests as text: one line a test, and for a failing one the call that disproves it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from ringform.callflow.verdict import TestResult, TestRun
from ringform.model.diagnostic import Location
from ringform.model.messages import counted
from ringform.reports.text.diagnostics import render_one
from ringform.reports.text.style import Style, safe, width

_COLUMNS = 80
_INDENT = " " * 6


def render(run: TestRun, style: Style) -> str:
    """Return all results, and then the totals."""
    if not run.results:
        return "The manifest has no tests."
    lines = [line for each in run.placed() for line in _lines(*each, run.people, style)]
    lines += [line for each in run.warnings for line in ("", render_one(each, style))]
    return "\n".join([*lines, "", style.bold(f"{totals(run)}.")])


def totals(run: TestRun) -> str:
    """Return how many tests passed, failed and were skipped."""
    passed = counted(len(run.results) - run.failed - run.skipped, "test")
    skipped = f", {run.skipped:,} skipped" if run.skipped else ""
    return f"{passed} passed{skipped}" + (f", {run.failed:,} failed" if run.failed else "")


def _lines(result: TestResult, place: Location | None, people: Mapping[str, str], style: Style) -> list[str]:
    name = safe(result.test.name)
    remarks = [_wrapped(remark) for remark in result.remarks()]
    if result.passed:
        state = style.dim("skip") if result.is_skipped else style.added("pass")
        return [f"{state}  {name}", *remarks]
    where = safe(f"{place.file}:{place.line}") if place else ""
    is_short = len(_INDENT) + width(name) + 2 + width(where) <= _COLUMNS
    head = f"{style.error('FAIL')}  {name}"
    heads = [f"{head}  {style.dim(where)}".rstrip()] if is_short else [head, f"{_INDENT}{style.dim(where)}"]
    return [*heads, *map(_wrapped, result.reasons(people)), *remarks]


def _wrapped(text: str) -> str:
    """Return a sentence below its test, in lines that fit a terminal, with every word whole."""
    return textwrap.fill(
        safe(text),
        _COLUMNS,
        initial_indent=_INDENT,
        subsequent_indent=f"{_INDENT}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
