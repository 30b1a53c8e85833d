"""The ``ringform`` command: finds the command's module, and turns every end into an exit code."""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from ringform.cli.exits import Exit
from ringform.model.diagnostic import Diagnostic, Refused, RingformError
from ringform.version import __version__

_GROUPS = {
    "Every day": {
        "validate": "Check a manifest, offline: every rule, every mistake at once.",
        "plan": "Show what an apply would change. Only reads.",
        "apply": "Make the account what the manifest says, after showing the plan and asking.",
        "undo": "Put back what an apply changed, from its journal.",
        "history": "List the applies made in this folder.",
        "pull": "Write what was changed in the account into the manifest, line by line.",
        "fmt": "Give the manifest's files one layout, without changing what they mean.",
        "export": "Write the live account as a manifest. Only reads.",
    },
    "Look": {
        "show": "Show a saved plan again.",
        "diff": "Compare two states: manifests, git revisions, dates, saved plans, the account.",
        "hours": "Draw the week of every number, and name its gaps.",
        "graph": "Draw how every number answers: Mermaid, SVG, or a page of HTML.",
        "simulate": "Walk one call through the manifest: who rings, what is played, how it ends.",
        "calendar": "List what closures, special hours and rotations will change on which day.",
        "replay": "Show which of the account's last calls the manifest would send elsewhere. Only reads.",
        "calls": "List the account's latest calls, callers masked, or show one. Only reads.",
    },
    "Check": {
        "drift": "Report where the live account differs; exit 2 if it does. Only reads.",
        "test": "Run the manifest's routing tests, offline.",
        "coverage": "Show which flows, keys and hours no routing test covers.",
        "guardrails": "List the rules that stop a plan that is valid but probably a mistake.",
        "doctor": "Check the key, the connection, permissions and the clock. Only reads.",
    },
    "Automate": {
        "schema": "Print the JSON Schema of the manifest, for editors.",
        "completion": "Print or install the completion of commands and values for a shell.",
        "sandbox": "Run an emulated account on this machine, to try things out.",
        "demo": "See the whole story in ten seconds, against an emulated account.",
    },
}
"""The commands by what they are for, in the order of the help."""

_COMMANDS = {name: help_ for group in _GROUPS.values() for name, help_ in group.items()}


class _Commands(click.Group):
    """The commands by name. A command's module is imported when it is run, so that start-up stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"ringform.cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # One column for all groups, as wide as the longest name.
        width = max(map(len, _COMMANDS))
        for title, commands in _GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), help_) for name, help_ in commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            from ringform.model.messages import did_you_mean

            hint = did_you_mean(args[0], _COMMANDS) or "ringform --help lists the commands"
            raise click.UsageError(f"there is no command {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ringform")
def cli() -> None:
    """Plan and apply for business phone numbers.

    A YAML manifest says how every main number answers. ringform checks it, compares it with the live account, shows
    what would change, and applies that with the fewest calls.

    \b
    Exit codes: 0 done or nothing to do, 1 error, 2 differences found, 3 refused (nothing changed),
    4 applied in part or something left, 64 usage, 130 interrupted.
    """  # noqa: D301 - click wants the backspace itself


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit. Report whatever goes wrong in words: a traceback is a defect of ringform."""
    _prepare_streams()
    if threading.current_thread() is threading.main_thread():
        # Not the handler of SIGINT: that one is ignored in a shell's background jobs, which must heed SIGTERM yet.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = cli.main(args=arguments, prog_name="ringform", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        _explain(error)
        code = Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        _end_at_once()
    except RingformError as error:
        from ringform.cli.output import print_diagnostics

        print_diagnostics(error.diagnostics)
        code = Exit.REFUSED if isinstance(error, Refused) else Exit.ERROR
    except OSError as error:
        code = _refused_by_system(error)
    except Exception as error:
        code = _defect(error, with_trace="--debug" in (arguments or sys.argv))
    sys.exit(code if isinstance(code, int) else Exit.DONE)


def _explain(error: click.UsageError) -> None:
    """Say what is wrong with the arguments, which may be the names of somebody else's files."""
    from ringform.cli.output import echo_err
    from ringform.reports.text.style import safe

    said = io.StringIO()
    error.show(said)
    echo_err("\n".join(map(safe, said.getvalue().removesuffix("\n").split("\n"))))


def _end_at_once() -> NoReturn:
    """End after Ctrl-C. Python would wait for its threads, and so for an answer that may be half a minute away."""
    _echo_err("interrupted")
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(Exit.INTERRUPTED)


def _prepare_streams() -> None:
    """Make output UTF-8 whatever the locale. A stream that was closed for us goes nowhere, as in other programs."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _refused_by_system(error: OSError) -> Exit:
    """The disk is full while help is written, a file of certificates is not there, and the like."""
    from ringform.cli.output import discard_stdout, print_diagnostics

    discard_stdout()
    where = f"{error.filename}: " if error.filename else ""
    hint = "fix that and try again; if nothing is wrong, please report it"
    summary = f"the operating system says: {where}{error.strerror or error}"
    print_diagnostics([Diagnostic("system-error", summary, hint=hint)])
    return Exit.ERROR


def _defect(error: Exception, *, with_trace: bool) -> Exit:
    from ringform.cli.output import echo_err, print_diagnostics

    if with_trace:
        echo_err("".join(traceback.format_exception(error)))
    summary = f"this is a defect of ringform: {type(error).__name__}: {error}"
    hint = "please report it" + ("" if with_trace else "; with --debug it shows where it happened")
    print_diagnostics([Diagnostic("defect", summary, hint=hint)])
    return Exit.ERROR


def _echo_err(text: str) -> None:
    click.echo(text, err=True)


if __name__ == "__main__":
    main()
