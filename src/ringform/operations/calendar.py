"""Calendar: what closures, special hours and rotations will change on which day."""

from __future__ import annotations

from ringform.calendar.agenda import Agenda, merge_agendas
from ringform.manifest.manifest import Manifest
from ringform.model.address import Address


def agenda(manifest: Manifest, days: int) -> Agenda:
    """Return what the manifest's dates change in so many days from when it was loaded for."""
    # An agenda of nothing begins whenever it was asked for, so it has to come last.
    parts = sorted(manifest.parts, key=lambda part: not part.document.is_dated)
    return merge_agendas([part.document.agenda(part.as_of, days) for part in parts])


def names(manifest: Manifest) -> dict[Address, str]:
    """Return what people call the objects of a manifest, of those that have a name."""
    named = {
        address: part.provider.kinds[address.kind].name_of(wanted.fields)
        for part in manifest.parts
        for address, wanted in part.desired.wanted.items()
    }
    return {address: name for address, name in named.items() if name}
