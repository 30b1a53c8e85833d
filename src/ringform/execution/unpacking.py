"""Unpacking an answer piece by piece, so that a small one cannot become a huge one in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_PIECE = 256 * 1024
_RATIO = 100
"""How many times its size an answer may unpack to, beyond the first megabytes. JSON of contacts packs 5 to 20 times."""
_FREE = 4 * 1024 * 1024


class Damaged(Exception):  # noqa: N818 - it reads as what it says
    """The compression cannot be undone, or is one that was not asked for."""


class TooLarge(Exception):  # noqa: N818 - it reads as what it says
    """An answer is larger than any that the API can mean, or was made to grow."""


def unpacked(chunks: Iterable[bytes], encoding: str, most: int) -> Iterator[bytes]:
    """Yield the answer's bytes. httpx would unpack each chunk whole, however large that gets.

    Raises:
        TooLarge: More than ``most`` bytes, or more than the packed ones can honestly hold.
        Damaged: The compression is damaged, or one that was not asked for.
    """
    unpack = zlib.decompressobj(wbits=31) if encoding.strip().lower() in ("gzip", "x-gzip") else None
    if unpack is None and encoding.strip().lower() not in ("", "identity"):
        raise Damaged
    taken = given = 0
    for chunk in chunks:
        taken += len(chunk)
        for piece in [chunk] if unpack is None else _pieces(unpack, chunk):
            given += len(piece)
            if given > most or given > _FREE + taken * _RATIO:
                raise TooLarge
            yield piece
    if unpack is not None and not unpack.eof:
        raise Damaged


def _pieces(unpack: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    try:
        while chunk and not unpack.eof:
            yield unpack.decompress(chunk, _PIECE)
            chunk = unpack.unconsumed_tail
    except zlib.error:
        raise Damaged from None
