"""Mask a secret in a text, even if the text has only the first part of it."""

from __future__ import annotations

from itertools import takewhile

_SHORTEST_PREFIX = 8


def mask(text: str, secret: str, replacement: str) -> str:
    """Replace a secret, and any part of the text that matches at least the first half of it.

    Servers that quote a key mostly cut it. Fewer than eight characters stay: they reveal little, and may be a word.
    """
    head = secret[: max(_SHORTEST_PREFIX, (len(secret) + 1) // 2)]
    tail = secret[len(head) :]
    first, *others = text.split(head)
    shared = (sum(1 for _ in takewhile(bool, map(str.__eq__, other, tail))) for other in others)
    return first + "".join(replacement + other[length:] for other, length in zip(others, shared, strict=True))
