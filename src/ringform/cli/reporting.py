"""One report in several formats: one on stdout, and more in files, all of the same run, and of one that fails."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from ringform.cli.exits import Exit
from ringform.cli.options import ManifestOptions, OutputFileType
from ringform.cli.output import append_line, echo, style_for, write_file
from ringform.model.diagnostic import Diagnostic, Refused, RingformError
from ringform.model.messages import listed
from ringform.model.plan import Plan
from ringform.model.run import Run
from ringform.reports.text.style import Style

Render = Callable[[str, Style], str]
"""Renders a report in the format of this name. Colours are for text on a terminal."""

FINDINGS = ("junit", "sarif", "github", "azure", "gitlab-codequality")
"""The formats that show what was found at its line."""
MONITORING = ("prometheus", "log")
"""The formats for programs that watch runs."""

_COMMANDS = frozenset({"github", "azure"})
"""The formats that are commands to a CI."""


def render_run(format_: str, run: Run) -> str:
    """Return a run in one of the formats that are the same for every command."""
    match format_:
        case "github" | "azure":
            from ringform.reports import annotations

            return annotations.github(run) if format_ == "github" else annotations.azure(run)
        case "gitlab-codequality" | "gitlab-terraform":
            from ringform.reports import gitlab

            return gitlab.codequality(run) if format_ == "gitlab-codequality" else gitlab.terraform(run)
        case "sarif":
            from ringform.reports import sarif

            return sarif.render(run)
        case "junit":
            from ringform.reports import junit

            return junit.render(run)
        case "prometheus":
            from ringform.reports import prometheus

            return prometheus.render(run)
        case "json" | "log":
            from ringform.reports.json import documents

            return documents.text(documents.run(run), indent=None if format_ == "log" else 2)
        case _:
            from ringform.reports.text import diagnostics

            return diagnostics.render(run.findings, Style())


@dataclass(slots=True)
class Reports:
    """Where a report goes: in ``format`` to stdout, unless that is None, and in other formats to ``files``.

    ``command`` is the command's name, and ``paths`` are those of the manifest that were given to it.
    """

    format: str | None
    files: tuple[tuple[str, Path], ...] = ()
    command: str = ""
    paths: tuple[str, ...] = ()
    _are_written: bool = field(default=False, init=False)

    def run(
        self,
        code: Exit,
        findings: Iterable[Diagnostic],
        *,
        files: Iterable[str] = (),
        plan: Plan | None = None,
        calls: Mapping[str, int] | None = None,
    ) -> Run:
        """Return the run of this command that ends now, with this exit code and what was found."""
        objects: dict[str, int] = {}
        if plan:
            sums = plan.summary
            objects = {name: getattr(sums, name) for name in ("create", "update", "delete", "unchanged", "unmanaged")}
        return Run(
            self.command,
            code,
            datetime.now(UTC),
            self.paths,
            tuple(findings),
            tuple(plan.manifest.files if plan else files),
            objects,
            calls or {},
            plan.digest if plan else None,
        )

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
        self._are_written = True
        for format_, path in self.files:
            report = render(format_, Style()).removesuffix("\n")
            if format_ == "log":
                append_line(path, report)
                continue
            if format_ == "prometheus":
                from ringform.reports.prometheus import with_last_success

                report = with_last_success(report, _earlier(path))
            write_file(path, report + "\n", is_commands=format_ in _COMMANDS)

    def write_failure(self, error: RingformError) -> None:
        """Write the files of a run that failed before it had a report: its errors are the report.

        Raises:
            RingformError: One cannot be written.
        """
        if self._are_written:
            return
        run = self.run(Exit.REFUSED if isinstance(error, Refused) else Exit.ERROR, error.diagnostics)
        self.write_files(lambda format_, _: render_run(format_, run))


def _earlier(path: Path) -> str:
    """Return what a report says that is about to be replaced."""
    try:
        return path.read_text("utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return ""


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
            self.fail(f"write FORMAT=FILE, such as {self.formats[1]}=report.{self.formats[1]}", param, ctx)
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
            written = kwargs.get("written")
            named = written.paths if isinstance(written, ManifestOptions) else ()
            command = click.get_current_context().info_name or ""
            reports = Reports(format_ or default, files, command, tuple(map(str, named)))
            try:
                return function(*args, reports=reports, **kwargs)
            except RingformError as error:
                reports.write_failure(error)
                raise

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
            metavar="FORMAT",
            help=f"The format of the report on stdout: {listed(formats, last='or')}. [default: {formats[0]}{unless}]",
        )(with_files)

    return decorate
