"""Running the rules over a manifest's numbers, and telling each finding once, where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from ringform.callflow.answering import AnswersCalls, answering
from ringform.callflow.lint.number import Finding, LintedNumber, Text, texts
from ringform.callflow.lint.rules import RULES, Rule
from ringform.callflow.types import CallFlow
from ringform.model.address import Address
from ringform.model.desired import Wanted
from ringform.model.diagnostic import MOST_LISTED, Diagnostic, Excerpt, Location
from ringform.model.kind import HasKinds
from ringform.model.messages import listed

Place: TypeAlias = Callable[[Address, tuple[str, ...]], tuple[Location, Excerpt] | None]
"""Where a manifest says this of an object, by the field's path in normal form."""


def lint(
    wanted: Mapping[Address, Wanted], dated: Collection[Address], vendor: HasKinds, place: Place
) -> list[Diagnostic]:
    """Everything that the rules find. What numbers have from one line, of ``defaults`` or an anchor, is told once.

    What is right must not depend on the day: ``wanted`` is that of a normal week; ``dated`` are the objects with dates.
    """
    numbers = list(_numbers(wanted, dated, vendor, place))
    return [diagnostic for rule in RULES for diagnostic in _told(rule, numbers, place)]


def _numbers(
    wanted: Mapping[Address, Wanted], dated: Collection[Address], vendor: HasKinds, place: Place
) -> Iterator[LintedNumber]:
    for address, each in wanted.items():
        kind = vendor.kinds[address.kind]
        if kind.traced and isinstance(vendor, AnswersCalls):
            answers = answering(vendor, address, each.fields)
            is_whole = isinstance(answers, CallFlow)
            flows = answers if isinstance(answers, CallFlow) else vendor.call_flow(each.fields)
            name = kind.name_of(each.fields)
            heard = tuple(_with_comment(text, place(address, flows.names.path(text.path))) for text in texts(flows))
            yield LintedNumber(address, name, flows, is_whole, address in dated, heard)


_CLOSING = (".", "!", "?", ":")
_COMMENT = re.compile(r"[ \t]+(#.*)")


def _with_comment(text: Text, written: tuple[Location, Excerpt] | None) -> Text:
    """Return the text with the comment that cuts it off: behind an unquoted text that does not end like a sentence."""
    if written is None or text.plays.rstrip().endswith(_CLOSING):
        return text
    line, end = written[1].text, written[1].start + written[1].length
    found = _COMMENT.match(line, end)
    is_quoted = line[written[1].start : end].startswith(("'", '"', "|", ">"))
    return replace(text, comment=found[1]) if found and not is_quoted else text


def _told(rule: Rule, numbers: list[LintedNumber], place: Place) -> Iterator[Diagnostic]:
    by_place: dict[object, tuple[Diagnostic, list[LintedNumber]]] = {}
    for finding in rule.find(numbers):
        if len(by_place) > MOST_LISTED:
            break  # no more would be listed
        diagnostic = _placed(rule, finding, place)
        key = diagnostic.location or diagnostic
        by_place.setdefault(key, (diagnostic, []))[1].append(finding.number)
    for diagnostic, owners in by_place.values():
        labels = list(dict.fromkeys(number.label for number in owners))
        if len(labels) > 1:
            detail = f"{diagnostic.detail + ' ' if diagnostic.detail else ''}This is so for {listed(labels)}."
            yield replace(diagnostic, detail=detail, address=None)
        else:
            yield diagnostic


def _placed(rule: Rule, finding: Finding, place: Place) -> Diagnostic:
    names = finding.number.flows.names
    detail = finding.detail
    other = finding.other and place(finding.other[0].address, names.path(finding.other[1]))
    if other:
        detail = f"{detail + ' ' if detail else ''}The other one is at {other[0]}."
    address = finding.number.address
    diagnostic = Diagnostic(rule.code, finding.summary, rule.severity, detail, finding.hint, address=address)
    found = place(address, names.path(finding.path))
    return diagnostic.at(*found) if found else diagnostic
