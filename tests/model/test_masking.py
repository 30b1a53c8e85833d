"""Secrets in texts, whole and in part."""

from __future__ import annotations

import pytest

from ringform.model.masking import mask

KEY = "phk_7Yt3mWqZr8KcVbNs"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (KEY, "*"),
        (f"a {KEY} b {KEY}", "a * b *"),
        (KEY * 2, "**"),
        (f"{KEY}x", "*x"),
        (f"the key {KEY[:10]}...", "the key *..."),
        (f"the key {KEY[:15]}{KEY[:15]}", "the key **"),
        (f"{KEY[:9]} is short", f"{KEY[:9]} is short"),
        (KEY[1:], KEY[1:]),
        ("", ""),
    ],
)
def test_a_secret_is_hidden_from_half_of_it_on(text: str, masked: str) -> None:
    assert mask(text, KEY, "*") == masked


@pytest.mark.parametrize("length", [0, 3, 7])
def test_what_could_be_a_word_stays(length: int) -> None:
    assert mask(KEY[:length], KEY[:9], "*") == KEY[:length]
    assert mask("a short one", "short", "*") == "a * one"
