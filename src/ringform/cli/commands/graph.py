"""``ringform graph``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from ringform.callflow import pictures as call_flows
from ringform.callflow.pictures import Picture
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import deliver
from ringform.manifest.manifest import Part
from ringform.model.address import Address
from ringform.model.snapshot import Snapshot
from ringform.operations import saved_plan
from ringform.operations.numbers import address_called
from ringform.providers import registry

_Pictures = dict[Address, Picture]


@click.command("graph")
@options.manifest
@click.option("--to", "to", multiple=True, metavar="NUMBER", help="Draw only this number, or name. Repeatable.")
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw every number that a saved plan changes, before and after.",
)
@click.option("--live", is_flag=True, help="Draw the account as it is now, not as the manifest says. Only reads.")
@options.format_("mermaid", "svg", "html")
@options.output
@options.account
def command(
    written: options.ManifestOptions,
    to: tuple[str, ...],
    plan_file: Path | None,
    live: bool,
    format_: str,
    output: Path | None,
    account: options.AccountOptions,
) -> Exit:
    """Draw how every number answers: as Mermaid for Markdown, as an SVG picture, or as a page for a browser."""
    if plan_file is None:
        drawn = _of_manifest(written, account if live else None)
    elif written.is_given or live:
        raise click.UsageError("--plan draws a saved plan: leave out PATHs, --var, --var-file, --as-of and --live")
    else:
        drawn = _of_plan(plan_file)
    where = "the manifest" if plan_file is None else "the plan"
    text = _text(_chosen(drawn, to, where), format_, is_plan=plan_file is not None)
    deliver(text, output)
    return Exit.DONE


def _of_manifest(
    written: options.ManifestOptions,
    account: options.AccountOptions | None,
) -> _Pictures:
    manifest = session.load(written)
    live: Mapping[str, Snapshot] = {}
    if account is not None:
        from ringform.operations.observation import observe  # with the HTTP client, which is not loaded offline

        with session.watched(session.connect_to(manifest, account)) as connections:
            live = observe(manifest.parts, connections).complete()
    return {address: picture for part in manifest.parts for address, picture in _of_part(part, live)}


def _of_part(part: Part, live: Mapping[str, Snapshot]) -> Iterator[tuple[Address, Picture]]:
    """The numbers of one provider, as its account has them if that was read."""
    people = dict(part.desired.people)
    objects = {address: wanted.fields for address, wanted in part.desired.wanted.items() if not wanted.absent}
    account = live.get(part.provider.name)
    if account is not None:
        objects = {address: account.resources[address].fields for address in objects if address in account.resources}
        people = {id_: person["name"] for id_, person in account.people.items() if "name" in person} | people
    return call_flows.of_numbers(part.provider, objects, people)


def _of_plan(file: Path) -> _Pictures:
    plan = saved_plan.read(file).plan
    return dict(call_flows.of_plan(plan, [registry.provider(name) for name in plan.providers]))


def _chosen(drawn: _Pictures, to: Sequence[str], where: str) -> list[Picture]:
    """The pictures of the numbers that were asked for, in the order asked for; without any, all.

    Raises:
        RingformError: One of them is not there.
    """
    names = {address: picture.name for address, picture in drawn.items()}
    chosen = [address_called(each, names, where) for each in to] or drawn
    return [drawn[address] for address in dict.fromkeys(chosen)]


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
