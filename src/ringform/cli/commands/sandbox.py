"""``ringform sandbox``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ringform.cli import emulator
from ringform.cli.exits import Exit
from ringform.cli.output import echo
from ringform.model.diagnostic import Diagnostic, RingformError

if TYPE_CHECKING:
    from ringform.sandbox.server import Sandbox


@click.command("sandbox")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    metavar="PORT",
    help="The port to listen on; 0 picks a free one.",
)
@click.option(
    "--state", type=click.Path(path_type=Path), metavar="FILE", help="Keep the accounts in this file across restarts."
)
@click.option(
    "--numbers", type=click.IntRange(0, 5_000), metavar="N", help="Start with N made-up numbers for each vendor."
)
@click.option("--contacts", type=click.IntRange(0, 100_000), metavar="M", help="Start with M made-up contacts.")
@click.option(
    "--latency-ms", type=click.IntRange(0, 60_000), default=0, metavar="MS", help="Delay every answer by this much."
)
@click.option(
    "--rate-limit", type=click.FloatRange(min=0, min_open=True), metavar="N", help="Refuse requests above N a second."
)
@click.option(
    "--rate-limit-status",
    type=click.Choice(["429", "503"]),
    default="429",
    show_default=True,
    help="What to answer above the rate limit; nginx answers 503.",
)
@click.option(
    "--error-rate",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SHARE",
    help="This share of requests fails with 5xx.",
)
@click.option(
    "--drop-rate",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SHARE",
    help="This share of connections is closed, before or after the write took effect.",
)
@click.option(
    "--drop-timer-without-flow",
    is_flag=True,
    help="Phone.inc's account keeps no ring timer without a no-answer flow.",
)
def command(
    port: int,
    state: Path | None,
    numbers: int | None,
    contacts: int | None,
    latency_ms: int,
    rate_limit: float | None,
    rate_limit_status: str,
    error_rate: float,
    drop_rate: float,
    drop_timer_without_flow: bool,
) -> Exit:
    """Run an emulated account on this machine, to try things out. Press Ctrl-C to stop it.

    Without --numbers or --contacts it begins with a small example account. Faults can be switched on to see how an
    apply copes with them.
    """
    server = emulator.server()
    from ringform.sandbox.faults import Faults
    from ringform.sandbox.store import StateError

    try:
        server.serve(
            port=port,
            state=state,
            numbers=numbers,
            contacts=contacts,
            faults=Faults(
                latency_ms=latency_ms,
                rate_limit=rate_limit,
                rate_limit_status=int(rate_limit_status),
                error_rate=error_rate,
                drop_rate=drop_rate,
            ),
            keeps_timer_without_flow=not drop_timer_without_flow,
            on_ready=_announce,
        )
    except (server.SandboxError, StateError) as error:
        is_busy = isinstance(error, server.SandboxError)
        hint = "choose another --port, or --port 0 for a free one" if is_busy else "name another file with --state"
        raise RingformError(Diagnostic("sandbox-failed", str(error), hint=hint)) from None
    return Exit.DONE


def _announce(sandbox: Sandbox) -> None:
    echo("The sandbox is running. In another terminal:")
    for name, value in (
        ("PHONE_INC_BASE_URL", sandbox.url),
        ("PHONE_INC_API_KEY", sandbox.key),
        ("ZENDESK_BASE_URL", sandbox.zendesk_url),
        ("ZENDESK_EMAIL", sandbox.zendesk_email),
        ("ZENDESK_API_TOKEN", sandbox.zendesk_token),
        ("ONEINBOX_BASE_URL", sandbox.oneinbox_url),
        ("ONEINBOX_API_KEY", sandbox.oneinbox_key),
    ):
        echo(f"  export {name}={value}")
    echo("  ringform export")
    echo("Press Ctrl-C to stop it.")
