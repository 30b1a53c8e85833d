"""What a shell completes beside commands and options: values that stand in the manifest or in this folder, offline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

import click
from click.shell_completion import CompletionItem

from ringform.model.diagnostic import RingformError

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def of(values: Callable[[], Iterable[tuple[str, str]]]) -> Completer:
    """Complete the values with what each one is. A value that cannot be found now is no reason to disturb a prompt."""

    def complete(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
        with suppress(RingformError, OSError):
            return [CompletionItem(value, help=help_) for value, help_ in values() if value.startswith(begun)]
        return []

    return complete


def numbers() -> Iterable[tuple[str, str]]:
    """Yield the numbers that a call can be made to in the manifest of this folder, and their names of one word."""
    from ringform.cli.options import ManifestOptions
    from ringform.cli.session import load
    from ringform.operations.numbers import numbers as every

    for number in every(load(ManifestOptions())):
        yield number.address.key, number.name or ""
        if number.name and " " not in number.name:
            yield number.name, number.address.key


def guardrails() -> Iterable[tuple[str, str]]:
    """Yield every guardrail and what it stops."""
    from ringform.operations.approval import guardrails as every

    for rule in every():
        yield rule.name, rule.stops


def providers() -> Iterable[tuple[str, str]]:
    """Yield the names of the providers."""
    from ringform.providers import registry

    for name in registry.NAMES:
        yield name, ""


def journals() -> Iterable[tuple[str, str]]:
    """Yield the journals of this folder."""
    from ringform.execution import journal_files

    for path in sorted(journal_files.FOLDER.glob("*.jsonl")):
        yield str(path), ""
