"""``ringform doctor``."""

from __future__ import annotations

import sys

import click

from ringform.cli import options, reporting, session
from ringform.cli.exits import Exit
from ringform.cli.output import echo, style_for
from ringform.operations.accounts import configured_providers
from ringform.operations.doctor import examine
from ringform.providers.protocol import Provider
from ringform.reports.text.style import Style


@click.command("doctor")
@options.provider
@reporting.reports("text", "json")
@options.account
def command(provider: Provider | None, reports: reporting.Reports, account: options.AccountOptions) -> Exit:
    """Check the key, the connection, what the key may read, and the clock. Only reads."""
    from ringform.reports.json import documents
    from ringform.reports.text import doctor

    checks = []
    providers = [provider] if provider else configured_providers(options.environment())
    for connection in session.connect(providers, account).values():
        for check in examine(connection):
            checks.append(check)
            if reports.format == "text":
                echo(doctor.render(check, style_for(sys.stdout)))

    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            return documents.text(documents.doctor(checks))
        return "\n".join(doctor.render(check, style) for check in checks)

    if reports.format == "json":
        echo(render("json", Style()))
    reports.write_files(render)
    return Exit.DONE if all(check.is_good for check in checks) else Exit.ERROR
