"""The Python interface, used as its own documentation shows it."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import ringform as package
from cli.harness import Ringform
from ringform import api

MANIFEST = 'version: 1\nmain_numbers: {"+14155551234": {name: Sales Europe}}\n'


def example() -> str:
    """The example in the docstring of ``ringform.api``."""
    assert api.__doc__
    lines = api.__doc__.splitlines()
    return textwrap.dedent("\n".join(line for line in lines if line.startswith("    ") or not line))


def test_the_example_of_the_docstring(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.write(MANIFEST)
    ended = subprocess.run(
        [sys.executable, "-c", example()],
        cwd=ringform.folder,
        env=ringform.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    (number, _) = ringform.sandbox.account.main_numbers.values()
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f"main_number:+14155551234 ['PATCH /main_numbers/{number.id}']\n"
    assert number.name == "Sales Europe"


def test_every_public_name_is_there() -> None:
    assert [name for name in api.__all__ if getattr(package, name, None) is None] == []
