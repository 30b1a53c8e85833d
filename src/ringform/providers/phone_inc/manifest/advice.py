"""Warnings about a main number, with its defaults filled in: what is valid, and surely not meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ringform.calendar.number_calendar import NumberCalendar
from ringform.model.diagnostic import Severity
from ringform.model.problem import DocumentPath, Problem
from ringform.model.values import Fields, Json
from ringform.providers.shared.calendar.advice import HOURS

WARNINGS = frozenset({"closure-without-effect", "flow-without-timer", "prompt-not-played", "timer-without-flow"})
"""The codes of this module's warnings. A comment in a manifest can silence them."""


def about(fields: Mapping[str, Json], path: DocumentPath) -> list[Problem]:
    """Warn of flows that never run and timers without a flow (main numbers document, ``no_answer_timeout_secs``)."""
    problems: list[Problem] = []
    flow, timer = "no_answer_config", "no_answer_timeout_secs"
    if fields.get(flow) is not None and fields.get(timer) is None:
        is_off = timer in fields
        summary = f"{flow} has no timer: {timer} is {'off' if is_off else 'not in the manifest'}"
        without = "Without a timer" if is_off else "Unless the account has a timer,"
        detail = f"{without} calls ring until they end, and this flow never runs."
        hint = f"add {timer}: 30"
        place = (*path, flow)
        problems.append(Problem(place, "flow-without-timer", summary, Severity.WARNING, detail, hint, on_key=True))
    if fields.get(timer) is not None and flow in fields and fields[flow] is None:
        summary = f"{timer} is set, but {flow} is null"
        detail = "Nothing is documented to happen when the timer ends: the call still rings out."
        hint = f"add a {flow}, or set {timer}: null"
        place = (*path, timer)
        problems.append(Problem(place, "timer-without-flow", summary, Severity.WARNING, detail, hint, on_key=True))
    for slot, config in fields.items():
        options = config.get("menu_options") if isinstance(config, Mapping) else None
        for digit, option in options.items() if isinstance(options, Mapping) else ():
            if isinstance(option, Mapping) and option.get("action_type") == "TransferConfig" and "prompt" in option:
                summary = f"key {digit} has a prompt that is not played: a TransferConfig rings at once"
                hint = "use WelcomeTransferConfig to play it first, or remove the prompt"
                place = (*path, slot, "menu_options", digit, "prompt")
                problems.append(Problem(place, "prompt-not-played", summary, Severity.WARNING, hint=hint, on_key=True))
    return problems


def about_closures(
    calendar: NumberCalendar, fields: Fields, written: Collection[str], path: DocumentPath
) -> Iterator[Problem]:
    """Warn of closures of all numbers that cannot close this one; ``written`` are its own keys."""
    outside = "outside_opening_hours_config"
    is_same_at_all_hours = outside in fields and fields[outside] is None and HOURS in fields
    if is_same_at_all_hours and "closures" not in written and calendar.shared.closures:
        summary = f"closures have no effect here: {outside} is null, so callers meet the same at all hours"
        hint = "write closures: null here if this number is never closed"
        yield Problem(path, "closure-without-effect", summary, Severity.WARNING, hint=hint, on_key=True)
