"""Answers unpacked piece by piece."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringform.execution.unpacking import Damaged, TooLarge, unpacked

CONTACTS = json.dumps([{"id": number, "name": f"Somebody {number}", "note": None} for number in range(50_000)]).encode()


def pieces(content: bytes, size: int) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


@pytest.mark.parametrize("encoding", ["gzip", "GZIP ", "x-gzip"])
@pytest.mark.parametrize("size", [1_000, 65_536, 10**9])
def test_a_long_list_comes_out_whole_and_in_small_pieces(encoding: str, size: int) -> None:
    found = list(unpacked(pieces(gzip.compress(CONTACTS), size), encoding, len(CONTACTS)))
    assert b"".join(found) == CONTACTS
    assert max(map(len, found)) <= 256 * 1024


@given(st.binary(max_size=300), st.integers(1, 50))
def test_whatever_was_packed_comes_out_however_it_arrives(content: bytes, size: int) -> None:
    assert b"".join(unpacked(pieces(gzip.compress(content), size), "gzip", 1_000)) == content
    assert b"".join(unpacked(pieces(content, size), "", 1_000)) == content


def test_one_byte_more_than_allowed_is_too_many() -> None:
    for encoding, chunk in (("", b"x" * 101), ("gzip", gzip.compress(b"x" * 101))):
        with pytest.raises(TooLarge):
            list(unpacked([chunk], encoding, 100))
        assert b"".join(unpacked([chunk], encoding, 101)) == b"x" * 101


def test_what_grows_beyond_any_honest_measure_is_too_large_early() -> None:
    given_out: list[int] = []
    with pytest.raises(TooLarge):
        given_out.extend(map(len, unpacked(pieces(gzip.compress(b"0" * 60_000_000), 1_000), "gzip", 10**9)))
    assert sum(given_out) < 15_000_000


@given(st.integers(0, 200))
def test_a_packed_answer_that_is_cut_off_is_damaged(end: int) -> None:
    packed = gzip.compress(CONTACTS[:1_000])
    with pytest.raises(Damaged):
        list(unpacked([packed[: min(end, len(packed) - 1)]], "gzip", 10_000))


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "nonsense"])
def test_a_compression_that_was_not_asked_for_is_damaged(encoding: str) -> None:
    with pytest.raises(Damaged):
        list(unpacked([b"x"], encoding, 100))


def test_nonsense_is_damaged() -> None:
    with pytest.raises(Damaged):
        list(unpacked([b"not gzip at all"], "gzip", 100))
