"""Observe the accounts that a manifest is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ringform.execution.connection import Connections
from ringform.execution.reader import observe as read_account
from ringform.manifest.manifest import Part
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, Refused, RingformError
from ringform.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Observation:
    """The accounts that could be read, by provider, and why the others could not."""

    live: Mapping[str, Snapshot]
    failures: tuple[Diagnostic, ...] = ()

    def complete(self) -> Mapping[str, Snapshot]:
        """Return all accounts.

        Raises:
            RingformError: Some could not be read; it says why, for each of them.
        """
        if self.failures:
            raise RingformError(*self.failures)
        return self.live


def observe(parts: Iterable[Part], connections: Connections) -> Observation:
    """Read what these parts of a manifest manage, with as few requests as the APIs allow.

    An account that cannot be read keeps no other from being read.

    Raises:
        Refused: An account is not the one that the manifest is for.
    """
    parts = list(parts)
    live: dict[str, Snapshot] = {}
    failures: list[Diagnostic] = []
    for part in parts:
        name = part.provider.name
        try:
            live[name] = read_account(connections[name], Scope.of(part.desired))
        except Refused:
            raise
        except RingformError as error:
            # Where there are several accounts it must be said whose failure it is.
            whose = f"{name}: " if len(parts) > 1 else ""
            failures += [replace(each, summary=f"{whose}{each.summary}") for each in error.diagnostics]
    return Observation(live, tuple(failures))
