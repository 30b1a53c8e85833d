"""Targets: which objects of a manifest are meant by addresses, numbers, names and patterns."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.manifest.manifest import Manifest
from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.number_lookup import UnknownNumberError, find_objects
from ringform.model.phone import NotAPhoneNumber, to_e164


def find_targets(manifest: Manifest, texts: Sequence[str], *, beyond: bool = False) -> list[Address]:
    """Return the objects that the texts mean, for the ``targets`` of a plan. See ``number_lookup.find_objects``.

    ``beyond``: an address may also be of what only the account has.

    Raises:
        RingformError: The manifest has no such object (``unknown-target``).
    """
    names = {
        address: part.provider.kinds[address.kind].name_of(wanted.fields)
        for part in manifest.parts
        for address, wanted in part.desired.wanted.items()
    }
    found: list[Address] = []
    problems: list[Diagnostic] = []
    for text in texts:
        try:
            found += find_objects(text, names)
        except UnknownNumberError as error:
            if unlisted := _unlisted(manifest, text, beyond=beyond):
                found.append(unlisted)
            else:
                problems.append(Diagnostic("unknown-target", str(error), hint=error.hint))
    if problems:
        raise RingformError(*problems)
    return list(dict.fromkeys(found))


def _unlisted(manifest: Manifest, text: str, *, beyond: bool) -> Address | None:
    """Return an object that the manifest does not name, and may yet be about: it deletes contacts that it lacks."""
    kinds = [
        kind
        for part in manifest.parts
        for kind in part.provider.kinds
        if kind in part.desired.exclusive or (beyond and text.startswith(f"{kind}:"))
    ]
    prefix, colon, rest = text.partition(":")
    try:
        key = to_e164(rest if colon else text)
    except NotAPhoneNumber:
        if not beyond:
            return None
        key = rest
    return next((Address(kind, key) for kind in kinds if key and (not colon or kind == prefix)), None)
