"""What the doctor found, as text."""

from __future__ import annotations

from textwrap import indent

from ringform.model.account_check import Finding
from ringform.reports.text import diagnostics
from ringform.reports.text.style import Style, safe


def render(finding: Finding, style: Style) -> str:
    """One finding: a line, and below it what to do about it, if anything."""
    if finding.diagnostic is None:
        return f"{style.added('ok  ')}  {safe(finding.check)}: {safe(finding.result)}"
    sign = style.error("fail") if finding.diagnostic.is_error else style.warning("warn")
    told = indent(diagnostics.render_one(finding.diagnostic, style), " " * 6)
    return f"{sign}  {safe(finding.check)}: {safe(finding.result)}\n{told}"
