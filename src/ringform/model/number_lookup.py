"""Finding numbers by phone number, in any way of writing it, by name, or by a pattern of either."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ringform.model.address import Address
from ringform.model.glob import is_glob, matches
from ringform.model.messages import did_you_mean, listed, shown
from ringform.model.phone import NotAPhoneNumber, to_e164


class UnknownNumberError(LookupError):
    """No number, or more than one, matches; ``hint`` suggests what may be meant."""

    def __init__(self, summary: str, hint: str) -> None:
        super().__init__(summary)
        self.hint = hint


def find_number(to: str, names: Mapping[Address, str | None], *, where: str = "the manifest") -> Address:
    """Return the number that ``to`` means: a phone number or a name, which ``names`` maps numbers to.

    ``where`` is what messages call the place that has these numbers.

    Raises:
        UnknownNumberError: No number matches, or several have the name.
    """
    keys = {address.key: address for address in names}
    for key in (to, _e164(to)):
        if key in keys:
            return keys[key]
    matches = [address for address, name in names.items() if name and name.casefold() == to.casefold()]
    if len(matches) == 1:
        return matches[0]
    if matches:
        hint = f"give the number: {listed((address.key for address in matches), last='or')}"
        raise UnknownNumberError(f"{shown(to)} is the name of {len(matches)} numbers", hint)
    known = [*(name for name in names.values() if name), *keys]
    hint = did_you_mean(to, known) or (f"{where} has {listed(known)}" if known else f"{where} has no numbers")
    raise UnknownNumberError(f"{where} has no number or name {shown(to)}", hint)


def find_numbers(to: str, names: Mapping[Address, str | None], *, where: str = "the manifest") -> list[Address]:
    """Return the numbers that ``to`` means: one as ``find_number`` finds it, or all that a glob matches.

    A glob such as ``+45*`` or ``US *`` matches phone numbers, whose blanks and signs do not count, and names.

    Raises:
        UnknownNumberError: There is no ``*`` in ``to``, and no number matches, or several have the name.
    """
    try:
        return [find_number(to, names, where=where)]
    except UnknownNumberError:
        if not is_glob(to):
            raise
    digits = re.sub(r"[ ()./-]", "", to)
    return [
        address
        for address, name in names.items()
        if to == "*" or matches(address.key, digits) or (name and matches(name, to))
    ]


def _e164(text: str) -> str | None:
    try:
        return to_e164(text)
    except NotAPhoneNumber:
        return None
