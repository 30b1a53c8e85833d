"""Running the lint rules over a manifest's numbers, with one diagnostic for each line that they find fault with."""

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
"""Returns where a manifest sets a field of an object, by the field's path in normal form."""


def lint(
    wanted: Mapping[Address, Wanted], dated: Collection[Address], vendor: HasKinds, place: Place
) -> list[Diagnostic]:
    """Return the diagnostics of all rules. A line that several numbers share, by ``defaults`` or an anchor, gets one.

    ``wanted`` is the desired state in a normal week, so that findings do not depend on the day; ``dated`` are the
    objects with closures or special hours.
    """
    numbers = list(_numbers(wanted, dated, vendor, place))
    return [diagnostic for rule in RULES for diagnostic in _diagnostics(rule, numbers, place)]


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
            spoken = tuple(_with_comment(text, place(address, flows.names.path(text.path))) for text in texts(flows))
            yield LintedNumber(address, name, flows, is_whole, address in dated, spoken)


_CLOSING = (".", "!", "?", ":")
_COMMENT = re.compile(r"[ \t]+(#.*)")


def _with_comment(text: Text, written: tuple[Location, Excerpt] | None) -> Text:
    """Return the text with a comment that may cut it off: one after an unquoted text that does not end a sentence."""
    if written is None or text.plays.rstrip().endswith(_CLOSING):
        return text
    line, end = written[1].text, written[1].start + written[1].length
    comment = _COMMENT.match(line, end)
    is_quoted = line[written[1].start : end].startswith(("'", '"', "|", ">"))
    return replace(text, comment=comment[1]) if comment and not is_quoted else text


def _diagnostics(rule: Rule, numbers: list[LintedNumber], place: Place) -> Iterator[Diagnostic]:
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
            detail = f"{diagnostic.detail + ' ' if diagnostic.detail else ''}This applies to {listed(labels)}."
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
    location = place(address, names.path(finding.path))
    return diagnostic.at(*location) if location else diagnostic
