"""One report in several formats: one on stdout, and more in files, all of the same run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from ringform.cli.options import OutputFileType
from ringform.cli.output import echo, style_for, write_file
from ringform.model.messages import listed
from ringform.reports.text.style import Style

Render = Callable[[str, Style], str]
"""Renders a report in the format of this name. Colours are for text on a terminal."""

_COMMANDS = frozenset({"github"})
"""The formats that are commands to a CI."""


@dataclass(frozen=True, slots=True)
class Reports:
    """Where a report goes: in ``format`` to stdout, unless that is None, and in other formats to ``files``."""

    format: str | None
    files: tuple[tuple[str, Path], ...] = ()

    def deliver(self, render: Render) -> None:
        """Print the report and write its files.

        Raises:
            RingformError: It cannot be printed, or a file cannot be written.
        """
        if self.format:
            echo(
                render(self.format, style_for(sys.stdout)),
                is_commands=self.format in _COMMANDS,
                wraps=self.format == "text",
            )
        self.write_files(render)

    def write_files(self, render: Render) -> None:
        """Write the files, for a command that prints its report in parts of its own.

        Raises:
            RingformError: One cannot be written.
        """
        for format_, path in self.files:
            report = render(format_, Style()).removesuffix("\n") + "\n"
            write_file(path, report, is_commands=format_ in _COMMANDS)


class _ReportType(click.ParamType[tuple[str, Path]]):
    """``FORMAT=FILE``."""

    name = "report"

    def __init__(self, formats: tuple[str, ...]) -> None:
        self.formats = formats

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """See ``click.ParamType.shell_complete``."""
        return [CompletionItem(f"{name}=") for name in self.formats if name.startswith(incomplete)]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        """See ``click.ParamType.convert``.

        Raises:
            RingformError: The file's folder does not exist.
        """
        format_, equals, path = str(value).partition("=")
        if not equals:
            self.fail(f"write FORMAT=FILE, such as {self.formats[-1]}=report.{self.formats[-1]}", param, ctx)
        if format_ not in self.formats:
            self.fail(f"{format_!r} is not one of its formats: {listed(self.formats, last='or')}", param, ctx)
        if path == "-":
            self.fail(f"- is no file; --format {format_} prints the report", param, ctx)
        return format_, OutputFileType(f"report.{format_}").convert(path, param, ctx)


def reports(*formats: str, is_silent: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--format`` and ``--report``, as one argument ``reports``; the first format is the default.

    With ``is_silent``, files take the place of what would be printed if nobody asks for a format.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def gathered(*args: Any, format_: str | None, files: tuple[tuple[str, Path], ...], **kwargs: Any) -> Any:
            paths = [path for _, path in files]
            twice = next((path for path in paths if paths.count(path) > 1), None)
            if twice:
                raise click.UsageError(f"two reports cannot be written to one file, {twice}")
            default = None if is_silent and files else formats[0]
            return function(*args, reports=Reports(format_ or default, files), **kwargs)

        with_files = click.option(
            "--report",
            "files",
            multiple=True,
            type=_ReportType(formats),
            metavar="FORMAT=FILE",
            help="Also write the report to a file, in this format. Repeatable.",
        )(gathered)
        unless = ", unless --report is given" if is_silent else ""
        return click.option(
            "--format",
            "format_",
            type=click.Choice(formats),
            help=f"The format of the report on stdout. [default: {formats[0]}{unless}]",
        )(with_files)

    return decorate
