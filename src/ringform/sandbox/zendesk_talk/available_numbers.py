"""Numbers to be had: 'Search for Available Phone Numbers' and 'Create Phone Number'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import URL

from ringform.sandbox.zendesk_talk.account import Account, AvailableNumber, PhoneNumber
from ringform.sandbox.zendesk_talk.errors import BadRequestError
from ringform.sandbox.zendesk_talk.paging import page_of
from ringform.sandbox.zendesk_talk.phone_numbers import phone_number_of, refuse_trial, shown
from ringform.sandbox.zendesk_talk.validation import Errors

AREA_CODE_COUNTRIES = ("US", "CA")
"""'Parameters', area_code."""

_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


def search_available_numbers(account: Account, url: URL, query: Mapping[str, str]) -> dict[str, Any]:
    """'Search for Available Phone Numbers': all filters combined; an empty one, as in the code samples, is none."""
    refuse_trial(account)
    country = query.get("country", "").strip().upper()
    if not country:
        raise BadRequestError("param is missing or the value is empty: country")
    found = [number for number in account.available.values() if number.country_code == country]
    if area_code := query.get("area_code"):
        if country not in AREA_CODE_COUNTRIES:
            raise BadRequestError("area_code is for the US and Canada only")
        found = [number for number in found if number.number.startswith(f"+1{area_code}")]
    if contains := query.get("contains"):
        pattern = _pattern(contains)
        found = [number for number in found if pattern.search(number.number.lstrip("+"))]
    if toll_free := query.get("toll_free"):
        if toll_free not in ("true", "false"):
            raise BadRequestError("toll_free must be true or false")
        found = [number for number in found if number.toll_free == (toll_free == "true")]
    return page_of(url, found, account.page_size, _view)


def create_phone_number(account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """'Create Phone Number': the number that a search's token stands for, once.

    Nothing else of the body's phone_number is read: the document's examples have the token alone.
    """
    given = phone_number_of(body)
    errors = Errors()
    token = given.get("token")
    available = account.available.get(token) if isinstance(token, str) else None
    if token is None or token == "":
        errors.add("token", "cannot be blank", "BlankValue")
    elif available is None:
        errors.add("token", "is not that of an available number")
    elif available.business_verification:
        # "The endpoint does not currently support creating a phone number that requires a valid verified business."
        errors.add("token", "is that of a number that requires business verification")
    _check_address(account, available, body.get("address_sid"), errors)
    errors.raise_any()
    assert available is not None
    with account.changing():
        del account.available[available.token]
        number = _created(account, available)
        account.phone_numbers[number.id] = number
    return shown(account, number, set())


def _check_address(account: Account, available: AvailableNumber | None, sid: object, errors: Errors) -> None:
    """'Number needs valid address'. Which kind of address suits which requirement is not looked at."""
    if sid is None:
        if available is not None and available.address_requirements != "none":
            errors.add("address_sid", f"an address is required ({available.address_requirements})", "BlankValue")
    elif sid not in [address.provider_reference for address in account.addresses]:
        errors.add("address_sid", "is not the provider_reference of one of the account's addresses")


def _created(account: Account, available: AvailableNumber) -> PhoneNumber:
    """Make a number with the account's first brand and group, as a new one has to have some."""
    group_ids = [group.id for group in account.groups[:1]]
    return PhoneNumber(
        id=max(account.phone_numbers, default=0) + 1,
        number=available.number,
        display_number=available.display_number,
        country_code=available.country_code,
        location=available.location,
        toll_free=available.toll_free,
        capabilities={"emergency_address": False, **available.capabilities},
        created_at=account.now(),
        brand_id=next((brand.id for brand in account.brands), None),
        default_group_id=next(iter(group_ids), None),
        group_ids=group_ids,
    )


def _pattern(contains: str) -> re.Pattern[str]:
    """Read the search pattern: letters are those of a keypad, and * is any digit.

    The document's text has lost the character ("Valid characters are '' and [0-9a-zA-Z]") to its markup.
    """
    if not re.fullmatch("[0-9a-zA-Z*]*", contains):
        raise BadRequestError("contains may have * and [0-9a-zA-Z] only")
    return re.compile(contains.upper().translate(_KEYPAD).replace("*", "[0-9]"))


def _view(number: AvailableNumber) -> dict[str, Any]:
    """Return what the example of the search has, in its order."""
    return {
        "address_requirements": number.address_requirements,
        "capabilities": dict(number.capabilities),
        "country_code": number.country_code,
        "display_number": number.display_number,
        "location": number.location,
        "nickname": None,
        "number": number.number,
        "price": number.price,
        "token": number.token,
        "toll_free": number.toll_free,
    }
