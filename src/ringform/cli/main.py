"""The ``ringform`` command: finds the command's module, and turns every end into an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from ringform.cli.exits import Exit
from ringform.core.diagnostic import Diagnostic, RingformError
from ringform.version import __version__

_COMMANDS = {
    "validate": "Check a manifest, offline: every rule, every mistake at once.",
    "plan": "Show what an apply would change. Only reads.",
    "apply": "Make the account what the manifest says, after showing the plan and asking.",
    "drift": "Report where the live account differs; exit 2 if it does. Only reads.",
    "show": "Show a saved plan again.",
    "export": "Write the live account as a manifest. Only reads.",
    "doctor": "Check the key, the way to the account, permissions and the clock. Only reads.",
    "schema": "Print the JSON Schema of the manifest, for editors.",
    "sandbox": "Run an emulated account on this machine, to try things out.",
    "demo": "See the whole story in ten seconds, against an emulated account.",
}


class _Commands(click.Group):
    """The commands by name. A command's module is imported when it is run, so that start-up stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"ringform.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            from ringform.core.words import did_you_mean

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
    4 applied in part, 64 usage, 130 interrupted.
    """  # noqa: D301 - click wants the backspace itself


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit. Whatever goes wrong is told in words: a traceback is a defect of ringform."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(args=arguments, prog_name="ringform", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        code = Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        _tell("interrupted")
        code = Exit.INTERRUPTED
    except RingformError as error:
        from ringform.cli.output import complain

        complain(error.diagnostics)
        code = Exit.ERROR
    except OSError as error:
        code = _output_failed(error)
    sys.exit(code if isinstance(code, int) else Exit.DONE)


def _output_failed(error: OSError) -> Exit:
    """The output went nowhere: its reader has closed it, or the disk is full. Python must not try again at exit."""
    from ringform.cli.output import complain

    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        summary = "the program that reads this output has closed it"
        hint = "nothing is wrong with the plan; write it to a file first: --output FILE"
    else:
        summary = f"the output cannot be written: {error.strerror or error}"
        hint = "free some space, or write to another place"
    complain([Diagnostic("output-failed", summary, hint=hint)])
    return Exit.ERROR


def _tell(text: str) -> None:
    click.echo(text, err=True)


if __name__ == "__main__":
    main()
