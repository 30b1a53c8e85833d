"""Rules that compare numbers: two with one name, and two texts of which one seems to be an old version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ringform.callflow.lint.number import Finding, LintedNumber, Text
from ringform.model.messages import shown

_LEAST_ALIKE = 0.9
"""Of two texts, the share of both that is the same; below it they are two texts."""
_SHORTEST = 24
"""Characters of a text that is compared: two short ones are alike by chance."""
_PARTICULAR = re.compile(r"(?<!\S)(?:[^\W\d_a-zæøåäöüß]|[^\s\d]*\d)\S*")
_NEIGHBOURS = 3
"""With how many texts each one is compared, among those that begin or end most like it: a fixed number, so that a
thousand numbers take no more than ten times as long as a hundred."""


def same_name(numbers: Sequence[LintedNumber]) -> Iterator[Finding]:
    """Yield two numbers that people cannot tell apart, and that no test or command can name."""
    first: dict[str, LintedNumber] = {}
    for number in numbers:
        if number.name is None:
            continue
        other = first.setdefault(number.name.casefold(), number)
        if other is not number:
            summary = f"another number is called {shown(number.name)}, too"
            yield Finding(number, ("name",), summary, hint="give each a name of its own", other=(other, ("name",)))


def almost_same_text(numbers: Sequence[LintedNumber]) -> Iterator[Finding]:
    """Yield texts for the same purpose of which one has something more in one place, and not only names or figures."""
    groups: dict[str, dict[str, tuple[int, LintedNumber, Text]]] = {}
    seen: set[tuple[str, str]] = set()
    for number in numbers:
        for text in number.texts:
            # Of texts that differ only in names and figures one is enough, so a chain of a thousand shops costs little.
            key = (text.kind, _without_particulars(text.plays))
            if len(text.plays) >= _SHORTEST and key not in seen:
                seen.add(key)
                groups.setdefault(text.kind, {})[text.plays] = (len(seen), number, text)
    for group in groups.values():
        told: set[str] = set()
        for one, two in _neighbours(list(group)):
            earlier, later = sorted((one, two), key=lambda each: group[each][0])
            if later not in told and _is_old_version(earlier, later):
                told.add(later)
                (_, other, there), (_, number, here) = group[earlier], group[later]
                before, after = _differing_words(earlier, later)
                detail = f"There it says {shown(before)}, and here {shown(after)}."
                summary = "this text is almost the same as another one"
                hint = "make them equal, with a variable if it is to stay so, or make them differ more"
                yield Finding(number, here.path, summary, detail=detail, hint=hint, other=(other, there.path))


def _neighbours(group: list[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs that begin or that end alike: one that was edited in one place is among them."""
    for ordered in (sorted(group), sorted(group, key=lambda text: text[::-1])):
        for position, text in enumerate(ordered):
            for other in islice(ordered, position + 1, position + 1 + _NEIGHBOURS):
                yield text, other


def _is_old_version(one: str, two: str) -> bool:
    before, middle, after = _around(one, two)
    if 2 * (before + after) < _LEAST_ALIKE * (len(one) + len(two)):
        return False
    # Another word in the place of one is meant so: "our sales team", "our support team"; "tirsdag", "torsdag".
    if middle and before + after < len(two):
        return False
    return not all(_is_particular(word) for words in _differing_words(one, two) for word in words.split())


def _around(one: str, two: str) -> tuple[int, int, int]:
    """How many characters two texts share at the beginning, how many of the first differ, how many are at the end."""
    before = _alike(one, two)
    most = min(len(one), len(two)) - before
    after = _alike(one[::-1][:most], two[::-1][:most])
    return before, len(one) - before - after, after


def _alike(one: str, two: str) -> int:
    """Return how many characters two texts begin with together; by halves, since comparing slices is quick."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _differing_words(one: str, two: str) -> tuple[str, str]:
    """Return what differs, in whole words."""
    before, _, after = _around(one, two)
    start = one.rfind(" ", 0, before) + 1
    gap = one.find(" ", len(one) - after)
    tail = 0 if gap < 0 else len(one) - gap
    return one[start : len(one) - tail], two[start : len(two) - tail]


def _without_particulars(text: str) -> str:
    return _PARTICULAR.sub("*", text)


def _is_particular(word: str) -> bool:
    """Return whether a word is a name or a figure: texts of two places differ in those on purpose."""
    return _PARTICULAR.match(word) is not None
