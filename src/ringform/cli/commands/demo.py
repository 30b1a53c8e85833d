"""``ringform demo``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

import click

from ringform.cli import emulator
from ringform.cli.exits import Exit
from ringform.cli.output import echo, style_for
from ringform.model.diagnostic import Diagnostic, RingformError

_MANIFEST = "ringform.yaml"
_SALES = "+14155551234"


@click.command("demo")
def command() -> Exit:
    """See the whole story in ten seconds: plan, apply, and drift, against an emulated account.

    Everything is real but the account: the same commands, over HTTP, to a sandbox that ends with the demo.
    """
    server = emulator.server()
    folder = Path(tempfile.mkdtemp(prefix="ringform-demo-"))
    try:
        manifest = resources.files("ringform.cli").joinpath("demo.yaml").read_bytes()
        (folder / _MANIFEST).write_bytes(manifest)
        with server.Sandbox() as sandbox:
            _Story(folder, sandbox.url, sandbox.key).run(sandbox.account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Exit.DONE


class _Story:
    """The demo's commands, each as a person would type it, run by the very program that is running."""

    def __init__(self, folder: Path, url: str, key: str) -> None:
        self._folder = folder
        self._style = style_for(sys.stdout)
        self._environment = {**os.environ, "PHONE_INC_BASE_URL": url, "PHONE_INC_API_KEY": key}
        # A zipapp (shiv, pex) is on the path of this process, and on no other's.
        self._environment["PYTHONPATH"] = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)
        if self._style.color:
            self._environment["FORCE_COLOR"] = "1"
        echo(self._style.dim(f"A sandbox answers at {url}, with the account of a small company."))

    def run(self, account: object) -> None:
        self._explain("This manifest says how its numbers should answer:")
        echo((self._folder / _MANIFEST).read_text("utf-8").rstrip())
        self._explain("What would an apply change?")
        self._run("plan", expected=Exit.DONE)
        self._explain("Apply it. ringform checks every answer against what it asked for.")
        self._run("apply", "--yes", expected=Exit.DONE)
        self._explain("Now the account is what the manifest says:")
        self._run("plan", expected=Exit.DONE)
        self._explain("Somebody changes a greeting in the dashboard. The nightly drift check reports it (exit code 2):")
        _edit_in_dashboard(account)
        self._run("drift", expected=Exit.DIFFERENCES)
        self._explain("And apply puts it back:")
        self._run("apply", "--yes", expected=Exit.DONE)
        echo("")
        echo(self._style.bold("That was the whole story. The sandbox and its files are gone again."))

    def _explain(self, text: str) -> None:
        echo(f"\n{self._style.bold('# ' + text)}")

    def _run(self, *arguments: str, expected: Exit) -> None:
        echo(f"{self._style.place('$')} ringform {' '.join(arguments)}")
        ended = subprocess.run(  # noqa: S603 - this very program
            [sys.executable, "-m", "ringform", *arguments], cwd=self._folder, env=self._environment, check=False
        )
        if ended.returncode != expected:
            summary = f"ringform {' '.join(arguments)} ended with {ended.returncode} in place of {int(expected)}"
            hint = "this is a defect of ringform: please report it with the output above"
            raise RingformError(Diagnostic("demo-failed", summary, hint=hint))


def _edit_in_dashboard(account: object) -> None:
    from ringform.sandbox.phone_inc.account import Account

    if isinstance(account, Account):
        greeting = {"type": "VoicemailConfig", "greeting": "Sorry we missed you. Please call back on Monday."}
        account.edit_main_number(_SALES, no_answer_config=greeting)
