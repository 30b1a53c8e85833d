"""Accounts: which ones something is about, and connections to them. Nothing is read or sent here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ringform.execution.connection import Connection, by_provider
from ringform.execution.events import Listener, nobody
from ringform.manifest.manifest import Manifest
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.journal import Journal
from ringform.model.plan import Plan
from ringform.providers import registry
from ringform.providers.protocol import Provider

About: TypeAlias = Manifest | Plan | Journal | Sequence[Provider]
"""What names providers, whose accounts it is about."""


def providers_of(about: About) -> list[Provider]:
    """Return the providers that a manifest, a plan or a journal is about.

    Raises:
        RingformError: One of them is not known here.
    """
    match about:
        case Manifest():
            return [part.provider for part in about.with_accounts]
        case Plan(providers=names) | Journal(providers=names):
            return [registry.provider(name) for name in names]
        case _:
            return list(about)


def configured_providers(environment: Mapping[str, str]) -> list[Provider]:
    """Return every provider that the environment has settings for; if there is none, the default one.

    Raises:
        RingformError: A package that a provider comes from is broken.
    """
    configured = [each for each in registry.every_provider() if any(map(environment.get, each.variables))]
    return configured or [registry.provider(registry.DEFAULT)]


def connect(
    about: About,
    environment: Mapping[str, str],
    *,
    parallelism: int = 10,
    request_seconds: float = 30.0,
    total_seconds: float = 120.0,
    listener: Listener = nobody,
) -> dict[str, Connection]:
    """Return a connection to each account that something is about, by the provider's name.

    Keys and base URLs come from the environment, never from a manifest, which can name the account that it is for. The
    settings are those of ``Connection``.

    Raises:
        RingformError: Keys are missing, or base URLs may not be used.
    """
    connections: list[Connection] = []
    diagnostics: list[Diagnostic] = []
    pins = {part.provider.name: part.pin for part in about.parts} if isinstance(about, Manifest) else {}
    for provider in providers_of(about):
        try:
            endpoint = provider.endpoint(environment)
        except RingformError as error:
            diagnostics += error.diagnostics
            continue
        pin = pins.get(provider.name)
        connections.append(
            Connection(provider, endpoint, parallelism, request_seconds, total_seconds, listener, pin=pin)
        )
    if diagnostics:
        raise RingformError(*diagnostics)
    return by_provider(*connections)
