"""What every provider does with objects and their ids."""

from __future__ import annotations

from urllib.parse import quote

from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic, RingformError


def path_below(path: str, id_: str) -> str:
    """Return the path of the object with this id. The id comes from outside: it must not reach into another path."""
    return f"{path}/{quote(id_, safe='')}"


def cannot_create_or_delete(address: Address, *, where: str) -> RingformError:
    """Return the error that an object is to come or to go, for which the API has no call; ``where`` it can be done."""
    summary = f"{address.key} can be neither created nor deleted: the API's document has no call for that"
    return RingformError(Diagnostic("cannot-delete", summary, hint=f"do it in {where}", address=address))
