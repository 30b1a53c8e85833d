"""Call flows: the five config types, as a manifest writes them, in normal form, and as the API takes them.

Normal form: a mapping with ``type`` and that type's fields; a menu's options by their digit, in order of the digits;
employees sorted, since the documents give no ring order. What the API adds on reading (``*_audio_url``, option ids,
unused prompts and employee lists) is not part of it (main numbers document, "Call flow config types").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ringform.core.values import Json
from ringform.providers.base import Problem
from ringform.providers.phone_inc.fields import Digit, Spoken
from ringform.providers.validation import refuse_many

SLOTS = ("incoming_call_config", "outside_opening_hours_config", "no_answer_config")
"""The three routing slots, which share one set of config types."""


class Strict(BaseModel):
    """A mapping in which an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


People = Annotated[
    list[str],
    Field(min_length=1, description="Who rings: aliases, ring groups or employee ids, in any order."),
]


class TransferOption(Strict):
    """Transfer straight to the employees."""

    digit: Digit
    action_type: Literal["TransferConfig"]
    employee_ids: People
    prompt: Spoken | None = None


class WelcomeTransferOption(Strict):
    """Play the prompt, then transfer to the employees."""

    digit: Digit
    action_type: Literal["WelcomeTransferConfig"]
    prompt: Spoken
    employee_ids: People


class VoicemailOption(Strict):
    """Play the prompt, then record a voicemail."""

    digit: Digit
    action_type: Literal["VoicemailConfig"]
    prompt: Spoken


class PlayMessageOption(Strict):
    """Play the prompt, then hang up."""

    digit: Digit
    action_type: Literal["PlayMessageConfig"]
    prompt: Spoken


MenuOption = Annotated[
    TransferOption | WelcomeTransferOption | VoicemailOption | PlayMessageOption, Field(discriminator="action_type")
]


def _distinct_digits(options: list[MenuOption]) -> list[MenuOption]:
    first: dict[str, int] = {}
    found = []
    for position, option in enumerate(options):
        if option.digit in first:
            summary = f"key {option.digit} is used twice in this menu"
            other = (first[option.digit], "digit")
            found.append(
                Problem((position, "digit"), "duplicate-digit", summary, hint="give it a free key", other=other)
            )
        first.setdefault(option.digit, position)
    if found:
        raise refuse_many(found)
    return options


class WelcomeTransferFlow(Strict):
    """Play a welcome, then ring the employees."""

    type: Literal["WelcomeTransferConfig"]
    welcome: Spoken
    employee_ids: People


class TransferFlow(Strict):
    """Ring the employees without a welcome."""

    type: Literal["TransferConfig"]
    employee_ids: People


class RejectFlow(Strict):
    """Play a message and hang up."""

    type: Literal["RejectConfig"]
    message: Spoken


class VoicemailFlow(Strict):
    """Play a greeting and record a voicemail."""

    type: Literal["VoicemailConfig"]
    greeting: Spoken


class PhoneMenuFlow(Strict):
    """Play a welcome and wait for one key, 1 to 9."""

    type: Literal["PhoneMenuConfig"]
    welcome: Spoken
    menu_options: Annotated[list[MenuOption], Field(min_length=1), AfterValidator(_distinct_digits)]


Flow = Annotated[
    WelcomeTransferFlow | TransferFlow | RejectFlow | VoicemailFlow | PhoneMenuFlow, Field(discriminator="type")
]

_RINGS = ("TransferConfig", "WelcomeTransferConfig")


def normal(config: Json) -> Json:
    """The normal form of a config as the API or a validated manifest gives it; a type that is new to us stays whole.

    Raises:
        ValueError: It is neither null nor an object, or its menu options are not a list of objects.
    """
    if config is None:
        return None
    if not isinstance(config, Mapping):
        raise ValueError("a routing config is not an object")
    if config.get("type") is None:
        return None
    form = {key: value for key, value in config.items() if not key.endswith("_audio_url")}
    if "employee_ids" in form:
        form["employee_ids"] = _people(form["employee_ids"])
    if "menu_options" in form:
        form["menu_options"] = _options(form["menu_options"])
    return form


def _options(options: Json) -> Json:
    if not isinstance(options, list):
        raise ValueError("menu_options is not a list")
    by_digit = {}
    for option in options:
        if not isinstance(option, Mapping) or not isinstance(option.get("digit"), str):
            raise ValueError("a menu option has no digit")
        by_digit[option["digit"]] = _option(option)
    return {digit: by_digit[digit] for digit in sorted(by_digit)}


def _option(option: Mapping[str, Json]) -> Json:
    form: dict[str, Json] = {"action_type": option.get("action_type")}
    if option.get("prompt"):
        form["prompt"] = option["prompt"]
    if option.get("action_type") in _RINGS:
        form["employee_ids"] = _people(option.get("employee_ids"))
    return form


def _people(ids: Json) -> Json:
    return sorted({str(each) for each in ids}) if isinstance(ids, list) else []


def for_api(form: Json) -> dict[str, Json]:
    """The body that sets a slot to a normal form: ``{"type": null}`` clears it."""
    if not isinstance(form, Mapping):
        return {"type": None}
    body = dict(form)
    options = form.get("menu_options")
    if isinstance(options, Mapping):
        body["menu_options"] = [
            {"digit": digit, **option} for digit, option in options.items() if isinstance(option, Mapping)
        ]
    return body


def is_known(form: Json) -> bool:
    """Whether a normal form is null or of one of the five documented types, so that it can be sent back."""
    types = {get_args(member.model_fields["type"].annotation)[0] for member in get_args(get_args(Flow)[0])}
    return form is None or (isinstance(form, Mapping) and form.get("type") in types)
