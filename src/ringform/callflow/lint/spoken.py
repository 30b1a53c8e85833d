"""The keys that a text tells callers to press, in English, Danish and German.

Nothing is called a key unless a verb says so ("press 3", "tast 3", "drücken Sie die 3") or it goes on such a list
("..., 4 to leave a message", "..., für Service die 2"). A key that is missed does no harm; opening times and prices
that are taken for keys would make people stop listening.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

LANGUAGES = frozenset({"en", "da", "de"})
"""The languages whose lists of keys are understood."""

_MOST_CHARACTERS = 5_000


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The patterns of one language, for folded text."""

    keys: Mapping[str, str]
    verb: re.Pattern[str]
    """A word that tells to press something."""
    first: re.Pattern[str]
    """Such a word with its first key, or with a range of them."""
    also: re.Pattern[str]
    """Another key right after one: "1, 2 or 3"."""
    then: re.Pattern[str]
    """The next one of a list that names the key first: ", 2 for support"."""
    last: re.Pattern[str]
    """The next one of a list that names the key last: ", for support 2"."""
    marked: re.Pattern[str] | None
    """A key that the word before makes one, if there is a verb anywhere: "die 2 drücken", "option 2"."""


_UNITS = (
    "times|o'clock|am|pm|a\\.m|p\\.m|percent|dollars?|cents?|minutes?|hours?|days?|weeks?|months?|years?|seconds?|of|"
    "gange|kr|kroner|procent|minut(?:ter)?|timer?|dage?|uger?|måneder|år|sekunder|"
    "mal|uhr|euro|prozent|minuten?|stunden?|tagen?|wochen?|monaten?|jahren?|sekunden?"
)
_TIME_WORDS = frozenset(
    (
        *(
            "from",
            "until",
            "till",
            "to",
            "at",
            "before",
            "after",
            "by",
            "past",
            "about",
            "around",
            "gate",
            "room",
            "floor",
        ),
        *("fra", "til", "kl", "kl.", "klokken", "inden", "før", "efter", "omkring", "lokale", "etage", "sal"),
        *("ab", "bis", "um", "von", "vor", "nach", "gegen", "seit", "zimmer", "raum", "stock"),
    )
)
_AND = "or|and|eller|og|oder|und"
_PAUSE = rf"(?:\s*[,;.:!?]\s*(?:(?:{_AND})\s+)?|\s+(?:{_AND})\s+)"
# Neither a part of a number, price or fraction, nor a count of something; then nor of a range of times.
_FREE = rf"(?![\w%€$£/:+]|[.,]\d|\s+(?:{_UNITS})\b)"
_ALONE = rf"(?!\s?[-–]\s?\d|\s+(?:to|til|bis)\s+\d){_FREE}"
_END = rf"(?=\s*(?:[,;.!?]|$|(?:{_AND}|drück|wähl|tipp)))"


def _grammar(verbs: str, fillers: str, words: str, connectors: str, marked: str | None) -> _Grammar:
    groups = [str(digit) for digit in range(10)], [group.split("|") for group in words.split()]
    keys = {word: digit for digit, group in zip(*groups, strict=True) for word in (digit, *group)}
    key = rf"(?P<key>{'|'.join(sorted(keys, key=len, reverse=True))})"
    filler = rf"(?:(?:{fillers})\s+)*"
    connector = rf"(?:\s+(?:key|button))?,?\s+(?:{connectors})\b(?!\s+\d)"
    after_or = r"(?:(?<=or \w)|(?<=eller \w)|(?<=oder \w))(?=[.,;!?]|$)"
    marks = rf"\b(?:{marked})\s+{key}{_ALONE}(?=\s*(?:[,;.!?]|$)|\s+(?:{_AND}|{connectors}|drück|wähl|tipp))"
    return _Grammar(
        keys=keys,
        verb=re.compile(rf"\b(?:{verbs})\b"),
        # After a verb a range is one of keys: "press 1 to 3", "tast 1-3".
        first=re.compile(rf"\b(?:{verbs})\s+{filler}{key}{_FREE}(?:\s*(?:-|–|to|til|bis)\s*(?P<end>[1-9])\b)?"),
        also=re.compile(rf"\s*(?:,|/|\b(?:{_AND})\b)\s*(?:(?:{_AND})\s+)?{filler}{key}{_ALONE}"),
        then=re.compile(rf"{_PAUSE}{filler}{key}{_ALONE}(?:{connector}|{after_or})"),
        last=re.compile(rf"{_PAUSE}(?:{connectors})\b[^,;.!?]{{1,80}}?,?\s{filler}{key}{_ALONE}{_END}"),
        marked=re.compile(marks) if marked else None,
    )


_LANGUAGES: tuple[tuple[str, str, str, str, str | None], ...] = (
    (
        "press|push|hit|dial|pressing",
        "please|the|key|keys|number|button|option|digit|on",
        "zero one two three four five six seven eight nine",
        "for|to|if|when",
        "option|key|button",
    ),
    (
        "tryk|tast|trykke|taste|vælg",
        "på|tasten|tast|nummer|blot|venligst|knappen|du",
        "nul en|et to tre fire fem seks syv otte ni",
        "for|hvis|når|til",
        None,
    ),
    (
        "drücken|drücke|drück|wählen|wähle|tippen|tippe|betätigen",
        "sie|bitte|einfach|dann|auf|die|taste|ziffer|zahl|nummer|nun|jetzt",
        "null eins zwei drei vier fünf sechs sieben acht neun",
        "für|um|wenn|falls|zum|zur|bei",
        "die|taste|ziffer|zahl",
    ),
)
_ANY_VERB = re.compile("|".join(rf"\b(?:{verbs})\b" for verbs, *_ in _LANGUAGES))
# Everyday words that number words of Danish are as well.
_EVERYDAY = frozenset({"en", "et", "to", "fire"})
_ARTICLES = frozenset({"en", "et"})
_GOES_ON = re.compile(r"\s*(?:[,;.!?]|$)|,?\s+(?:for|hvis|når|eller|og)\b")
_DIGIT = re.compile(rf"(?<![\w.,:/+-])(?P<key>[0-9]){_ALONE}")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _grammars() -> tuple[_Grammar, ...]:
    """The patterns of all languages: only a text that has a verb of one needs them."""
    return tuple(_grammar(*words) for words in _LANGUAGES)


@lru_cache(maxsize=4_096)
def told_keys(text: str) -> frozenset[str]:
    """The keys, ``0`` to ``9``, that callers are told to press."""
    folded = _folded(text)
    if _ANY_VERB.search(folded) is None:
        return frozenset()
    return frozenset(key for grammar in _grammars() for key in _told(grammar, folded))


def mentioned_keys(text: str) -> frozenset[str]:
    """The same, and whatever else in the text may be a key."""
    folded = _folded(text)
    words = set(_WORD.findall(folded)) - _EVERYDAY
    alone = {found["key"] for found in _DIGIT.finditer(folded) if not _is_time(folded, found.start("key"))}
    alone |= {digit for grammar in _grammars() for word, digit in grammar.keys.items() if word in words}
    return told_keys(text) | alone


def _folded(text: str) -> str:
    return " ".join(text[:_MOST_CHARACTERS].casefold().split())


def _told(grammar: _Grammar, text: str) -> Iterator[str]:
    verb = grammar.verb.search(text)
    if verb is None:
        return
    for found in grammar.first.finditer(text):
        # "Tryk en" and "tast to" begin many a sentence that is about no key.
        if found["key"] not in _EVERYDAY or _GOES_ON.match(text, found.end()):
            key = grammar.keys[found["key"]]
            yield from map(str, range(int(key), max(int(key), int(found["end"] or 0)) + 1))
            yield from _list_after(grammar, text, found.end())
    later = (found for found in grammar.then.finditer(text, verb.end()) if found["key"] not in _ARTICLES)
    for found in (*later, *(grammar.marked.finditer(text) if grammar.marked else ())):
        yield grammar.keys[found["key"]]


def _list_after(grammar: _Grammar, text: str, position: int) -> Iterator[str]:
    """The keys that follow one without another verb, one right after the other."""
    while found := grammar.also.match(text, position) or grammar.last.match(text, position):
        if found["key"] in _ARTICLES or _is_time(text, found.start("key")):
            return
        yield grammar.keys[found["key"]]
        position = found.end()


def _is_time(text: str, position: int) -> bool:
    """Whether the word before makes it a time or a place rather than a key."""
    before = text[:position].rsplit(maxsplit=1)
    return bool(before) and before[-1] in _TIME_WORDS
