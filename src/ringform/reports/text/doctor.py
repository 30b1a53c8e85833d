"""The checks of ``ringform doctor`` as text."""

from __future__ import annotations

from textwrap import indent

from ringform.model.account_check import AccountCheck
from ringform.reports.text import diagnostics
from ringform.reports.text.style import Style, safe


def render(check: AccountCheck, style: Style) -> str:
    """Return one check: a line, and its diagnostic below."""
    if check.diagnostic is None:
        return f"{style.added('ok  ')}  {safe(check.subject)}: {safe(check.result)}"
    sign = style.error("fail") if check.diagnostic.is_error else style.warning("warn")
    problem = indent(diagnostics.render_one(check.diagnostic, style), " " * 6)
    return f"{sign}  {safe(check.subject)}: {safe(check.result)}\n{problem}"
