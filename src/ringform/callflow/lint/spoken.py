"""Finding the keys that a text tells callers to press, in English, Danish and German.

A digit is a key only after a verb ("press 3", "tast 3", "drücken Sie die 3") or in a list that follows one ("..., 4 to
leave a message", "..., für Service die 2"). A missed key does no harm, but taking opening times and prices for keys
would make people ignore the warnings.
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
    """A verb for pressing a key."""
    first: re.Pattern[str]
    """A verb with its first key, or a range of keys."""
    also: re.Pattern[str]
    """Another key right after one: "1, 2 or 3"."""
    then: re.Pattern[str]
    """The next entry of a list that names the key first: ", 2 for support"."""
    last: re.Pattern[str]
    """The next entry of a list that names the key last: ", for support 2"."""
    marked: re.Pattern[str] | None
    """A key after a word for one, in a text with a verb: "die 2 drücken", "option 2"."""


_UNITS = (
    "times|o'clock|am|pm|a\\.m|p\\.m|percent|dollars?|cents?|minutes?|hours?|days?|weeks?|months?|years?|seconds?|of|"
    "gange|kr|kroner|procent|minut(?:ter)?|timer?|dage?|uger?|måneder|år|sekunder|"
    "mal|uhr|euro|prozent|minuten?|stunden?|tagen?|wochen?|monaten?|jahren?|sekunden?"
)
_TIME_WORDS = frozenset(
    (
        *("from", "until", "till", "to", "at", "before", "after", "by", "past", "about", "around"),
        *("gate", "room", "floor"),
        *("fra", "til", "kl", "kl.", "klokken", "inden", "før", "efter", "omkring", "lokale", "etage", "sal"),
        *("ab", "bis", "um", "von", "vor", "nach", "gegen", "seit", "zimmer", "raum", "stock"),
    )
)
_AND = "or|and|eller|og|oder|und"
_PAUSE = rf"(?:\s*[,;.:!?]\s*(?:(?:{_AND})\s+)?|\s+(?:{_AND})\s+)"
# Neither a part of a number, price or fraction, nor a count of something; then nor of a range of times.
_FREE = rf"(?![\w%€$£/+]|[.,:]\d|\s+(?:{_UNITS})\b)"
_ALONE = rf"(?!\s?[-–]\s?\d|\s+(?:to|til|bis)\s+\d){_FREE}"
_END = rf"(?=\s*(?:[,;.!?]|$|(?:{_AND}|drück|wähl|tipp)))"
# Hours go on like this: "Friday, 9 to noon", "8 til sent".
_UNTIL = "noon|midnight|late|close|closing|half|quarter|midnat|middag|sent|aften|lukketid|halv|kvart"


def _grammar(verbs: str, fillers: str, words: str, connectors: str, marked: str | None) -> _Grammar:
    groups = [str(digit) for digit in range(10)], [group.split("|") for group in words.split()]
    keys = {word: digit for digit, group in zip(*groups, strict=True) for word in (digit, *group)}
    key = rf"(?P<key>{'|'.join(sorted(keys, key=len, reverse=True))})"
    filler = rf"(?:(?:{fillers})\s+)*"
    numbers = "|".join(word for word in keys if word not in _EVERYDAY)
    connector = rf"(?:\s+(?:key|button))?,?\s+(?:{connectors})\b(?!\s+(?:\d|(?:{_UNTIL}|{numbers})\b))"
    # A digit after a digit makes a number of it: "dial 9 1 1", "1-800-555-0100", "nine one one".
    more = rf"(?!\s?[-–]?\s?(?:\d|(?:{numbers})\b))"
    marks = rf"\b(?:{marked})\s+{key}{_ALONE}(?=\s*(?:[,;.!?]|$)|\s+(?:{_AND}|{connectors}|drück|wähl|tipp))"
    return _Grammar(
        keys=keys,
        verb=re.compile(rf"\b(?:{verbs})\b"),
        # After a verb a range is one of keys: "press 1 to 3", "tast 1-3".
        first=re.compile(
            rf"\b(?P<verb>{verbs})\s+{filler}{key}{_FREE}(?:\s*(?:-|–|to|til|bis)\s*(?P<end>[1-9])\b{more}|{more})"
        ),
        also=re.compile(rf"\s*(?:,|/|\b(?:{_AND})\b)\s*(?:(?:{_AND})\s+)?{filler}{key}{_ALONE}"),
        then=re.compile(rf"{_PAUSE}{filler}{key}{_ALONE}{connector}"),
        # With a verb yet to come it is no key: "for a table for 6, press 2".
        last=re.compile(
            rf"{_PAUSE}(?:{connectors})\b[^,;.!?]{{1,80}}?,?\s{filler}{key}{_ALONE}{_END}(?![^;.!?]*\b(?:{verbs})\b)"
        ),
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
# "Wählen Sie 2 Artikel", "vælg 3 varer", "we hit 5 stars": after these verbs a number must count nothing.
_LOOSE_VERBS = frozenset({"hit", "dial", "push", "vælg", "wählen", "wähle"})
_GOES_ON = re.compile(
    rf"\s*(?:[,;.!?]|$)|,?\s+(?:for|hvis|når|{_AND}|to|if|when|now|key|button|für|um|wenn|falls|zum|zur|bei|nu)\b"
)
_COUNT_WORDS = frozenset({"of", "than", "under", "over", "end", "als"})
_PHONE_NUMBER = re.compile(r"\d[\d -]{3,}\d")
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
_RANGE = re.compile(r"(?<![\w.,:/+-])([1-9])\s?(?:-|–|to|through|and|til|og|bis|und)\s?([1-9])(?![\w:]|[.,]\d)")
_DIGIT = re.compile(rf"(?<![\w.,:/+-])(?P<key>[0-9]){_ALONE}")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _grammars() -> tuple[_Grammar, ...]:
    """Return the patterns of all languages, made on demand: only texts with a verb need them."""
    return tuple(_grammar(*words) for words in _LANGUAGES)


@lru_cache(maxsize=4_096)
def announced_keys(text: str) -> frozenset[str]:
    """Return the keys, ``0`` to ``9``, that callers are told to press."""
    folded = _folded(text)
    if _ANY_VERB.search(folded) is None:
        return frozenset()
    return frozenset(key for grammar in _grammars() for key in _announced(grammar, folded))


def mentioned_keys(text: str) -> frozenset[str]:
    """Return the announced keys, and whatever else in the text may be a key."""
    folded = _folded(text)
    words = set(_WORD.findall(folded)) - _EVERYDAY
    alone = {found["key"] for found in _DIGIT.finditer(folded) if not _follows(folded, found.start("key"), _TIME_WORDS)}
    alone |= {digit for grammar in _grammars() for word, digit in grammar.keys.items() if word in words}
    ranges = ({str(key) for key in range(int(low), int(high) + 1)} for low, high in _RANGE.findall(folded))
    return announced_keys(text).union(alone, *ranges)


def is_understood(text: str) -> bool:
    """Return whether a text has a verb, of one of the languages, for pressing a key."""
    return _ANY_VERB.search(_folded(text)) is not None


def _folded(text: str) -> str:
    return " ".join(text[:_MOST_CHARACTERS].casefold().split())


def _announced(grammar: _Grammar, text: str) -> Iterator[str]:
    verb = grammar.verb.search(text)
    if verb is None:
        return
    for found in grammar.first.finditer(text):
        # "Tryk en" and "tast to" begin many a sentence that is about no key.
        is_doubtful = found["key"] in _EVERYDAY or found["verb"] in _LOOSE_VERBS
        if is_doubtful and not _GOES_ON.match(text, found.end()):
            continue
        # "Call 70 00 00 10 and press 2" is about another number's menu.
        if not _PHONE_NUMBER.search(_sentence_before(text, found.start())):
            key = grammar.keys[found["key"]]
            yield from map(str, range(int(key), max(int(key), int(found["end"] or 0)) + 1))
            yield from _list_after(grammar, text, found.end())
    for found in grammar.then.finditer(text, verb.end()):
        before = _sentence_before(text, found.start("key"))
        # A sentence of its own is a list of keys only if it begins with one: not "tickets: 5 for adults".
        if found["key"] not in _ARTICLES and (not before.strip() or _is_about_keys(grammar, before)):
            yield grammar.keys[found["key"]]
    for found in grammar.marked.finditer(text) if grammar.marked else ():
        if _is_about_keys(grammar, _sentence(text, found.start())):
            yield grammar.keys[found["key"]]


def _is_about_keys(grammar: _Grammar, sentence: str) -> bool:
    return grammar.verb.search(sentence) is not None and not _PHONE_NUMBER.search(sentence)


def _sentence_before(text: str, position: int) -> str:
    """Return the part of the sentence before a position in it."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, position)]
    return text[ends[-1] if ends else 0 : position]


def _sentence(text: str, position: int) -> str:
    """Return the whole sentence around a position."""
    end = _SENTENCE_END.search(text, position)
    return _sentence_before(text, position) + text[position : end.end() if end else len(text)]


def _list_after(grammar: _Grammar, text: str, position: int) -> Iterator[str]:
    """Yield the keys that directly follow another one without a verb of their own."""
    while found := grammar.also.match(text, position) or grammar.last.match(text, position):
        if found["key"] in _ARTICLES or _follows(text, found.start("key"), _TIME_WORDS | _COUNT_WORDS):
            return
        yield grammar.keys[found["key"]]
        position = found.end()


def _follows(text: str, position: int, words: frozenset[str]) -> bool:
    """Return whether the word before a position is one of these."""
    before = text[:position].rsplit(maxsplit=1)
    return bool(before) and before[-1] in words
