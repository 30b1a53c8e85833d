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

    findings = []
    for connection in session.connect(accounts.configured(provider_name), account).values():
        for finding in examine(connection):
            findings.append(finding)
            if format_ == "text":
                echo(doctor.render(finding, style_for(sys.stdout)))
    if format_ == "json":
        echo(documents.text(documents.doctor(findings)))
    is_ill = any(finding.diagnostic is not None and finding.diagnostic.is_error for finding in findings)
    return Exit.ERROR if is_ill else Exit.DONE
