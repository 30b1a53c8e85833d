"""``ringform completion``."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from ringform.cli.exits import Exit
from ringform.cli.output import echo, write_file
from ringform.model.diagnostic import Diagnostic, RingformError

_SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.option("--install", is_flag=True, help="Write the script to where the shell looks for it.")
def command(shell: str, install: bool) -> Exit:
    """Print the completion script for a shell, or install it for you.

    It completes commands, options, and values: numbers of the manifest, guardrails, providers, formats and journals.
    """
    from ringform.cli.app import cli

    completion = get_completion_class(shell)
    assert completion is not None
    script = completion(cli, {}, "ringform", "_RINGFORM_COMPLETE").source()
    if not install:
        echo(script)
        return Exit.DONE
    path = _place(shell)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = f"print it with ringform completion {shell}, and save it where your shell looks for it"
        summary = f"{path.parent} cannot be made: {error.strerror or error}"
        raise RingformError(Diagnostic("output-failed", summary, hint=hint)) from None
    write_file(path, script + "\n")
    echo(f"Written to {path}. It works in every {shell} that you start from now on.")
    if shell == "zsh":
        echo("If it does not, add this line to ~/.zshrc, above any compinit:")
        echo(f"  fpath+=({path.parent}); autoload -Uz compinit; compinit")
    elif shell == "bash":
        echo("That takes the package bash-completion. Without it, add this line to ~/.bashrc:")
        echo(f"  source {path}")
    return Exit.DONE


def _place(shell: str) -> Path:
    """Return the file in which the shell looks for this user's completion of ``ringform``."""
    home = Path.home()
    if shell == "fish":
        return Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "fish" / "completions" / "ringform.fish"
    if shell == "zsh":
        return home / ".zfunc" / "_ringform"
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return data / "bash-completion" / "completions" / "ringform"
