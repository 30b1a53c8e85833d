"""``ringform schema``."""

from __future__ import annotations

import json

import click

from ringform.cli.exits import Exit
from ringform.cli.output import echo
from ringform.manifest.schema import manifest_schema


@click.command("schema")
def command() -> Exit:
    """Print the JSON Schema of the manifest, for editors."""
    echo(json.dumps(manifest_schema(), indent=2))
    return Exit.DONE
