"""Buying a number: which of those for sale the manifest means, and what stands in the way of buying it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ringform.model.desired import Desired, Wanted
from ringform.model.diagnostic import Diagnostic
from ringform.model.snapshot import Snapshot
from ringform.model.values import Fields

_MOST_SHOWN = 5


def bind(desired: Desired, live: Snapshot) -> tuple[Desired, Sequence[Diagnostic]]:
    """Put the offer into the fields of each number that is to be bought, as ``purchase.token`` and so on."""
    wanted = dict(desired.wanted)
    found: list[Diagnostic] = []
    for address, each in desired.wanted.items():
        if each.purchase is None or address in live.resources:
            continue
        offers = live.offers.get(address, ())
        offer = next((offer for offer in offers if offer["number"] == address.key), None)
        if offer is None:
            found.append(_not_for_sale(each, offers))
        elif _requirement(offer) != "none" and not each.purchase.get("address_sid"):
            found.append(_needs_address(each, offer))
        else:
            bought = {**{name: value for name, value in offer.items() if name != "number"}, **_address(each.purchase)}
            wanted[address] = replace(
                each, fields={**each.fields, **{f"purchase.{name}": value for name, value in bought.items()}}
            )
    return replace(desired, wanted=wanted), found


def _address(purchase: Fields) -> Fields:
    return {name: purchase[name] for name in ("address_sid",) if name in purchase}


def _requirement(offer: Fields) -> str:
    return str(offer.get("address_requirements") or "none")


def _not_for_sale(wanted: Wanted, offers: Sequence[Fields]) -> Diagnostic:
    if offers:
        detail = f"For sale: {'; '.join(map(_told, offers[:_MOST_SHOWN]))}."
        hint = "write one of these numbers before the colon, or change what purchase: looks for"
    else:
        detail = "The search finds no number at all."
        hint = "change what purchase: looks for"
    summary = f"{wanted.address.key} is not in the account, and not for sale either"
    return Diagnostic("not-for-sale", summary, detail=detail, hint=hint, address=wanted.address)


def _told(offer: Fields) -> str:
    place = f"{offer['location']}, " if offer.get("location") else ""
    price = f"{offer['price']} a month" if offer.get("price") else "price not told"
    return f"{offer['number']} ({place}{price}, address needed: {_requirement(offer)})"


def _needs_address(wanted: Wanted, offer: Fields) -> Diagnostic:
    kind = {"local": "a local address", "foreign": "a foreign address", "any": "an address"}.get(
        _requirement(offer), f"an address ({_requirement(offer)})"
    )
    return Diagnostic(
        "address-needed",
        f"{wanted.address.key} can be bought only with {kind} of yours",
        detail=f"For sale: {_told(offer)}.",
        hint="write purchase: {..., address_sid: AD...}, the provider_reference of an address of the account",
        address=wanted.address,
    )
