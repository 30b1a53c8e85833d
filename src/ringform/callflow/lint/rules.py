"""The lint rules: a function each, and the table of them. Nothing that they find is refused by a vendor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ringform.callflow.lint import repeats
from ringform.callflow.lint.number import Finding, LintedNumber, slots
from ringform.callflow.lint.spoken import LANGUAGES, announced_keys, is_understood, mentioned_keys
from ringform.callflow.types import (
    Flow,
    Menu,
    Slot,
    StepType,
    Transfer,
    Unknown,
    Voicemail,
)
from ringform.model.clock import MINUTES
from ringform.model.diagnostic import Severity
from ringform.model.messages import counted, cut, listed

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHARACTERS_A_SECOND = 15
"""The speed at which texts are read aloud: 150 words a minute of six characters each, with the space."""
_MOST_SECONDS = 40


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, with a sentence that says what it finds. ``find`` gets all numbers, so that it can compare them."""

    code: str
    severity: Severity
    sentence: str
    find: Callable[[Sequence[LintedNumber]], Iterator[Finding]]


def _each(find: Callable[[LintedNumber], Iterator[Finding]]) -> Callable[[Sequence[LintedNumber]], Iterator[Finding]]:
    """Return a function that applies ``find`` to each number."""
    return lambda numbers: (finding for number in numbers for finding in find(number))


def _keys_not_in_menu(number: LintedNumber) -> Iterator[Finding]:
    menus: dict[str, Menu] = {slot: flow for slot, flow in slots(number.flows) if isinstance(flow, Menu)}
    for text in number.texts:
        menu = menus.get(text.path[0]) if len(text.path) == 2 else None
        missing = sorted(announced_keys(text.plays) - (menu.options.keys() if menu else set()))
        if not missing:
            continue
        keys = f"key{'s' * (len(missing) > 1)} {listed(missing)}"
        if menu is None:
            summary = f"callers are told to press {keys}, but no menu is waiting for a key here"
            hint = f"use a {number.flows.names.step(StepType.MENU)}, or take it out of the text"
        else:
            summary = f"callers are told to press {keys}, which the menu does not have"
            hint = f"add the option, or correct the text: the menu has {listed(menu.options)}"
        yield Finding(number, text.path, summary, hint=hint)


def _keys_not_mentioned(number: LintedNumber) -> Iterator[Finding]:
    for slot, flow in slots(number.flows):
        if not isinstance(flow, Menu) or not _is_understood(flow.plays, number.flows.language):
            continue
        missing = flow.options.keys() - announced_keys(flow.plays)
        missing = missing and missing - mentioned_keys(flow.plays)
        if missing and missing == flow.options.keys():
            summary = f"callers are not told which keys this menu has: {listed(sorted(missing))}"
            yield Finding(number, (slot, "welcome"), summary, hint="name each key and what it is for")
            continue
        for digit in sorted(missing):
            summary = f"key {digit} of the menu is not mentioned in its welcome"
            hint = "say in the welcome what it is for, or remove the option"
            yield Finding(number, (slot, "options", digit, "digit"), summary, hint=hint)


def _is_understood(text: str, language: str | None) -> bool:
    """Return whether keys in a text would be recognised: by the number's language, or else by the text itself."""
    return is_understood(text) if language is None else language.casefold()[:2] in LANGUAGES


def _one_key(number: LintedNumber) -> Iterator[Finding]:
    for slot, flow in slots(number.flows):
        if isinstance(flow, Menu) and len(flow.options) == 1:
            summary = f"this menu has one key, {listed(flow.options)}: callers have nothing to choose"
            hint = "do at once what the key does, or add another"
            yield Finding(number, (slot, "options"), summary, hint=hint)


def _long_texts(number: LintedNumber) -> Iterator[Finding]:
    for text in number.texts:
        seconds = round(len(text.plays) / _CHARACTERS_A_SECOND)
        if seconds > _MOST_SECONDS:
            summary = f"callers listen to this for about {seconds} seconds"
            detail = f"{counted(len(text.plays), 'character')}; aim for less than {_MOST_SECONDS} seconds."
            hint = "say the most important thing, and say it first"
            yield Finding(number, text.path, summary, detail=detail, hint=hint)


def _cut_off(number: LintedNumber) -> Iterator[Finding]:
    for text in number.texts:
        if text.comment is not None:
            summary = f"callers hear this text only up to the #: {cut(text.plays)!r}"
            detail = f"The rest is a comment: {cut(text.comment)}"
            yield Finding(number, text.path, summary, detail=detail, hint="put quotes around the whole text")


_CURLY_PAIRS = (
    "\u201c\u201d",
    "\u201e\u201c",
    "\u201e\u201d",
    "\u201d\u201d",
    "\u2018\u2019",
    "\u00ab\u00bb",
    "\u00bb\u00ab",
)
"""The opening and closing quotes that word processors put around a text, in several languages."""


def _curly_quotes(number: LintedNumber) -> Iterator[Finding]:
    for text in number.texts:
        plays = text.plays.strip()
        if len(plays) > 1 and plays[0] + plays[-1] in _CURLY_PAIRS and plays[0] not in plays[1:-1]:
            summary = f"the curly quotes are part of what is read aloud: {cut(plays)}"
            yield Finding(number, text.path, summary, hint='put straight quotes in their place: "..."')


def _unreachable(number: LintedNumber) -> Iterator[Finding]:
    flows = number.flows
    if not number.is_whole:
        return
    always_open = len(flows.hours) == 7 and set(flows.hours.values()) == {(0, MINUTES)}
    # A dated number closes on a closure, and opens on special hours.
    if flows.closed is not None and always_open and not number.is_dated:
        summary = "no caller reaches this flow: the number is open day and night"
        hint = f"set {flows.names.slot(Slot.CLOSED)}: null, or correct the opening hours"
        yield Finding(number, (Slot.CLOSED,), summary, hint=hint)
    if flows.closed is not None and not flows.hours and not number.is_dated:
        summary = "no caller reaches this flow: the number is closed all week"
        yield Finding(number, (Slot.INCOMING,), summary, hint="correct the opening hours")
    if flows.no_answer is not None and not any(_holds(flow, Transfer, Unknown) for flow in _met(number)):
        summary = "no caller reaches this flow: no call rings anywhere, so none goes unanswered"
        hint = f"set {flows.names.slot(Slot.NO_ANSWER)}: null, or let somebody ring"
        yield Finding(number, (Slot.NO_ANSWER,), summary, hint=hint)


def _met(number: LintedNumber) -> tuple[Flow, Flow]:
    """Return the first flows that callers meet: while the number is open, if it ever is, and while it is closed."""
    flows = number.flows
    closed = flows.closed or flows.incoming
    return (flows.incoming if flows.hours or number.is_dated else closed, closed)


def _holds(flow: Flow, *kinds: type) -> bool:
    return isinstance(flow, kinds) or (
        isinstance(flow, Menu) and any(isinstance(option, kinds) for option in flow.options.values())
    )


def _nobody_on_an_open_day(number: LintedNumber) -> Iterator[Finding]:
    flows = number.flows
    reaches = (Transfer, Voicemail, Unknown)
    if not number.is_whole or _holds(flows.incoming, *reaches):
        return
    outside = _holds(flows.closed or flows.incoming, *reaches)
    days = [_DAYS[day] for day, hours in sorted(flows.hours.items()) if not outside or hours == (0, MINUTES)]
    if days:
        summary = f"the number opens on {listed(days)}, but callers reach neither a person nor a voicemail that day"
        hint = "let somebody ring or take messages, or set these days to closed"
        yield Finding(number, ("opening_hours",), summary, hint=hint)


def _same_outside(number: LintedNumber) -> Iterator[Finding]:
    flows = number.flows
    if flows.closed is not None and flows.closed == flows.incoming and not isinstance(flows.closed, Unknown):
        summary = "the same happens outside opening hours as inside"
        hint = f"set {flows.names.slot(Slot.CLOSED)}: null, which means the same, or say what is different"
        yield Finding(number, (Slot.CLOSED,), summary, hint=hint)


RULES = (
    Rule(
        "key-not-in-menu",
        Severity.WARNING,
        "A text tells callers to press a key that is not there.",
        _each(_keys_not_in_menu),
    ),
    Rule("key-not-mentioned", Severity.WARNING, "A menu's welcome leaves out a key.", _each(_keys_not_mentioned)),
    Rule("one-key-menu", Severity.INFO, "A menu has a single key.", _each(_one_key)),
    Rule("long-text", Severity.WARNING, "A text is longer than callers will listen to.", _each(_long_texts)),
    Rule("cut-off-text", Severity.WARNING, "A spoken text is cut off by a comment.", _each(_cut_off)),
    Rule("curly-quotes", Severity.WARNING, "A spoken text is in curly quotes.", _each(_curly_quotes)),
    Rule("unreachable-flow", Severity.WARNING, "No call reaches a flow.", _each(_unreachable)),
    Rule(
        "nobody-reachable",
        Severity.WARNING,
        "On a day with opening hours, callers reach neither a person nor a voicemail.",
        _each(_nobody_on_an_open_day),
    ),
    Rule("same-outside", Severity.WARNING, "The same happens inside and outside opening hours.", _each(_same_outside)),
    Rule("same-name", Severity.WARNING, "Two numbers have one name.", repeats.same_name),
    Rule(
        "almost-same-text",
        Severity.INFO,
        "Two texts for the same purpose differ so little that one seems to be an old version.",
        repeats.almost_same_text,
    ),
)
