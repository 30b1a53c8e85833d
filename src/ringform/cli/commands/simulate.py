"""``ringform simulate``."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from ringform.cli import completion, options, reporting, session
from ringform.cli.exits import Exit
from ringform.manifest.manifest import Manifest
from ringform.model.diagnostic import RingformError
from ringform.operations import saved_plan
from ringform.operations.numbers import number_called, numbers, numbers_in_plan
from ringform.operations.simulate import live_accounts, live_number, simulate
from ringform.reports.text.style import Style


@click.command("simulate")
@options.manifest
@click.option(
    "--to",
    "to",
    required=True,
    metavar="NUMBER",
    shell_complete=completion.of(completion.numbers),
    help="The number to call, or its name.",
)
@click.option(
    "--at",
    type=options.MomentType(),
    metavar="TIME",
    help='When, on the number\'s clock: "2026-12-24 10:00"; or with an offset. [default: now]',
)
@click.option(
    "--press",
    multiple=True,
    type=click.Choice([*"123456789*0#"]),
    metavar="KEY",
    help="A key that the caller presses. Repeatable, in order.",
)
@click.option("--no-answer", is_flag=True, help="Nobody picks up. Without it, whoever rings answers.")
@click.option("--live", is_flag=True, help="Call the account as it is now, not as the manifest says. Only reads.")
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Call a number as this saved plan leaves it, instead of a manifest's. Works offline.",
)
@click.option("--before", is_flag=True, help="With --plan: as the number was when the plan was made.")
@reporting.reports("text", "json")
@options.account
def command(
    written: options.ManifestOptions,
    to: str,
    at: datetime | None,
    press: tuple[str, ...],
    no_answer: bool,
    live: bool,
    plan_file: Path | None,
    before: bool,
    reports: reporting.Reports,
    account: options.AccountOptions,
) -> Exit:
    """Walk one call through the manifest, or a saved plan: what is played, who rings for how long, how it ends."""
    if before and not plan_file:
        raise click.UsageError("--before needs --plan")
    if plan_file and (written.is_given or live):
        raise click.UsageError("--plan takes no PATH, --var, --var-file, --as-of or --live")
    asked = at or datetime.now().astimezone()
    if plan_file:
        number = number_called(numbers_in_plan(saved_plan.read(plan_file).plan, before=before), to, where="the plan")
    elif live:
        manifest = _manifest_if_any(written, asked)
        with session.watched(session.connect(live_accounts(manifest, to), account)) as connections:
            number = live_number(manifest, to, connections)
    else:
        manifest = session.load(replace(written, as_of=written.as_of or asked))
        number = number_called(numbers(manifest), to, where="the manifest")
    simulation = simulate(number, asked, press, answered=not no_answer)

    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            from ringform.reports.json import documents

            return documents.text(documents.trace(simulation))
        from ringform.reports.text import trace as text_trace

        return text_trace.render(simulation, number.people, style)

    reports.deliver(render)
    return Exit.DONE


def _manifest_if_any(written: options.ManifestOptions, asked: datetime) -> Manifest | None:
    """Return the manifest, for its names; an account can be called without one."""
    try:
        return session.load(replace(written, as_of=written.as_of or asked))
    except RingformError as error:
        if written.is_given or any(each.code != "no-manifest" for each in error.diagnostics):
            raise
        return None
