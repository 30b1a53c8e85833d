"""The outcome of an apply as text: what failed and why, what was not tried, and the totals."""

from __future__ import annotations

from ringform.model.messages import counted
from ringform.model.outcome import CallResult, Outcome, Status
from ringform.reports.text import diagnostics
from ringform.reports.text.style import Style, safe

_SIGNS = {Status.DONE: "done", Status.FAILED: "failed", Status.UNKNOWN: "unknown", Status.NOT_ATTEMPTED: "not tried"}


def render(outcome: Outcome, style: Style) -> str:
    """Return the report, without a final newline. Calls that are done are only counted."""
    not_done = [result for result in outcome.results if result.status is not Status.DONE]
    blocks = ["\n".join(_line(result, style) for result in not_done)] if not_done else []
    problems = [*(result.diagnostic for result in not_done if result.diagnostic), *outcome.diagnostics]
    blocks += [diagnostics.render_one(diagnostic, style) for diagnostic in dict.fromkeys(problems)]
    return "\n\n".join([*blocks, summary(outcome, style)])


def _line(result: CallResult, style: Style) -> str:
    paint = {Status.FAILED: style.error, Status.UNKNOWN: style.warning}.get(result.status, style.dim)
    name = f" {safe(result.change.name)}" if result.change.name else ""
    return f"{paint(f'{_SIGNS[result.status]:<9}')} {safe(str(result.change.address))}{name}: {safe(str(result.call))}"


def summary(outcome: Outcome, style: Style) -> str:
    """Return the totals, the time spent waiting, and what to do next if not everything is done."""
    if not outcome.results:
        return style.bold(f"{outcome.verdict}.")
    waited = [f"The account asked to slow down: ringform waited {outcome.waited:.1f} s."] if outcome.waited else []
    if outcome.is_complete:
        return "\n".join([style.bold(f"{outcome.verdict}: {counted(len(outcome.results), 'API call')} done."), *waited])
    sums = ", ".join(f"{number:,} {_SIGNS[status]}" for status in Status if (number := outcome.count(status)))
    lines = [style.bold(f"{outcome.verdict}: {sums}."), *waited]
    if outcome.count(Status.UNKNOWN):
        lines.append("Unknown: no answer says whether the call took effect.")
    lines.append("Run ringform plan to see what is left; applying again goes on from there.")
    return "\n".join(lines)
