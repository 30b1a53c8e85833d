"""Rules that compare numbers: two with the same name, and two texts of which one seems to be an old version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ringform.callflow.lint.number import Finding, LintedNumber, Text
from ringform.model.messages import shown

_LEAST_ALIKE = 0.9
"""The least share of two texts that must be equal for one to count as a version of the other."""
_SHORTEST = 24
"""The fewest characters of a text that is compared: short ones are alike by chance."""
_PARTICULAR = re.compile(r"(?<!\S)(?:[^\W\d_a-zæøåäöüß]|[^\s\d]*\d)\S*")
_NEIGHBOURS = 3
"""How many texts each one is compared with, among those that begin or end most like it: a fixed number, so that the
time is proportional to the number of texts."""


def same_name(numbers: Sequence[LintedNumber]) -> Iterator[Finding]:
    """Find numbers with the same name, which neither people nor tests or commands can tell apart."""
    first: dict[str, LintedNumber] = {}
    for number in numbers:
        if number.name is None:
            continue
        other = first.setdefault(number.name.casefold(), number)
        if other is not number:
            summary = f"another number is also called {shown(number.name)}"
            yield Finding(number, ("name",), summary, hint="give each a name of its own", other=(other, ("name",)))


def almost_same_text(numbers: Sequence[LintedNumber]) -> Iterator[Finding]:
    """Find texts for the same purpose of which one has something more in one place, beyond names or figures."""
    groups: dict[str, dict[str, tuple[int, LintedNumber, Text]]] = {}
    seen: set[tuple[str, str]] = set()
    for number in numbers:
        for text in number.texts:
            # Of texts that differ only in names and figures one is enough, so a chain of a thousand shops costs little.
            key = (text.kind, _PARTICULAR.sub("*", text.plays))
            if len(text.plays) >= _SHORTEST and key not in seen:
                seen.add(key)
                groups.setdefault(text.kind, {})[text.plays] = (len(seen), number, text)
    for group in groups.values():
        reported: set[str] = set()
        for one, two in _neighbours(list(group)):
            earlier, later = sorted((one, two), key=lambda each: group[each][0])
            if later not in reported and _is_old_version(earlier, later):
                reported.add(later)
                (_, other, there), (_, number, here) = group[earlier], group[later]
                before, after = _differing_words(earlier, later)
                detail = f"There it says {shown(before)}, and here {shown(after)}."
                summary = "this text is almost the same as another one"
                hint = "make them the same (a variable keeps them so), or make the difference clearer"
                yield Finding(number, here.path, summary, detail=detail, hint=hint, other=(other, there.path))


def _neighbours(group: list[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of texts that begin or end alike, as a text and its edited version do."""
    for ordered in (sorted(group), sorted(group, key=lambda text: text[::-1])):
        for position, text in enumerate(ordered):
            for other in islice(ordered, position + 1, position + 1 + _NEIGHBOURS):
                yield text, other


def _is_old_version(one: str, two: str) -> bool:
    before, middle, after = _around(one, two)
    if 2 * (before + after) < _LEAST_ALIKE * (len(one) + len(two)):
        return False
    # Replacing a word is on purpose: "our sales team", "our support team"; "tirsdag", "torsdag".
    if middle and before + after < len(two):
        return False
    # So are names and figures: texts of two places differ in those.
    return not all(_PARTICULAR.match(word) for words in _differing_words(one, two) for word in words.split())


def _around(one: str, two: str) -> tuple[int, int, int]:
    """Return how many characters of the first text are a common beginning, a middle of its own, and a common end."""
    before = _alike(one, two)
    most = min(len(one), len(two)) - before
    after = _alike(one[::-1][:most], two[::-1][:most])
    return before, len(one) - before - after, after


def _alike(one: str, two: str) -> int:
    """Return the length of the common beginning of two texts, by bisection, as comparing slices is fast."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _differing_words(one: str, two: str) -> tuple[str, str]:
    """Return the parts of both texts that differ, in whole words."""
    before, _, after = _around(one, two)
    start = one.rfind(" ", 0, before) + 1
    gap = one.find(" ", len(one) - after)
    tail = 0 if gap < 0 else len(one) - gap
    return one[start : len(one) - tail], two[start : len(two) - tail]
