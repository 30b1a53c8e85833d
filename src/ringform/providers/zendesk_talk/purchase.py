"""Buying a number: which of those for sale the manifest means, and why one cannot be bought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ringform.model.change import Change
from ringform.model.desired import Desired, Wanted
from ringform.model.diagnostic import Diagnostic, Refused
from ringform.model.snapshot import Snapshot
from ringform.model.values import Fields, Json
from ringform.providers.protocol import Reads
from ringform.providers.zendesk_talk import account

_MOST_SHOWN = 5


def choose_offers(desired: Desired, live: Snapshot) -> tuple[Desired, Sequence[Diagnostic]]:
    """Put the offer into the fields of each number that is to be bought, as ``purchase.token`` and so on."""
    wanted = dict(desired.wanted)
    errors: list[Diagnostic] = []
    for address, number in desired.wanted.items():
        if number.purchase is None or address in live.resources:
            continue
        offers = live.offers.get(address, ())
        offer = _offer_of(address.key, offers)
        if offer is None:
            errors.append(_not_for_sale(number, offers))
        elif _requirement(offer) != "none" and not number.purchase.get("address_sid"):
            errors.append(_needs_address(number, offer))
        else:
            terms = {name: value for name, value in offer.items() if name != "number"}
            if "address_sid" in number.purchase:
                terms["address_sid"] = number.purchase["address_sid"]
            fields = {**number.fields, **{f"purchase.{name}": value for name, value in terms.items()}}
            wanted[address] = replace(number, fields=fields)
    return replace(desired, wanted=wanted), errors


def renew_offers(reads: Reads, purchases: Sequence[Change]) -> list[Change]:
    """Return the purchases with current tokens, if what was planned is still for sale on the same terms.

    Raises:
        Refused: Something costs another price, needs an address of another sort, or is not for sale any more.
        ApiError: The account gave no usable answer.
    """
    for_sale = account.offers(reads, {each.address: each.purchase for each in purchases if each.purchase is not None})
    renewed: list[Change] = []
    errors: list[Diagnostic] = []
    for change in purchases:
        offer = _offer_of(change.address.key, for_sale.get(change.address, ()))
        if offer is None or (moved := _moved(change, offer)):
            errors.append(_refused(change, "is not for sale any more" if offer is None else moved))
        else:
            renewed.append(_with_token(change, offer["token"]))
    if errors:
        raise Refused(*errors)
    return renewed


def _offer_of(number: str, offers: Sequence[Fields]) -> Fields | None:
    return next((offer for offer in offers if offer["number"] == number), None)


def _planned(change: Change) -> Fields:
    """Return the offer that a purchase was planned with."""
    return {field.path[-1]: field.after for field in change.fields if field.path[0] == "purchase"}


def _moved(change: Change, offer: Fields) -> str:
    """Return how an offer differs from the planned one, as the rest of a sentence about the number, or ""."""
    planned = _planned(change)
    moved = []
    if _cost(offer) != _cost(planned):
        moved.append(f"costs {_cost(offer)}")
    if _requirement(offer) != _requirement(planned):
        needed, needs = _address_of(_requirement(planned)), _address_of(_requirement(offer))
        moved.append(f"needs {needs}, where it needed {needed}")
    return f"now {' and '.join(moved)}" if moved else ""


def _refused(change: Change, moved: str) -> Diagnostic:
    summary = f"{change.address.key} was approved for {_cost(_planned(change))}, and {moved}"
    hint = "nothing was changed; plan again, and look at what it would cost"
    return Diagnostic("offer-moved", summary, hint=hint, address=change.address, location=change.source)


def _with_token(change: Change, token: Json) -> Change:
    """Return the purchase with the token that the search gives now for the same offer."""
    if token == _planned(change).get("token"):
        return change
    purchase, *others = change.calls
    purchase = replace(purchase, body={**(purchase.body or {}), "phone_number": {"token": token}})
    path = ("purchase", "token")
    fields = tuple(replace(field, after=token) if field.path == path else field for field in change.fields)
    return replace(change, fields=fields, calls=(purchase, *others))


def _requirement(offer: Fields) -> str:
    return str(offer.get("address_requirements") or "none")


def _not_for_sale(wanted: Wanted, offers: Sequence[Fields]) -> Diagnostic:
    if offers:
        detail = f"For sale: {'; '.join(map(_described, offers[:_MOST_SHOWN]))}."
        hint = "write one of these numbers before the colon, or change what purchase: looks for"
    else:
        detail = "The search finds no number at all."
        hint = "change what purchase: looks for"
    summary = f"{wanted.address.key} is not in the account, and not for sale either"
    return Diagnostic("not-for-sale", summary, detail=detail, hint=hint, address=wanted.address)


def _described(offer: Fields) -> str:
    place = f"{offer['location']}, " if offer.get("location") else ""
    price = f"{offer['price']} a month" if offer.get("price") else "price not shown"
    return f"{offer['number']} ({place}{price}, address needed: {_requirement(offer)})"


def _cost(offer: Fields) -> str:
    return f"{offer['price']} a month" if offer.get("price") else "an amount that the account does not show"


def _address_of(requirement: str) -> str:
    """Return the kind of address that an offer requires, in words."""
    known = {"none": "no address", "local": "a local address", "foreign": "a foreign address", "any": "an address"}
    return known.get(requirement, f"an address ({requirement})")


def _needs_address(wanted: Wanted, offer: Fields) -> Diagnostic:
    summary = f"{wanted.address.key} can be bought only with {_address_of(_requirement(offer))} of yours"
    detail = f"For sale: {_described(offer)}."
    hint = "write purchase: {..., address_sid: AD...}, the provider_reference of an address of the account"
    return Diagnostic("address-needed", summary, detail=detail, hint=hint, address=wanted.address)
