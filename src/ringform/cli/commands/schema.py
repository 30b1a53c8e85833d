"""``ringform schema``."""

from __future__ import annotations

import click

from ringform.cli.exits import Exit
from ringform.cli.output import echo
from ringform.manifest.schema import manifest_schema
from ringform.reports.json import documents


@click.command("schema")
def command() -> Exit:
    """Print the JSON Schema of the manifest, for editors."""
    echo(documents.text(manifest_schema()))
    return Exit.DONE
