"""Manifests from texts, and accounts that are as they say, without a file or a socket."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ringform.manifest import composer
from ringform.manifest.check import check_again
from ringform.manifest.manifest import Manifest, Reading
from ringform.manifest.source import Source
from ringform.model.address import Address
from ringform.model.snapshot import Resource, Snapshot

NOW = datetime(2026, 11, 25, 10, 0)
"""A Wednesday."""


def read(files: Mapping[str, str]) -> Manifest:
    """The manifest that texts make, by name of the file."""
    trees = tuple(composer.parse(Source(name, text))[0] for name, text in files.items())
    checked = check_again(Reading(trees, (), (), NOW))
    return checked.valid()


def account(manifest: Manifest) -> dict[Address, dict[str, Any]]:
    """An account that is as the manifest says."""
    [part] = manifest.parts
    return {
        address: {**part.provider.kinds[address.kind].defaults, **copy.deepcopy(dict(wanted.fields))}
        for address, wanted in part.desired.wanted.items()
    }


def snapshot(fields: dict[Address, dict[str, Any]]) -> Snapshot:
    return Snapshot({address: Resource(address, "id", each.get("name"), each, {}) for address, each in fields.items()})
