"""Call flows: the five config types, as a manifest writes them, in normal form, and as the API takes them.

Normal form: a mapping with ``type`` and that type's fields; a menu's options by their digit, in order of the digits;
employees sorted, since the documents give no ring order, and in one case. What the API adds on reading
(``*_audio_url``, option ids, unused prompts and employee lists) is not part of it (main numbers document, "Call flow
config types").
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Field
from pydantic.config import JsonDict

from ringform.model.problem import Problem
from ringform.model.values import Json
from ringform.providers.phone_inc.fields import DIGITS, Digit, Spoken
from ringform.providers.phone_inc.manifest.employee_book import MOST_NAMES, one_case
from ringform.providers.shared.field_types import Strict
from ringform.providers.shared.shape import tag_of
from ringform.providers.shared.validation import at_most, check

SLOTS = ("incoming_call_config", "outside_opening_hours_config", "no_answer_config")
"""The three routing slots, which share one set of config types."""


_MOST_OPTIONS = 100
"""Options of a menu that are looked at: only nine can be right."""

READ_ONLY = "the account sets it itself: remove the line"
"""What to do about a field of the API that only the account can write."""


class WrittenStep(Strict):
    """Something that a caller meets."""

    ADVICE: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys((f"{name}_audio_url" for name in ("welcome", "message", "greeting", "prompt")), READ_ONLY),
        "id": READ_ONLY,
        "timeout_secs": "write no_answer_timeout_secs: 30, beside no_answer_config",
        "opening_hours": "opening_hours belong beside this config, not inside it",
        # Types that belong to the other of the two unions:
        "PhoneMenuConfig": "a menu cannot be inside a menu",
        "RejectConfig": "to say something and hang up, a menu has PlayMessageConfig",
        "PlayMessageConfig": "to say something and hang up, use RejectConfig: it needs a message",
    }


People = Annotated[
    list[str],
    Field(
        min_length=1,
        description="Who rings: aliases, ring groups or employee ids, in any order and each once.",
        examples=[["maria"]],
        json_schema_extra={"uniqueItems": True},
    ),
    BeforeValidator(at_most(MOST_NAMES)),
]
_Key = Annotated[Digit, Field(description="The key that the caller presses, 1 to 9; each once in a menu.")]
_Prompt = Annotated[
    Spoken,
    Field(
        description="What the caller hears after the key. May use {{ variables }}.",
        examples=["Leave a message after the tone."],
    ),
]
_Welcome = Annotated[
    Spoken,
    Field(description="What callers hear first. May use {{ variables }}.", examples=["Welcome to {{ company }}."]),
]


class TransferOption(WrittenStep):
    """Transfer straight to the employees."""

    digit: _Key
    action_type: Literal["TransferConfig"]
    """Ring the employees at once."""

    employee_ids: People
    prompt: Spoken | None = None
    """Not played: a TransferConfig rings at once. WelcomeTransferConfig plays it first."""


class WelcomeTransferOption(WrittenStep):
    """Play the prompt, then transfer to the employees."""

    digit: _Key
    action_type: Literal["WelcomeTransferConfig"]
    """Play the prompt, then ring the employees."""

    prompt: _Prompt
    employee_ids: People


class VoicemailOption(WrittenStep):
    """Play the prompt, then record a voicemail."""

    digit: _Key
    action_type: Literal["VoicemailConfig"]
    """Play the prompt, then record a voicemail."""

    prompt: _Prompt


class PlayMessageOption(WrittenStep):
    """Play the prompt, then hang up."""

    digit: _Key
    action_type: Literal["PlayMessageConfig"]
    """Play the prompt, then hang up."""

    prompt: _Prompt


def _at_most_once(digit: str) -> JsonDict:
    """Return what an editor knows of a menu, in which each key has one option."""
    has_it: JsonDict = {"required": ["digit"], "properties": {"digit": {"enum": [digit, int(digit)]}}}
    message = f"Key {digit} is used twice in this menu."
    return {"contains": has_it, "minContains": 0, "maxContains": 1, "errorMessage": message}


MenuOption = Annotated[
    TransferOption | WelcomeTransferOption | VoicemailOption | PlayMessageOption, Field(discriminator="action_type")
]


class WelcomeTransferFlow(WrittenStep):
    """Play a welcome, then ring the employees."""

    type: Literal["WelcomeTransferConfig"]
    """Play the welcome, then ring the employees."""

    welcome: _Welcome
    employee_ids: People


class TransferFlow(WrittenStep):
    """Ring the employees without a welcome."""

    type: Literal["TransferConfig"]
    """Ring the employees without a welcome."""

    employee_ids: People


class RejectFlow(WrittenStep):
    """Play a message and hang up."""

    type: Literal["RejectConfig"]
    """Play the message and hang up."""

    message: Annotated[
        Spoken,
        Field(
            description="What callers hear before the call ends. May use {{ variables }}.",
            examples=["We are closed. Please call back tomorrow."],
        ),
    ]


class VoicemailFlow(WrittenStep):
    """Play a greeting and record a voicemail."""

    type: Literal["VoicemailConfig"]
    """Play the greeting, then record a voicemail."""

    greeting: Annotated[
        Spoken,
        Field(
            description="What callers hear before the tone. May use {{ variables }}.",
            examples=["Sorry we missed you. Leave a message after the tone."],
        ),
    ]


class PhoneMenuFlow(WrittenStep):
    """Play a welcome and wait for one key, 1 to 9."""

    type: Literal["PhoneMenuConfig"]
    """Play the welcome and wait for one key, 1 to 9."""

    welcome: _Welcome
    menu_options: Annotated[
        list[MenuOption],
        Field(
            min_length=1,
            description="What each key does: the whole menu.",
            json_schema_extra={"allOf": [_at_most_once(digit) for digit in DIGITS]},
        ),
        BeforeValidator(at_most(_MOST_OPTIONS)),
    ]


Flow = Annotated[
    WelcomeTransferFlow | TransferFlow | RejectFlow | VoicemailFlow | PhoneMenuFlow, Field(discriminator="type")
]


def distinct_digits(config: object) -> list[Problem]:
    """Return the problems of the digits of a menu as it is written, whatever else may be wrong with it.

    Every digit must be unique (main numbers document, "Phone menu options"). Paths are relative to the config.
    """
    options = config.get("menu_options") if isinstance(config, Mapping) else None
    if isinstance(options, list) and len(options) > _MOST_OPTIONS:
        return []  # their number is the problem, which validation reports
    first: dict[str, int] = {}
    problems = []
    for position, option in enumerate(options if isinstance(options, list) else ()):
        digit = option.get("digit") if isinstance(option, Mapping) else None
        if not isinstance(digit, str) or digit not in DIGITS:
            continue
        if digit in first:
            summary = f"key {digit} is used twice in this menu"
            path, other = (("menu_options", place, "digit") for place in (position, first[digit]))
            problems.append(Problem(path, "duplicate-digit", summary, hint="give it a free key", other=other))
        first.setdefault(digit, position)
    return problems


class _AnyOption(WrittenStep):
    """What can be checked of a menu option whose ``action_type`` is not known."""

    digit: _Key
    action_type: object = None
    prompt: Spoken | None = None
    employee_ids: People | None = None


class _AnyFlow(WrittenStep):
    """What can be checked of a config whose ``type`` is not known."""

    type: object = None
    welcome: Spoken | None = None
    message: Spoken | None = None
    greeting: Spoken | None = None
    employee_ids: People | None = None
    menu_options: Annotated[list[MenuOption] | None, BeforeValidator(at_most(_MOST_OPTIONS))] = None


_ONLY_OF_CONFIGS = _AnyFlow.model_fields.keys() - _AnyOption.model_fields.keys()


def behind_unknown_types(config: object) -> list[Problem]:
    """Return what else is wrong where a type is missing or not known, for which pydantic tells of the type alone.

    Paths are relative to the config.
    """
    if not isinstance(config, Mapping):
        return []
    problems = [] if _is_of(Flow, config.get("type")) else check(_AnyFlow, config, ())[1]
    options = config.get("menu_options")
    for position, option in enumerate(options[:_MOST_OPTIONS] if isinstance(options, list) else ()):
        if isinstance(option, Mapping) and not _is_of(MenuOption, option.get("action_type")):
            # Fields of a config are there because of the type: that is the one mistake.
            own = {name: value for name, value in option.items() if name not in _ONLY_OF_CONFIGS}
            problems += check(_AnyOption, own, ("menu_options", position))[1]
    return problems


def _is_of(union: object, tag: object) -> bool:
    return isinstance(tag, str) and tag in _fields(union)


_RINGS = ("TransferConfig", "WelcomeTransferConfig")


def normal(config: Json) -> Json:
    """Return the normal form of a config of the API or of a validated manifest; a type that is new to us stays whole.

    Raises:
        ValueError: It is neither null nor an object, or its menu options are not a list of objects.
    """
    if config is None:
        return None
    if not isinstance(config, Mapping):
        raise ValueError("a routing config is not an object")
    if config.get("type") is None:
        return None
    known = _fields(Flow).get(str(config["type"]))
    if known is None:
        return {key: value for key, value in config.items() if _is_written(key)}
    form = {key: value for key, value in config.items() if key in known}
    if "employee_ids" in form:
        form["employee_ids"] = _people(form["employee_ids"])
    if "menu_options" in form:
        form["menu_options"] = _options(form["menu_options"])
    return form


@cache
def _fields(union: object) -> dict[str, Set[str]]:
    """Return the fields of each member of a union, by its type: whatever else an answer has, the server has added."""
    return {tag: member.model_fields.keys() for member in get_args(get_args(union)[0]) if (tag := tag_of(member))}


def _is_written(key: str) -> bool:
    return not key.endswith("_audio_url")


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
    action = str(option.get("action_type"))
    if action not in _fields(MenuOption):
        return {key: value for key, value in option.items() if _is_written(key) and key not in ("id", "digit")}
    form: dict[str, Json] = {"action_type": action}
    if option.get("prompt"):
        form["prompt"] = option["prompt"]
    if action in _RINGS:
        form["employee_ids"] = _people(option.get("employee_ids"))
    return form


def _people(ids: Json) -> Json:
    return sorted({one_case(str(each)) for each in ids}) if isinstance(ids, list) else []


def for_api(form: Json) -> dict[str, Json]:
    """Return the body that sets a slot to a normal form: ``{"type": null}`` clears it."""
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
    """Whether a normal form is null or of documented types, its menu options too, so that it can be sent back."""
    if not isinstance(form, Mapping):
        return form is None
    options = form.get("menu_options")
    known_options = not isinstance(options, Mapping) or all(
        isinstance(option, Mapping) and str(option.get("action_type")) in _fields(MenuOption)
        for option in options.values()
    )
    return str(form.get("type")) in _fields(Flow) and known_options
