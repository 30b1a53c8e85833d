"""Characters that make a file read other than it looks: line breaks and changes of direction that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import yaml

from ringform.manifest.source import Source, quote
from ringform.model.diagnostic import Diagnostic, Location, RingformError, Severity
from ringform.model.messages import listed

WARNINGS = frozenset({"bidirectional-control"})
"""The codes of this module's warnings. A comment in a manifest can silence them."""

MAX_WARNINGS = 100
"""Of so many lines with a bidirectional control one file is warned of."""

# NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR: libyaml begins a new line after them, and editors and diffs do not.
_BREAK = re.compile("[\x85\u2028\u2029]")
_VISIBLE_BREAK = re.compile("[\n\r]")
# Anchors, tags and comments before a quoted text; its event begins with them.
_PROPERTIES = re.compile(r"(?:[&!]\S*\s*|#[^\n\r\x85\u2028\u2029]*\s*)*")
# The marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX 9).
_BIDIRECTIONAL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def refuse_hidden_breaks(
    source: Source, events: Iterable[yaml.Event], diagnostics: list[Diagnostic]
) -> Iterator[yaml.Event]:
    """Hand on the events of a file until one begins after a line break that only YAML sees.

    Within quotes such a character is part of the text: nothing else can begin there, and YAML reads it as a space or
    as itself. Anywhere else it ends a comment or a value, and what follows is read as a line of its own.

    Raises:
        RingformError: ``hidden-line-break``, after the ``diagnostics`` of what stands before it. A syntax error behind
            it is its consequence, and is not raised.
    """
    hidden = _BREAK.search(source.text)
    if hidden is None:
        yield from events
        return
    try:
        for event in events:
            begin, end = event.start_mark, event.end_mark
            assert begin is not None  # only an event made by hand lacks it
            assert end is not None
            quote_opens = _quote_opens(source.text, event, begin.index)
            if hidden is not None and hidden.start() < (quote_opens or begin.index):
                raise RingformError(*diagnostics, _hidden_break(source, hidden))
            if hidden is not None and quote_opens is not None and hidden.start() < end.index:
                hidden = _BREAK.search(source.text, end.index)
            yield event
    except yaml.MarkedYAMLError as error:
        is_in_quotes = (error.context or "").endswith("quoted scalar")
        place = error.context_mark if is_in_quotes else error.problem_mark
        if hidden is not None and place is not None and hidden.start() <= place.index:
            raise RingformError(*diagnostics, _hidden_break(source, hidden)) from None
        raise
    if hidden is not None:
        raise RingformError(*diagnostics, _hidden_break(source, hidden))


def _quote_opens(text: str, event: yaml.Event, begin: int) -> int | None:
    """Return where the quotes of a quoted text open; None for any other event."""
    if not isinstance(event, yaml.ScalarEvent) or event.style not in ("'", '"'):
        return None
    properties = _PROPERTIES.match(text, begin)
    return properties.end() if properties else begin


def _hidden_break(source: Source, hidden: re.Match[str]) -> Diagnostic:
    """Return the diagnostic at the line that people see: where they have to look for it."""
    before = source.text[: hidden.start()]
    line = before.count("\n") + before.count("\r") - before.count("\r\n") + 1
    begin = max(before.rfind("\n"), before.rfind("\r")) + 1
    end = _VISIBLE_BREAK.search(source.text, hidden.end())
    column = hidden.start() - begin + 1
    return Diagnostic(
        code="hidden-line-break",
        summary=f"{_name(hidden[0])} begins a new line for YAML, but not for a person who looks at the file",
        hint="delete it; press Enter where a new line is meant, or put quotes around a text that needs it",
    ).at(Location(source.name, line, column), quote(source.text[begin : end.start() if end else None], column))


def bidirectional_controls(source: Source) -> list[Diagnostic]:
    """Return a warning for each line with a character that changes the order in which the line is shown."""
    if source.text.isascii() or _BIDIRECTIONAL.search(source.text) is None:
        return []
    warnings: list[Diagnostic] = []
    for number, line in enumerate(source.lines, 1):
        first = _BIDIRECTIONAL.search(line)
        if first is None:
            continue
        names = listed(sorted({_name(sign) for sign in _BIDIRECTIONAL.findall(line)}))
        summary = f"this line may not look the way it is read: it holds {names}"
        hint = "delete it, or if a text from right to left needs it, add # ringform: ignore=bidirectional-control"
        diagnostic = Diagnostic("bidirectional-control", summary, Severity.WARNING, hint=hint)
        warnings.append(diagnostic.at(*source.locate(number, first.start() + 1)))
        if len(warnings) == MAX_WARNINGS:
            break
    return warnings


def _name(sign: str) -> str:
    # A control character such as NEL has no name of its own in Unicode, the others do.
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'NEXT LINE').lower()})"
