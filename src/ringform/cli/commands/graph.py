"""``ringform graph``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from ringform.callflow.pictures import Picture
from ringform.cli import completion, options, reporting, session
from ringform.cli.exits import Exit
from ringform.operations import saved_plan
from ringform.operations.graph import draw_manifest, draw_plan
from ringform.reports.text.times import local


@click.command("graph")
@options.manifest
@click.option(
    "--to",
    "to",
    multiple=True,
    metavar="NUMBER",
    shell_complete=completion.of(completion.numbers),
    help="Draw only this number, or name. Repeatable.",
)
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw every number that a saved plan changes, before and after.",
)
@click.option("--live", is_flag=True, help="Draw the account as it is now, not as the manifest says. Only reads.")
@reporting.reports("mermaid", "svg", "html", is_silent=True)
@options.account
def command(
    written: options.ManifestOptions,
    to: tuple[str, ...],
    plan_file: Path | None,
    live: bool,
    reports: reporting.Reports,
    account: options.AccountOptions,
) -> Exit:
    """Draw how every number answers: as Mermaid for Markdown, as an SVG picture, or as a page for a browser."""
    if plan_file is None:
        pictures, as_of = _of_manifest(written, account if live else None, to)
    elif written.is_given or live:
        raise click.UsageError("--plan draws a saved plan: leave out PATHs, --var, --var-file, --as-of and --live")
    else:
        saved = saved_plan.read(plan_file)
        pictures = draw_plan(saved.plan, to)
        as_of = _made(saved.created_at)
    reports.deliver(lambda format_, _: _text(pictures, format_, as_of, is_plan=plan_file is not None))
    return Exit.DONE


def _of_manifest(
    written: options.ManifestOptions, account: options.AccountOptions | None, to: Sequence[str]
) -> tuple[list[Picture], str]:
    """Return the pictures, and a sentence that says when what they show holds."""
    manifest = session.load(written)
    if account is None:
        return draw_manifest(manifest, to=to), f"As the manifest is {_when(manifest.reading.as_of)}."
    from ringform.operations.observation import observe  # with the HTTP client, which is not loaded offline

    with session.watched(session.connect_to(manifest, account)) as connections:
        pictures = draw_manifest(manifest, observe(manifest.with_accounts, connections).complete(), to)
        return pictures, f"As the account is {_when(datetime.now(UTC))}."


def _made(created_at: str) -> str:
    try:
        return f"Before and after the plan that was made at {local(datetime.fromisoformat(created_at))}."
    except ValueError:  # somebody edited the file
        return "Before and after the plan."


def _when(moment: datetime) -> str:
    if moment.tzinfo is None:
        return f"on {moment:%Y-%m-%d} at {moment:%H:%M}, on each number's clock"
    return f"at {local(moment)}"


def _text(pictures: Sequence[Picture], format_: str, as_of: str, *, is_plan: bool) -> str:
    match format_:
        case "svg":
            from ringform.reports.graph import svg

            return svg.render(pictures, as_of, is_plan=is_plan)
        case "html":
            from ringform.reports.graph import html

            return html.render(pictures, as_of, is_plan=is_plan)
        case _:
            from ringform.reports.graph import mermaid

            return mermaid.render(pictures, as_of, is_plan=is_plan)
