"""``ringform fmt``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ringform.cli.exits import Exit
from ringform.cli.output import echo, echo_as_it_is, echo_err, print_diagnostics, style_for
from ringform.model.messages import counted
from ringform.operations.fmt import Formatted, fmt
from ringform.reports.text.style import safe


@click.command("fmt")
@click.option("--check", "is_check", is_flag=True, help="Write nothing; exit 2 if a file is out of shape.")
@click.option("--diff", "is_diff", is_flag=True, help="Write nothing; print what would change, for patch -p1.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
def command(paths: tuple[Path, ...], is_check: bool, is_diff: bool) -> Exit:
    """Give a manifest's files one layout, offline. What they mean never changes, and no comment is lost.

    Keys in the order of the documentation, phone numbers and digits in double quotes, hours in their short form, lines
    of up to 120 characters. A file that would lose something is left and named: then the exit code is 4.
    """
    formatted = fmt(paths)
    is_written = not (is_check or is_diff)
    if is_written:
        formatted.write()
    if is_diff:
        from ringform.reports import patch

        echo_as_it_is(patch.render(formatted.edits))
    print_diagnostics(formatted.left)
    (echo_err if is_diff else echo)(_text(formatted, is_written=is_written))
    if is_check and formatted.edits:
        return Exit.DIFFERENCES
    return Exit.PARTIAL if formatted.left and not is_check else Exit.DONE


def _text(formatted: Formatted, *, is_written: bool) -> str:
    style = style_for(sys.stdout)
    count = len(formatted.edits)
    verb = "Formatted" if is_written else "Out of shape:"
    lines = [f"{verb} {safe(each.name)}" for each in formatted.edits]
    in_shape = len(formatted.files) - count - len(formatted.left)
    if is_written:
        sums = f"{counted(count, 'file')} formatted, {in_shape} in shape already" if count else None
    else:
        sums = f"{counted(count, 'file')} to format, {in_shape} in shape" if count else None
    nothing = f"Nothing to format: {counted(in_shape, 'file')} in shape"
    left = f", {len(formatted.left)} left" if formatted.left else ""
    next_ = "" if is_written or not count else " Next: ringform fmt"
    return "\n".join([*lines, style.bold(f"{sums or nothing}{left}.") + next_])
