"""What a manifest comes to for an account, worked out a second time and from the API's documents alone.

It shares no code with ``ringform.providers``, so that a mistake there cannot hide here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from support.sandboxes import State

SCALARS = ("name", "timezone", "language", "recording_enabled")
SLOTS = ("incoming_call_config", "outside_opening_hours_config", "no_answer_config")
ENDPOINTS = (
    SCALARS,
    ("incoming_call_config",),
    ("outside_opening_hours_config", "opening_hours"),
    ("no_answer_config", "no_answer_timeout_secs"),
)
"""The fields of each of the four writes."""

TEXTS = ("name", "email", "company_name", "note")

Meaning = dict[str, Any]


def main_number(fields: Mapping[str, Any]) -> Meaning:
    """What the settings of a main number mean to a caller; any subset of the API's fields."""
    readings: dict[str, Callable[[Any], object]] = {
        "timezone": lambda zone: zone.rpartition("/")[2],
        "no_answer_timeout_secs": lambda seconds: seconds or None,
        "opening_hours": _week,
        **dict.fromkeys(SLOTS, _flow),
    }
    return {
        name: readings[name](value) if name in readings else value
        for name, value in fields.items()
        if name in (*SCALARS, *SLOTS, "no_answer_timeout_secs", "opening_hours")
    }


def contact(fields: Mapping[str, Any]) -> Meaning:
    """What a contact says; an empty text is none."""
    return {name: fields[name] or None for name in TEXTS if name in fields}


def _week(days: list[dict[str, Any]]) -> list[tuple[str, str] | None]:
    by_day = {day["day_of_week"]: (day["opening_at"], day["closing_at"]) if day["open"] else None for day in days}
    return [by_day[number] for number in range(7)]


def _flow(config: Mapping[str, Any] | None) -> object:
    if config is None:
        return None
    spoken = tuple(config.get(name) for name in ("welcome", "message", "greeting"))
    options = {
        option["digit"]: (
            option["action_type"],
            option.get("prompt") or None,
            frozenset(option.get("employee_ids") or ()),
        )
        for option in config.get("menu_options", ())
    }
    return config["type"], spoken, frozenset(config.get("employee_ids") or ()), options


def numbers(state: State) -> dict[str, Meaning]:
    """Every main number of an account, by its number."""
    return {each["number"]: main_number(each) for each in state["main_numbers"]}


def contacts(state: State) -> dict[str, Meaning]:
    """Every contact of an account, by its number."""
    return {each["phone"]: contact(each) for each in state["contacts"]}


class Goal:
    """What an account shall hold once a manifest is applied, and in how few calls it can be reached.

    The manifest's employees must stand in it as ids, its hours as the API's seven objects and its phone numbers in
    E.164 form.
    """

    def __init__(self, state: State, document: Mapping[str, Any]) -> None:
        self.calls = 0
        self.numbers = numbers(state)
        for key, entry in document.get("main_numbers", {}).items():
            before = self.numbers[key]
            after = {**before, **main_number(entry)}
            self.calls += sum(any(before[name] != after[name] for name in fields) for fields in ENDPOINTS)
            self.numbers[key] = after
        self.contacts = self._contacts(state, document)

    def _contacts(self, state: State, document: Mapping[str, Any]) -> dict[str, Meaning]:
        live = contacts(state)
        entries = document.get("contacts", {})
        if document.get("unlisted_contacts") == "delete":
            held: dict[str, Meaning] = {}
        else:
            held = {phone: fields for phone, fields in live.items() if phone not in entries}
        moved = {entry["was"] for entry in entries.values() if entry.get("was") in live}
        for phone in moved:
            held.pop(phone, None)
        kept = set(held)
        for phone, entry in entries.items():
            if entry.get("absent"):
                continue
            source = entry["was"] if entry.get("was") in live else None if phone in moved else phone
            before = live.get(source) if source else None
            if source and before is not None:
                kept.add(source)
            held[phone] = {**(before or dict.fromkeys(TEXTS)), **contact(entry)}
            self.calls += before is None or source != phone or before != held[phone]
        self.calls += len(live.keys() - kept)
        return held
