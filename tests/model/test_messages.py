"""Suggestions and enumerations."""

from __future__ import annotations

import time

import pytest

from ringform.model.messages import counted, did_you_mean, listed, nearest

FIELDS = ["name", "timezone", "language", "recording_enabled", "incoming_call_config"]


@pytest.mark.parametrize(
    ("word", "known"),
    [("nmae", "name"), ("time_zone", "timezone"), ("LANGUAGE", "language"), ("recording", "recording_enabled")],
)
def test_a_slip_is_recognised(word: str, known: str) -> None:
    assert did_you_mean(word, FIELDS) == f"did you mean {known!r}?"


@pytest.mark.parametrize("word", ["", "x", "zebra", "1234"])
def test_what_is_like_nothing_has_no_suggestion(word: str) -> None:
    assert did_you_mean(word, FIELDS) is None
    assert did_you_mean(word, []) is None


def test_the_best_suggestions_come_first() -> None:
    assert nearest("time_zone", ["timezones", "timezone", "zone"], most=2) == ["timezone", "timezones"]


def test_a_hostile_word_costs_nothing() -> None:
    started = time.process_time()
    did_you_mean("a" * 1_000_000, ["b" * 60 + str(number) for number in range(100)])
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("words", "prose"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", "b", "c"], "a, b or c"),
        (list("abcdefghijkl"), "a, b, c, d, e, f, g, h, i, j, k or l"),
        (list("abcdefghijklmn"), "a, b, c, d, e, f, g, h, i, j, k, l and 2 more"),
    ],
)
def test_words_as_prose(words: list[str], prose: str) -> None:
    assert listed(words, last="or") == prose


def test_numbers_have_the_right_noun() -> None:
    assert [counted(number, "call") for number in (0, 1, 2, 12_345)] == ["0 calls", "1 call", "2 calls", "12,345 calls"]
    assert counted(2, "entry", "entries") == "2 entries"
