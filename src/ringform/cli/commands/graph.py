"""``ringform graph``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ringform.callflow.pictures import Picture
from ringform.cli import completion, options, reporting, session
from ringform.cli.exits import Exit
from ringform.operations import saved_plan
from ringform.operations.graph import draw_manifest, draw_plan


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
        pictures = _of_manifest(written, account if live else None, to)
    elif written.is_given or live:
        raise click.UsageError("--plan draws a saved plan: leave out PATHs, --var, --var-file, --as-of and --live")
    else:
        pictures = draw_plan(saved_plan.read(plan_file).plan, to)
    reports.deliver(lambda format_, _: _text(pictures, format_, is_plan=plan_file is not None))
    return Exit.DONE


def _of_manifest(
    written: options.ManifestOptions, account: options.AccountOptions | None, to: Sequence[str]
) -> list[Picture]:
    manifest = session.load(written)
    if account is None:
        return draw_manifest(manifest, to=to)
    from ringform.operations.observation import observe  # with the HTTP client, which is not loaded offline

    with session.watched(session.connect_to(manifest, account)) as connections:
        return draw_manifest(manifest, observe(manifest.parts, connections).complete(), to)


def _text(pictures: Sequence[Picture], format_: str, *, is_plan: bool) -> str:
    match format_:
        case "svg":
            from ringform.reports.graph import svg

            return svg.render(pictures, is_plan=is_plan)
        case "html":
            from ringform.reports.graph import html

            return html.render(pictures, is_plan=is_plan)
        case _:
            from ringform.reports.graph import mermaid

            return mermaid.render(pictures, is_plan=is_plan)
