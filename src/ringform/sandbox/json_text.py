"""JSON as it stands in requests and answers."""

from __future__ import annotations

import json
from typing import NoReturn


def load(content: bytes) -> object:
    """Parse a request's body; ValueError for anything that is not JSON, or text that cannot be stored."""
    try:
        value = json.loads(content, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate is no text and cannot be stored
    return value


def dump(value: object) -> bytes:
    """Write an answer's body."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
