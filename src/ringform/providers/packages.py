"""Providers that other packages bring, by the entry point group ``ringform.providers``.

An entry point's name is the provider's name, and what it leads to makes the provider when it is called without
arguments: the class itself, or a function.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Sequence
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from typing import cast

from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import listed
from ringform.planning.vendor import Vendor
from ringform.providers.protocol import Provider

GROUP = "ringform.providers"

_KIND = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
"""Stands before the colon of an address, and within file names and reports."""

_MEMBERS = tuple(sorted({name for each in (Vendor, Provider) for name in vars(each) if not name.startswith("_")}))
"""What a provider must have."""


@functools.cache
def installed() -> EntryPoints:
    """Return all packages' entry points; this takes milliseconds for each package that is installed."""
    return entry_points(group=GROUP)


def names(own: Collection[str]) -> tuple[str, ...]:
    """Return the names that installed packages give their providers, less ringform's ``own``."""
    return tuple(sorted({entry.name for entry in installed()} - set(own)))


def provider(name: str, own: Sequence[Provider]) -> Provider:
    """Return the provider that a package brings under this name.

    Raises:
        RingformError: The package cannot be loaded, brings no provider, or one whose objects have the same name as
            those of ringform's ``own`` or another package's.
    """
    entries = [entry for entry in installed() if entry.name == name]
    if len(entries) > 1:
        raise _broken(name, entries, "each has a provider of that name", hint="uninstall one of them")
    chosen = _load(entries[0])
    others = [*own, *_loadable(names([each.name for each in own]), but=name)]
    for other in others:
        shared = sorted({*chosen.kinds} & {*other.kinds})
        if shared:
            reason = f"{other.name} has objects of the kind {listed(shared)} already"
            raise _broken(name, entries, reason, hint="uninstall one of the two, or tell its makers")
    return chosen


def _loadable(every: Sequence[str], *, but: str) -> list[Provider]:
    """Return the other packages' providers that load; the error of another is raised when that one is used."""
    providers = []
    for entry in installed():
        if entry.name in every and entry.name != but:
            try:
                providers.append(_load(entry))
            except RingformError:
                continue
    return providers


def _load(entry: EntryPoint) -> Provider:
    try:
        provider = entry.load()()
    except Exception as error:  # whatever somebody else's code does wrong
        raise _broken(entry.name, [entry], f"{type(error).__name__}: {error}") from error
    lacking = [member for member in _MEMBERS if not hasattr(provider, member)]
    if lacking:
        raise _broken(entry.name, [entry], f"it lacks {listed(lacking)}")
    if provider.name != entry.name:
        raise _broken(entry.name, [entry], f"it calls itself {provider.name!r}")
    odd = [kind for kind in provider.kinds if not _KIND.fullmatch(kind)]
    if odd or not provider.kinds:
        raise _broken(entry.name, [entry], f"its kinds are {listed(odd) if odd else 'none'}, not words like pbx_line")
    return cast(Provider, provider)


def _broken(
    name: str, entries: Sequence[EntryPoint], reason: str, *, hint: str = "update or uninstall the package"
) -> RingformError:
    packages = listed(sorted({entry.dist.name if entry.dist else entry.module for entry in entries}))
    summary = f"the provider {name} of {packages} cannot be used: {' '.join(reason.split())[:300]}"
    return RingformError(Diagnostic("broken-provider", summary, hint=hint))
