"""Call flow configs: checked on the way in, completed with ids and audio URLs for reading."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from typing import Any

from ringform.sandbox.phone_inc.ids import Counters
from ringform.sandbox.phone_inc.validation import BLANK, Errors, is_blank

Flow = dict[str, Any]
"""A routing slot's config; as it is stored and read it has option ids and audio URLs."""

FIELDS = {
    "WelcomeTransferConfig": ("welcome", "employee_ids"),
    "TransferConfig": ("employee_ids",),
    "RejectConfig": ("message",),
    "VoicemailConfig": ("greeting",),
    "PhoneMenuConfig": ("welcome", "menu_options"),
}
"""Main numbers document, 'Call flow config types'."""

PROMPTED = ("WelcomeTransferConfig", "VoicemailConfig", "PlayMessageConfig")
TRANSFERS = ("TransferConfig", "WelcomeTransferConfig")
ACTIONS = ("TransferConfig", "WelcomeTransferConfig", "VoicemailConfig", "PlayMessageConfig")
"""Main numbers document, 'Phone menu options'."""


def check_flow(employees: Collection[str], body: dict[str, Any], errors: Errors) -> Flow:
    """Check a config by the rules for its type and return it without the fields that are not the type's.

    ``employees`` are the ids that exist. Unknown fields, and another type's, are left out silently as
    Rails' strong parameters does.
    """
    kind = body.get("type")
    if not isinstance(kind, str) or kind not in FIELDS:
        errors.add("type", BLANK if is_blank(kind) else f"must be one of {', '.join(FIELDS)}")
        return {}
    flow: Flow = {"type": kind}
    for name in FIELDS[kind]:
        if name == "employee_ids":
            flow[name] = _employee_ids(employees, body, "employee_ids", "", errors)
        elif name == "menu_options":
            flow[name] = _menu_options(employees, body.get(name), errors)
        else:
            flow[name] = errors.text(body, name)
    return flow


def render_flow(counters: Counters, flow: Flow) -> Flow:
    """Complete a config for storing: what a client reads is this, in the order of the documents' examples.

    Only a menu shows audio URLs there: of its welcome and of each option's prompt. Every write makes new
    options, and so new ids.
    """
    if flow.get("type") != "PhoneMenuConfig":
        return deepcopy(flow)
    return {
        "type": "PhoneMenuConfig",
        "welcome": flow["welcome"],
        "welcome_audio_url": counters.new_audio_url(),
        "menu_options": [_render_option(counters, option) for option in flow["menu_options"]],
    }


def _render_option(counters: Counters, option: dict[str, Any]) -> dict[str, Any]:
    prompt = option.get("prompt")
    return {
        "id": counters.new_menu_option_id(),
        "digit": option["digit"],
        "action_type": option["action_type"],
        "prompt": prompt,
        "prompt_audio_url": None if prompt is None else counters.new_audio_url(),
        "employee_ids": list(option.get("employee_ids") or []),
    }


def _employee_ids(
    employees: Collection[str], holder: dict[str, Any], field: str, label: str, errors: Errors
) -> list[str]:
    value = holder.get("employee_ids")
    if value is None or value == []:
        errors.add(field, f"{label}must contain at least one employee")
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        errors.add(field, f"{label}must be an array of strings")
        return []
    unknown = [item for item in value if item not in employees]
    if unknown:
        errors.add(field, f"{label}contains unknown employees: {', '.join(unknown)}")
    # The account's own order, each once: the ids name a set, as the documents give no ring order.
    return [employee_id for employee_id in employees if employee_id in value]


def _menu_options(employees: Collection[str], value: object, errors: Errors) -> list[dict[str, Any]]:
    """Check a menu: main numbers document, 'Phone menu options'. The order sent is the order read."""
    if value is None or value == []:
        errors.add("menu_options", "must contain at least one option")
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        errors.add("menu_options", "must be an array of objects")
        return []
    options = [_menu_option(employees, option, f"option {place}: ", errors) for place, option in enumerate(value, 1)]
    digits = [option["digit"] for option in options if isinstance(option["digit"], str)]
    for digit in sorted({digit for digit in digits if digits.count(digit) > 1}):
        errors.add("menu_options", f"digit {digit} is used more than once")
    return options


def _menu_option(employees: Collection[str], option: dict[str, Any], label: str, errors: Errors) -> dict[str, Any]:
    digit, action, prompt = option.get("digit"), option.get("action_type"), option.get("prompt")
    if not isinstance(digit, str) or digit not in tuple("123456789"):
        errors.add("menu_options", f'{label}digit must be a string from "1" to "9"')
    if action not in ACTIONS:
        errors.add("menu_options", f"{label}action_type must be one of {', '.join(ACTIONS)}")
    if prompt is not None and not isinstance(prompt, str):
        errors.add("menu_options", f"{label}prompt must be a string")
    elif action in PROMPTED and is_blank(prompt):
        errors.add("menu_options", f"{label}prompt {BLANK}")
    # Ids of an option that does not transfer are dropped, as the example shows [] where they are unused; a
    # prompt of a plain transfer is kept, as the document calls it optional there and not ignored.
    employee_ids = (
        _employee_ids(employees, option, "menu_options", f"{label}employee_ids ", errors) if action in TRANSFERS else []
    )
    return {
        "digit": digit,
        "action_type": action,
        "prompt": None if is_blank(prompt) else prompt,
        "employee_ids": employee_ids,
    }
