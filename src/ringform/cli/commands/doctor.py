"""``ringform doctor``."""

from __future__ import annotations

import sys

import click

from ringform.cli import accounts, options, session
from ringform.cli.exits import Exit
from ringform.cli.output import echo, style_for
from ringform.operations.doctor import examine


@click.command("doctor")
@accounts.option
@options.format_("text", "json")
@options.account
def command(provider_name: str | None, format_: str, account: options.AccountOptions) -> Exit:
    """Check the key, the way to the account, what the key may read, and the clock. Only reads."""
    from ringform.reports.json import documents
    from ringform.reports.text import doctor

    checks = []
    for connection in session.connect(accounts.configured(provider_name), account).values():
        for check in examine(connection):
            checks.append(check)
            if format_ == "text":
                echo(doctor.render(check, style_for(sys.stdout)))
    if format_ == "json":
        echo(documents.text(documents.doctor(checks)))
    is_ill = any(check.diagnostic is not None and check.diagnostic.is_error for check in checks)
    return Exit.ERROR if is_ill else Exit.DONE
