"""The options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ringform.core.address import Address

F = TypeVar("F", bound=Callable[..., Any])


def manifest(function: F) -> F:
    """PATHs, and variables for the templates in them."""
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
        click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path)),
    ):
        function = decorate(function)
    return function


def account(function: F) -> F:
    """How an account is talked to."""
    for decorate in (
        click.option(
            "--timeout",
            "total_seconds",
            type=click.FloatRange(min=1),
            default=120.0,
            show_default=True,
            metavar="SECONDS",
            help="How long one request may take with all its repeats and waits.",
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
        function = decorate(function)
    return function


def format_(*choices: str) -> Callable[[F], F]:
    """``--format``; the first choice is the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help="The form of the report.",
    )


class AddressType(click.ParamType[Address]):
    """An address such as ``main_number:+14155551234``."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        """See ``click.ParamType.convert``."""
        try:
            return Address.parse(str(value))
        except ValueError as error:
            self.fail(f"{error}, such as main_number:+14155551234", param, ctx)


target = click.option(
    "--target",
    "targets",
    multiple=True,
    type=AddressType(),
    metavar="ADDRESS",
    help="Change only this object, such as main_number:+14155551234. Repeatable.",
)

output = click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to a file instead of stdout."
)


def environment() -> dict[str, str]:
    """The environment, from which keys and base URLs come: never from a manifest."""
    return dict(os.environ)
