"""The options that several commands share."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from ringform.calendar.dates import repaired_date
from ringform.cli import completion
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import listed
from ringform.model.plan import Plan
from ringform.providers import registry
from ringform.providers.protocol import Provider

F = TypeVar("F", bound=Callable[..., Any])


_EARLIEST, _LATEST = 2000, 2199
"""Years that a manifest can be read for."""


class MomentType(click.ParamType[datetime]):
    """A day, which stands for its first minute, or a time; without an offset it is by each number's own clock."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """See ``click.ParamType.convert``."""
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            day, _, time = str(value).strip().partition(" ")
            meant = repaired_date(day)
            hint = f"did you mean {f'{meant} {time}'.strip()!r}?" if meant else "write 2026-12-24 or '2026-12-24 10:00'"
            self.fail(f"{value!r} is not a day or time; {hint}", param, ctx)
        if not _EARLIEST <= moment.year <= _LATEST:
            self.fail(f"the year is from {_EARLIEST} to {_LATEST}", param, ctx)
        return moment


@dataclass(frozen=True, slots=True)
class ManifestOptions:
    """Which manifest a command is about, and how its templates and dates are read (``as_of`` None: now)."""

    paths: tuple[Path, ...] = ()
    var_files: tuple[Path, ...] = ()
    assignments: tuple[str, ...] = ()
    as_of: datetime | None = None

    @property
    def is_given(self) -> bool:
        """Whether the command line names a manifest or anything for one."""
        return bool(self.paths or self.var_files or self.assignments or self.as_of)

    @classmethod
    def of(cls, plan: Plan) -> ManifestOptions:
        """Return the files of a saved plan; how they were named when it was made is not in it."""
        return cls(tuple(map(Path, plan.manifest.files)))

    @property
    def nightly(self) -> list[str]:
        """The command that makes what dates ask for from the same manifest, on the day on which it is run."""
        options = [("--var-file", str(file)) for file in self.var_files] + [
            ("--var", each) for each in self.assignments
        ]
        words = [word for option in options for word in option]
        return ["ringform", "apply", "--calendar", "--yes", *words, *map(str, self.paths)]


def variables(function: F) -> F:
    """Variables for the templates in manifests, as the arguments ``var_files`` and ``assignments``."""
    for decorate in (
        click.option(
            "--var-file",
            "var_files",
            multiple=True,
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="A YAML file of variables. Repeatable; a later file wins.",
        ),
        click.option(
            "--var",
            "assignments",
            multiple=True,
            metavar="NAME=VALUE",
            help="A variable for {{ name }} in texts. Repeatable; wins over files.",
        ),
    ):
        function = decorate(function)
    return function


def manifest(function: Callable[..., Any]) -> Callable[..., Any]:
    """PATHs, variables for the templates in them, and a day for their dates, as one argument ``written``."""

    @wraps(function)
    def gathered(
        *args: Any,
        paths: tuple[Path, ...],
        var_files: tuple[Path, ...],
        assignments: tuple[str, ...],
        as_of: datetime | None,
        **kwargs: Any,
    ) -> Any:
        return function(*args, written=ManifestOptions(paths, var_files, assignments, as_of), **kwargs)

    decorated: Callable[..., Any] = gathered
    for decorate in (
        click.option(
            "--as-of",
            type=MomentType(),
            metavar="TIME",
            help="Read closures, special hours and rotations as of this day or time, on each number's clock: "
            '"2026-12-24", "2026-12-24 10:00"; or with an offset. [default: now]',
        ),
        variables,
        click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path)),
    ):
        decorated = decorate(decorated)
    return decorated


@dataclass(frozen=True, slots=True)
class AccountOptions:
    """The options about the connection to an account. Times are in seconds."""

    parallelism: int
    request_seconds: float
    total_seconds: float
    debug: bool


def account(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options about the connection to an account, as one argument ``account``."""

    @wraps(function)
    def gathered(
        *args: Any, parallelism: int, request_seconds: float, total_seconds: float, debug: bool, **kwargs: Any
    ) -> Any:
        chosen = AccountOptions(parallelism, request_seconds, total_seconds, debug)
        return function(*args, account=chosen, **kwargs)

    decorated: Callable[..., Any] = gathered
    for decorate in (
        click.option("--debug", is_flag=True, help="Show each request on stderr, without bodies or keys."),
        click.option(
            "--timeout",
            "total_seconds",
            type=click.FloatRange(min=1),
            default=120.0,
            show_default=True,
            metavar="SECONDS",
            help="How long one request may take, with all its retries and waits.",
        ),
        click.option(
            "--call-timeout",
            "request_seconds",
            type=click.FloatRange(min=0.1),
            default=30.0,
            show_default=True,
            metavar="SECONDS",
            help="How long to wait for one answer.",
        ),
        click.option(
            "--parallelism",
            type=click.IntRange(1, 50),
            default=10,
            show_default=True,
            metavar="N",
            help="How many requests may be under way at once.",
        ),
    ):
        decorated = decorate(decorated)
    return decorated


allow = click.option(
    "--allow",
    "allowed",
    multiple=True,
    metavar="GUARDRAIL",
    shell_complete=completion.of(completion.guardrails),
    help="Let the plan past this guardrail (ringform guardrails lists them). Repeatable.",
)


def permissions(function: F) -> F:
    """What a person has to agree to before anything is written, and where it is noted."""
    for decorate in (
        click.option(
            "--journal",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Where to write the journal. [default: .ringform/journal/TIME.jsonl]",
        ),
        allow,
        click.option("--yes", is_flag=True, help="Do not ask."),
    ):
        function = decorate(function)
    return function


show_personal_data = click.option(
    "--show-personal-data", is_flag=True, help="Show callers' numbers in full, and what was said."
)


target = click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="ADDRESS",
    shell_complete=completion.of(completion.numbers),
    help="Change only this object: its address, such as main_number:+14155551234, its number, or its name; * stands "
    "for any characters. Repeatable.",
)


only_calendar = click.option(
    "--calendar",
    "only_calendar",
    is_flag=True,
    help="Change only what closures, special hours and rotations do, and name every other difference.",
)


class ProviderType(click.ParamType[Provider]):
    """A provider by its name."""

    name = "provider"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Provider:
        """See ``click.ParamType.convert``.

        Raises:
            RingformError: The package that the provider comes from is broken.
        """
        try:
            return registry.provider(str(value))
        except RingformError as error:
            if error.diagnostics[0].code == registry.UNKNOWN_PROVIDER:
                raise usage_error(error) from None
            raise


provider = click.option(
    "--provider",
    type=ProviderType(),
    shell_complete=completion.of(completion.providers),
    metavar="NAME",
    help=f"Whose account: {listed(registry.NAMES, last='or')}. [default: whose key is in the environment]",
)


class DurationType(click.ParamType[float]):
    """A time such as ``15m``, ``90s`` or ``1h``, in seconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """See ``click.ParamType.convert``."""
        found = re.fullmatch(r"([0-9]{1,6})(s|m|h)", str(value).strip())
        if not found:
            self.fail(f"{value!r} is not a duration; write 90s, 15m or 1h", param, ctx)
        return float(found[1]) * {"s": 1, "m": 60, "h": 3600}[found[2]]


class OutputFileType(click.ParamType[Path]):
    """A file to write, in a folder that exists. ``example`` is a name for one, for whoever names a folder only."""

    name = "file"

    def __init__(self, example: str) -> None:
        self.example = example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """See ``click.ParamType.convert``.

        Raises:
            RingformError: The folder does not exist: said before the work is done, not after.
        """
        path = Path(value)
        # Path drops what makes the difference: "reports/" and "reports/." are folders, there or not.
        if path.is_dir() or os.path.basename(os.fspath(value)) in ("", "."):
            self.fail(f"{path} is a folder; name a file in it, such as {path / self.example}", param, ctx)
        if not os.path.exists(path.parent):
            summary = f"{path} cannot be written: there is no folder {path.parent}"
            hint = f"make it first: mkdir -p {shlex.quote(str(path.parent))}"
            raise RingformError(Diagnostic("output-failed", summary, hint=hint))
        return path


def usage_error(error: RingformError) -> click.UsageError:
    """Return an error in what an option says as one of usage."""
    first = error.diagnostics[0]
    return click.UsageError(f"{first.summary}; {first.hint}")


def environment() -> dict[str, str]:
    """Return the environment, from which keys and base URLs come: never from a manifest."""
    return dict(os.environ)
