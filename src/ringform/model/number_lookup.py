"""Finding objects by address, by phone number in any way of writing it, by name, or by a pattern with ``*``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ringform.model.address import Address
from ringform.model.glob import is_glob, matches
from ringform.model.messages import did_you_mean, listed, shown
from ringform.model.phone import NotAPhoneNumber, to_e164

_DIGITS = re.compile(r"\+[*0-9]*|[*0-9]*[0-9][*0-9]*")
_PUNCTUATION = re.compile(r"[ ()./\u00a0\u2010-\u2015-]")


class UnknownNumberError(LookupError):
    """Nothing, or more than one object, matches; ``hint`` suggests what may be meant."""

    def __init__(self, summary: str, hint: str) -> None:
        super().__init__(summary)
        self.hint = hint


def find_number(to: str, names: Mapping[Address, str | None], *, where: str = "the manifest") -> Address:
    """Return the one object that ``to`` means. See ``find_objects``.

    Raises:
        UnknownNumberError: Nothing matches, or several do.
    """
    found = find_objects(to, names, where=where)
    if len(found) > 1:
        raise UnknownNumberError(f"{shown(to)} matches {len(found)} numbers", _choice(found))
    return found[0]


def find_objects(text: str, names: Mapping[Address, str | None], *, where: str = "the manifest") -> list[Address]:
    """Return the objects that ``text`` means, at least one, of those that ``names`` maps to their names.

    It is an address (``number:+14155551234``), a phone number in any way of writing it or another key, or a name
    that only one object has. With ``*``, which stands for any characters, it means all whose key or name matches.
    ``kind:`` before any of these limits it to objects of that kind. ``where`` is what messages call
    the place that has these objects.

    Raises:
        UnknownNumberError: Nothing matches, or a name is that of several.
    """
    kind, colon, rest = text.partition(":")
    if not colon or kind not in {address.kind for address in names}:
        kind, rest = "", text
    candidates = {address: name for address, name in names.items() if not kind or address.kind == kind}
    wanted = (rest, _e164(rest))
    if exact := [address for address in candidates if address.key in wanted]:
        return _only(exact, text)
    if named := [address for address, name in candidates.items() if name and name.casefold() == rest.casefold()]:
        return _only(named, text)
    if is_glob(rest):
        if matching := _matching(rest, candidates):
            return matching
        raise UnknownNumberError(f"nothing that {where} has matches {shown(text)}", _known(rest, candidates, where))
    hint = _suggested(rest, candidates, f"{kind}:" if kind else "") or _known(rest, candidates, where)
    raise UnknownNumberError(f"{where} has no number or name {shown(text)}", hint)


def find_numbers(to: str, names: Mapping[Address, str | None], *, where: str = "the manifest") -> list[Address]:
    """Return what ``find_objects`` does, and nothing where a pattern matches nothing.

    Raises:
        UnknownNumberError: There is no ``*`` in ``to``, and no number matches, or several have the name.
    """
    try:
        return find_objects(to, names, where=where)
    except UnknownNumberError:
        if is_glob(to):
            return []
        raise


def looks_like_number(text: str) -> bool:
    """Return whether a text can be meant for a phone number rather than for a name."""
    return text.lstrip(" (").startswith("+") or not any(character.isalpha() for character in text)


def _only(found: list[Address], text: str) -> list[Address]:
    if len(found) > 1:
        is_number = all(address.key == found[0].key for address in found)
        what = "objects" if is_number else "numbers"
        summary = f"{shown(text)} is the {'number' if is_number else 'name'} of {len(found)} {what}"
        raise UnknownNumberError(summary, _choice(found))
    return found


def _choice(found: Iterable[Address]) -> str:
    addresses = list(found)
    kinds = {address.kind for address in addresses}
    each = (address.key if len(kinds) == 1 else str(address) for address in addresses)
    return f"give the number: {listed(each, last='or')}"


def _matching(pattern: str, names: Mapping[Address, str | None]) -> list[Address]:
    digits = _PUNCTUATION.sub("", pattern)
    # Without its dash, a pattern such as *-* would match every number.
    keys = (pattern, digits) if _DIGITS.fullmatch(digits) else (pattern,)
    return [
        address
        for address, name in names.items()
        if any(matches(address.key, each) for each in keys) or (name and matches(name, pattern))
    ]


def _suggested(text: str, names: Mapping[Address, str | None], prefix: str) -> str | None:
    """Return a hint of the kind that was tried: a number for what looks like one, else a name."""
    keys, called = [address.key for address in names], [name for name in names.values() if name]
    if looks_like_number(text):
        return did_you_mean(f"{prefix}{_e164(text) or text}", [f"{prefix}{key}" for key in keys])
    return did_you_mean(text, called) or did_you_mean(text, keys)


def _known(text: str, names: Mapping[Address, str | None], where: str) -> str:
    called = [] if looks_like_number(text) else [name for name in names.values() if name]
    known = called or [address.key for address in names]
    return f"{where} has {listed(known)}" if known else f"{where} has no numbers"


def _e164(text: str) -> str | None:
    try:
        return to_e164(text)
    except NotAPhoneNumber:
        return None
