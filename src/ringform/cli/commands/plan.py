"""``ringform plan``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from ringform.callflow import findings
from ringform.callflow.plan_view import PlanView
from ringform.cli import options, reporting, session
from ringform.cli.approval import check_names
from ringform.cli.exits import Exit
from ringform.cli.output import echo, echo_err, print_diagnostics, style_for, write_file
from ringform.model.diagnostic import Diagnostic
from ringform.operations.approval import blocking_violations
from ringform.operations.callers import view_plan
from ringform.operations.targets import find_targets
from ringform.reports.text import drift as text_drift
from ringform.reports.text import guardrails
from ringform.reports.text import plan as text_plan
from ringform.reports.text.style import Style


@click.command("plan")
@options.manifest
@reporting.reports("text", "json", *reporting.FINDINGS, "gitlab-terraform", *reporting.MONITORING)
@click.option(
    "--out", type=options.OutputFileType("plan.json"), metavar="FILE", help="Save the plan, for ringform show."
)
@options.target
@options.only_calendar
@click.option("--replay", is_flag=True, help="Also show which of the account's last calls would have gone elsewhere.")
@click.option("--digest", is_flag=True, help="Print only the plan's digest, for apply --expect-digest.")
@options.allow
@click.option(
    "--detailed-exitcode",
    is_flag=True,
    help="Exit 2 when there are changes, 3 when an apply would refuse them.",
)
@options.account
def command(
    written: options.ManifestOptions,
    reports: reporting.Reports,
    out: Path | None,
    targets: tuple[str, ...],
    only_calendar: bool,
    replay: bool,
    digest: bool,
    allowed: tuple[str, ...],
    detailed_exitcode: bool,
    account: options.AccountOptions,
) -> Exit:
    """Show what an apply would change. Nothing but GET requests is sent."""
    manifest = session.load(written)
    chosen = find_targets(manifest, targets)
    check_names(allowed, [part.provider for part, _ in manifest.select(chosen)])
    _mention_cut_off_apply()
    connections = session.connect_to(manifest, account, chosen)
    planned = session.plan(manifest, connections, chosen, only_calendar=only_calendar)
    # Of the whole, or not at all.
    made, failures = planned.complete() if out or digest else planned.plan, planned.failures
    refused = blocking_violations(made, allowed)
    if failures:
        code = Exit.ERROR
    elif made.is_empty or not detailed_exitcode:
        code = Exit.DONE
    else:
        code = Exit.REFUSED if refused else Exit.DIFFERENCES
    if digest:
        if out:
            save(view_plan(made), out)
        echo(made.digest)
    else:
        view = replace(view_plan(made), allowed=frozenset(allowed))
        if out:
            save(view, out)
        if replay:
            from ringform.operations.replay import replay_plan

            with session.watched(connections) as watching:
                made, replayed = replay_plan(made, watching)
            view = replace(view, plan=made, replay=replayed)
        report(view, reports, code, failures=failures, written=written)
    if refused:
        echo_err("\n" + guardrails.refusal(refused, style_for(sys.stderr), of_plan=True))
    return code


def _mention_cut_off_apply() -> None:
    """Say it when the last apply in this folder has no end: what it left open is part of the new plan."""
    from ringform.operations.history import latest

    last = latest()
    print_diagnostics(last.diagnostics)
    for apply in last.applies:
        if apply.was_cut_off:
            from ringform.reports.text import history

            echo_err(history.cut_off(apply, style_for(sys.stderr)) + "\n")


def save(view: PlanView, path: Path) -> None:
    """Write the plan's JSON, readable by its owner only: it holds the account's texts and contacts.

    Raises:
        RingformError: The file cannot be written.
    """
    from ringform.reports.json import documents
    from ringform.reports.json import plan as json_plan

    write_file(path, documents.text(json_plan.document(view), indent=None) + "\n", mode=0o600)


def report(
    view: PlanView,
    reports: reporting.Reports,
    code: Exit,
    *,
    failures: Sequence[Diagnostic] = (),
    written: options.ManifestOptions | None = None,
    is_drift: bool = False,
) -> None:
    """Report a plan, or the same as a drift, and say which accounts could not be read for it.

    ``code`` is how the command ends. With ``written``, the text ends with what its dates ask of later applies.
    """

    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            from ringform.reports.json import documents
            from ringform.reports.json import plan as json_plan

            plan = replace(view.plan, diagnostics=(*failures, *view.plan.diagnostics))
            make = json_plan.drift if is_drift else json_plan.document
            return documents.text(make(replace(view, plan=plan)))
        if format_ == "text":
            text = text_drift.render(view, style) if is_drift else text_plan.render(view, style)
            if written and view.plan.dates:
                text += "\n\n" + session.dates_ahead(view.plan, written, style)
            return text
        found = findings.of_drift(view) if is_drift else findings.of_plan(view)
        return reporting.render_run(format_, reports.run(code, [*failures, *found], plan=view.plan))

    reports.deliver(render)
    print_diagnostics(failures)
