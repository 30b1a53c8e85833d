"""The numbers of an account: 'List', 'Show' and 'Update Phone Number'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from starlette.datastructures import URL

from ringform.sandbox.zendesk_talk.account import Account, PhoneNumber
from ringform.sandbox.zendesk_talk.errors import BadRequestError, ForbiddenError, NotFoundError
from ringform.sandbox.zendesk_talk.paging import page_of
from ringform.sandbox.zendesk_talk.validation import (
    NUMBER_CHECKS,
    SETTINGS_CHECKS,
    UNDOCUMENTED_SETTINGS,
    Errors,
)

INCLUDES = {"all_greetings": "greetings", "all_groups": "groups", "all_schedules": "schedules", "ivrs": "ivrs"}
"""'Including additional information': what is included, beside the settings, by the account's list of it."""

MINIMAL = ("id", "country_code", "external", "nickname", "display_number")
MINIMAL_REST = ("sms_enabled", "priority", "outbound_enabled")
MINIMAL_CAPABILITIES = ("sms", "mms", "voice")
"""'Minimizing the results'."""


def list_phone_numbers(account: Account, url: URL, query: Mapping[str, str]) -> dict[str, Any]:
    """'List Phone Numbers', page by page."""
    refuse_trial(account)
    view = _minimal if query.get("minimal_mode") == "true" else _full
    return page_of(url, list(account.phone_numbers.values()), account.page_size, view)


def show_phone_number(account: Account, key: str, query: Mapping[str, str]) -> dict[str, Any]:
    """'Show Phone Number'."""
    number = _find(account, key)
    return shown(account, number, _includes(query))


def update_phone_number(account: Account, key: str, query: Mapping[str, str], body: dict[str, Any]) -> dict[str, Any]:
    """'Update Phone Number': the fields that were sent, and of the settings those that were.

    Settings count only with include=settings, as the document makes that the way to update them; without it they
    are ignored like any unknown field.
    """
    number = _find(account, key)
    includes = _includes(query)
    given = phone_number_of(body)
    errors = Errors()
    changes = errors.writable(account, given, NUMBER_CHECKS)
    settings: dict[str, Any] = {}
    if "settings" in includes and "settings" in given:
        if isinstance(given["settings"], dict):
            checks = {**SETTINGS_CHECKS, **UNDOCUMENTED_SETTINGS}
            settings = errors.writable(account, given["settings"], checks, "settings.")
        else:
            errors.add("settings", "must be an object")
    errors.raise_any()
    if "greeting_ids" in changes:  # a set: it comes back in the account's order
        changes["greeting_ids"] = [item.id for item in account.greetings if item.id in changes["greeting_ids"]]
    if "group_ids" in changes:  # the first counts, so the order is kept
        changes["group_ids"] = list(dict.fromkeys(changes["group_ids"]))[: 1 if account.omnichannel else None]
    changed = replace(number, **changes, settings=replace(number.settings, **settings))
    if changed != number:
        with account.changing():
            account.phone_numbers[number.id] = changed
    return shown(account, changed, includes)


def shown(account: Account, number: PhoneNumber, includes: set[str]) -> dict[str, Any]:
    """Return a number as the examples of show, create and update have it.

    Of the includes the document describes only ``settings``, "a settings child object in the phone_number
    object"; the others are read likewise, as children under the include's own name.
    """
    view = _full(number)
    if "settings" in includes:
        settings = asdict(number.settings)
        view["settings"] = {k: v for k, v in settings.items() if v is not None or k not in UNDOCUMENTED_SETTINGS}
    for include, things in INCLUDES.items():
        if include in includes:
            view[include] = [asdict(thing) for thing in getattr(account, things)]
    return {"phone_number": view}


def phone_number_of(body: dict[str, Any]) -> dict[str, Any]:
    """Return the object in which create and update have their fields."""
    given = body.get("phone_number")
    if not isinstance(given, dict):
        raise BadRequestError("param is missing or the value is empty: phone_number")
    return given


def refuse_trial(account: Account) -> None:
    """Keep to "This endpoint is not available for Trial accounts"."""
    if account.trial:
        raise ForbiddenError("This endpoint is not available for Trial accounts")


def _includes(query: Mapping[str, str]) -> set[str]:
    """Read the include parameter. Its values are called "allowed", so others are refused.

    An empty one is none: the code samples have it.
    """
    includes = {item.strip() for item in query.get("include", "").split(",")} - {""}
    unknown = includes - {"settings", *INCLUDES}
    if unknown:
        raise BadRequestError(f"include is not allowed to be {', '.join(sorted(unknown))}")
    return includes


def _find(account: Account, key: str) -> PhoneNumber:
    text = key.removesuffix(".json")
    if not (text.isascii() and text.isdigit() and len(text) < 20) or int(text) not in account.phone_numbers:
        raise NotFoundError
    return account.phone_numbers[int(text)]


def _full(number: PhoneNumber) -> dict[str, Any]:
    """Return every property of the 'JSON format', in the alphabetical order of the examples.

    The examples leave some out, each others; which is not explained.
    """
    view = asdict(number)
    del view["settings"]
    nickname = number.nickname
    view["name"] = nickname if nickname and nickname.strip() else number.display_number
    return dict(sorted(view.items()))


def _minimal(number: PhoneNumber) -> dict[str, Any]:
    full = _full(number)
    return {
        **{name: full[name] for name in MINIMAL},
        "capabilities": {name: number.capabilities.get(name, False) for name in MINIMAL_CAPABILITIES},
        **{name: full[name] for name in MINIMAL_REST},
    }
