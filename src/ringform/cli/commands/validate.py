"""``ringform validate``."""

from __future__ import annotations

import click

from ringform.cli import options, reporting
from ringform.cli.exits import Exit
from ringform.manifest.check import Checked
from ringform.model.diagnostic import Severity
from ringform.model.messages import counted
from ringform.operations import check
from ringform.reports.text.style import Style


@click.command("validate")
@options.manifest
@reporting.reports("text", "json", *reporting.FINDINGS, "log")
@click.option("--verbose", is_flag=True, help="Show every warning, also where there are many of one sort.")
@click.option("--strict", is_flag=True, help="Fail on warnings, too; notes never fail.")
def command(
    written: options.ManifestOptions,
    reports: reporting.Reports,
    verbose: bool,
    strict: bool,
) -> Exit:
    """Check a manifest, offline. Every mistake is reported at once, with its place and what to do.

    A comment "# ringform: ignore=CODE" at the end of a line silences a warning about that line.
    """
    checked = check.check(
        written.paths, var_files=written.var_files, assignments=written.assignments, as_of=written.as_of
    )
    refused = strict and any(each.severity is Severity.WARNING for each in checked.diagnostics)
    code = Exit.ERROR if refused or checked.manifest is None else Exit.DONE

    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            from ringform.reports.json import documents

            return documents.text(documents.validation(checked.files, checked.diagnostics))
        if format_ == "text":
            return _text(checked, style, refused=refused, verbose=verbose)
        return reporting.render_run(format_, reports.run(code, checked.diagnostics, files=checked.files))

    reports.deliver(render)
    return code


def _text(checked: Checked, style: Style, *, refused: bool, verbose: bool) -> str:
    from ringform.reports.text import diagnostics

    counts = diagnostics.count_line(checked.diagnostics)
    if checked.manifest is None:
        last = style.bold(f"Not valid: {counts}.")
    else:
        objects = counted(checked.manifest.objects, "object")
        verdict = "Valid, but not by --strict" if refused else "Valid"
        sums = f"{objects} in {counted(len(checked.files), 'file')}{', ' + counts if counts else ''}"
        last = style.bold(f"{verdict}: {sums}.")
    if verbose:
        shown = diagnostics.render(checked.diagnostics, style)
    else:
        shown = diagnostics.render_grouped(checked.diagnostics, style, "--verbose shows all")
    return "\n\n".join(filter(None, [shown, last]))
