"""Which accounts a command without a manifest is about: the ones that the environment has settings for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ringform.cli.options import environment
from ringform.model.diagnostic import RingformError
from ringform.model.messages import listed
from ringform.providers import registry
from ringform.providers.protocol import Provider

F = TypeVar("F", bound=Callable[..., Any])


def option(function: F) -> F:
    """``--provider``."""
    return click.option(
        "--provider",
        "provider_name",
        metavar="NAME",
        help=f"Whose account: {listed(registry.NAMES, last='or')}. [default: whose key is in the environment]",
    )(function)


def configured(name: str | None) -> list[Provider]:
    """The provider of that name; without one, every provider that the environment has settings for, or the default.

    Raises:
        click.UsageError: There is no provider of that name.
        RingformError: The package that it comes from is broken.
    """
    if name is not None:
        try:
            return [registry.provider(name)]
        except RingformError as error:
            first = error.diagnostics[0]
            if first.code == registry.UNKNOWN_PROVIDER:
                raise click.UsageError(f"{first.summary}; {first.hint}") from None
            raise
    there = environment()
    found = [provider for provider in registry.every_provider() if any(map(there.get, provider.variables))]
    return found or [registry.provider(registry.DEFAULT)]


def only_one(name: str | None) -> Provider:
    """The one provider that is meant.

    Raises:
        click.UsageError: There is none of that name, or the environment has settings for several.
    """
    found = configured(name)
    if len(found) > 1:
        names = [provider.name for provider in found]
        raise click.UsageError(f"the environment has keys for {listed(names)}; choose one with --provider")
    return found[0]
