"""From a file's text to its canonical one, which says the same and has the same comments, or to the reason why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ringform.manifest import composer
from ringform.manifest.canonical.gaps import comments, read_gap
from ringform.manifest.canonical.places import Place
from ringform.manifest.canonical.printer import NotFormattable, Printer, ShortHours
from ringform.manifest.canonical.spans import Collection, Scalar, Span, spans
from ringform.manifest.source import Source
from ringform.manifest.tree import Map, Node, Seq
from ringform.model.diagnostic import RingformError
from ringform.providers.shared.calendar.advice import HOURS

_OTHER_BREAKS = ("\r", "\x85", "\u2028", "\u2029")
_MOST_PASSES = 4


def canonical(source: Source, tree: Map, place: Place, short_hours: ShortHours) -> str:
    """Return a file in canonical layout. ``tree`` is what was read of it, without errors; ``place`` what it may hold.

    Raises:
        NotFormattable: Its meaning or a comment would not survive, or it is written in a way that this does not know.
    """
    text = source.text.replace("\r\n", "\n")
    has_crlf = len(text) < len(source.text)
    is_mixed = has_crlf and source.text.count("\r\n") < text.count("\n")
    if is_mixed or any(sign in text for sign in _OTHER_BREAKS):
        raise NotFormattable("its lines end in different ways")
    before = spans(text)
    earlier, printed = text, Printer(text, short_hours).print(before, place)
    if printed == text:
        return source.text
    # What came out of braces may have more to it, such as hours in a list.
    for _ in range(_MOST_PASSES):
        if printed == earlier:
            break
        _check(Source(source.name, printed), tree, Counter(_comments(text, before)), short_hours)
        earlier, printed = printed, Printer(printed, short_hours).print(spans(printed), place)
    else:
        raise NotFormattable("its layout would not come to rest")
    return printed.replace("\n", "\r\n") if has_crlf else printed


def _check(printed: Source, tree: Map, expected: Counter[str], short_hours: ShortHours) -> None:
    try:
        after, problems = composer.parse(printed)
    except RingformError:
        raise NotFormattable("it could not be read any more") from None
    if any(problem.is_error for problem in problems) or _meaning(after, short_hours) != _meaning(tree, short_hours):
        raise NotFormattable("it would not mean the same any more")
    if Counter(_comments(printed.text, spans(printed.text))) != expected:
        raise NotFormattable("a comment would be lost")


def _meaning(node: Node, short_hours: ShortHours) -> object:
    if isinstance(node, Seq):
        return [_meaning(each, short_hours) for each in node]
    if not isinstance(node, Map):
        return node
    return {
        key: (short_hours(value) if key == HOURS and isinstance(value, Seq) else None) or _meaning(value, short_hours)
        for key, value in node.items()
    }


def _comments(text: str, root: Collection) -> Iterator[str]:
    at = 0
    for scalar in _scalars(root):
        if scalar.start > at:
            yield from comments(read_gap(text, at, scalar.start))
        if scalar.style in ("|", ">"):
            header = text[scalar.start : scalar.end].partition("\n")[0]
            yield from comments(read_gap(header, 0, len(header)))
        at = max(at, scalar.end)
    yield from comments(read_gap(text, at, len(text)))


def _scalars(span: Span) -> Iterator[Scalar]:
    if isinstance(span, Scalar):
        yield span
    else:
        for child in span.children:
            yield from _scalars(child)
