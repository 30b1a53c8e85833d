"""``ringform calls``."""

from __future__ import annotations

import click

from ringform.cli import options, reporting, session
from ringform.cli.exits import Exit
from ringform.cli.output import echo_err
from ringform.model.messages import counted
from ringform.operations.accounts import configured_providers
from ringform.operations.calls import CallList, list_calls, show_call
from ringform.providers.protocol import Provider
from ringform.reports.text.style import Style

_DIRECTIONS = {"inbound": True, "outbound": False}


@click.command("calls")
@click.argument("call_id", metavar="[ID]", required=False)
@click.option(
    "--number",
    metavar="NUMBER",
    help="Only calls with this number: one of the account's own, by itself or by its name, or the other party's.",
)
@click.option("--direction", type=click.Choice(tuple(_DIRECTIONS)), help="Only calls in this direction.")
@click.option("--state", metavar="STATE", help="Only calls in this state, such as ended or bridged.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="How many calls to list at most. Phone.inc gives its latest 50 at most.",
)
@options.show_personal_data
@options.provider
@reporting.reports("text", "json")
@options.account
def command(
    call_id: str | None,
    number: str | None,
    direction: str | None,
    state: str | None,
    limit: int,
    show_personal_data: bool,
    provider: Provider | None,
    reports: reporting.Reports,
    account: options.AccountOptions,
) -> Exit:
    """List the account's latest calls, newest first, or show one by its ID. Only reads.

    Callers' numbers are masked, and what was said is left out, unless --show-personal-data asks for them.
    """
    if call_id is not None and any([number, direction, state]):
        raise click.UsageError("a call is shown by its ID alone: leave out --number, --direction and --state")
    providers = [provider] if provider else configured_providers(options.environment())
    connections = session.connect(providers, account)
    if call_id is not None:
        found = CallList((show_call(connections, call_id),), 1)
    else:
        is_inbound = _DIRECTIONS[direction] if direction else None
        found = list_calls(connections, number=number, is_inbound=is_inbound, state=state, limit=limit)

    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            from ringform.reports.json import calls as json_calls
            from ringform.reports.json import documents

            return documents.text(json_calls.document(found.calls, show_personal_data=show_personal_data))
        from ringform.reports.text import calls as text_calls

        if call_id is not None:
            return text_calls.render_one(found.calls[0], style, show_personal_data=show_personal_data)
        return text_calls.render(found.calls, style, show_personal_data=show_personal_data)

    reports.deliver(render)
    if reports.format == "text" and found.looked_through > len(found.calls):
        echo_err(f"\nFound among the account's last {counted(found.looked_through, 'call')}.")
    return Exit.DONE
