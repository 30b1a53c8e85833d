"""The command line itself: help, and usage errors, which exit with 64."""

from __future__ import annotations

import click
import pytest

from cli.harness import Ringform, golden
from ringform.cli import app
from ringform.version import __version__

COMMANDS = app.cli.list_commands(click.Context(app.cli))


def test_version(offline: Ringform) -> None:
    ended = offline("--version")
    assert (ended.code, ended.out) == (0, f"ringform, version {__version__}\n")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help(offline: Ringform, name: str) -> None:
    arguments = (name, "--help") if name else ("--help",)
    ended = offline(*arguments, COLUMNS="100")
    assert (ended.code, ended.err) == (0, "")
    golden(f"help-{name or 'ringform'}", (f"ringform {' '.join(arguments)}", ended))


def test_usage_errors(offline: Ringform) -> None:
    lines = (
        "",
        "plna",
        "--bad",
        "plan --formt json",
        "plan --format xml",
        "plan --as-of 24.12.2026",
        "validate --as-of 5.1.2026 --verbose",
        "plan --parallelism 0",
        "plan --timeout never",
        "apply --detailed-exitcode",
        "show",
        "schema too much",
        "sandbox --error-rate 2",
    )
    steps = [(f"ringform {line}".rstrip(), offline(*line.split(), COLUMNS="100")) for line in lines]
    assert {(ended.code, ended.out) for _, ended in steps} == {(64, "")}
    golden("usage", *steps)
