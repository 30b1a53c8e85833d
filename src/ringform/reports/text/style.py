"""Colours, and text that is safe to print on a terminal or in a CI's log."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ringform.model.escaping import is_hidden, visible

_WIDTHLESS = frozenset({"Mn", "Me", "Cf"})
"""Categories of characters that are drawn onto the one before: accents, variation selectors, joiners."""

_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PLAIN = re.compile(r"[ -~æøåÆØÅäöüÄÖÜßéèáíóúñç–—…]*\Z")
_COMMAND = re.compile(r"#(?=#)|:(?=:[A-Za-z])|^\s*:(?=:)")
"""What begins a command to a CI system that reads logs (see ``model.escaping``). An address such as ``[::1]`` stays."""


def safe(text: str) -> str:
    r"""Return a text on one line; characters that can act on a terminal become escapes such as ``\x1b``."""
    if "##" in text or "::" in text:
        text = _COMMAND.sub(lambda found: f"{found[0][:-1]}{visible(found[0][-1])}", text)
    return plain(text)


def plain(text: str) -> str:
    """Return a text as ``safe`` does, but for commands to CI systems: a format that has its own escapes breaks them."""
    if _PLAIN.match(text):
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    return _ESCAPES.get(character) or (visible(character) if is_hidden(character) else character)


def width(text: str) -> int:
    """Return how many columns a safe text takes on a terminal (Unicode TR 11: wide characters take two)."""
    return sum(
        0
        if unicodedata.category(character) in _WIDTHLESS
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def fitted(text: str, columns: int) -> str:
    """Return a text made safe and exactly this many columns wide: cut, or filled up with spaces."""
    text = safe(text)
    if width(text) > columns:
        text = text[: 4 * columns]
        while width(text) > columns - 3:
            text = text[:-1]
        text += "..."
    return text + " " * (columns - width(text))


@dataclass(frozen=True, slots=True)
class Style:
    """Colours, or none, and how many ``columns`` a terminal has (0: unknown, or it is none).

    Signs and words always say the same as colours.
    """

    color: bool = False
    columns: int = 0

    def _paint(self, codes: str, text: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self.color and text else text

    def bold(self, text: str) -> str:
        """Paint a heading."""
        return self._paint("1", text)

    def dim(self, text: str) -> str:
        """Paint what matters less."""
        return self._paint("2", text)

    def added(self, text: str) -> str:
        """Paint what is added."""
        return self._paint("32", text)

    def removed(self, text: str) -> str:
        """Paint what is removed."""
        return self._paint("31", text)

    def changed(self, text: str) -> str:
        """Paint what is changed."""
        return self._paint("33", text)

    def error(self, text: str) -> str:
        """Paint an error."""
        return self._paint("1;31", text)

    def warning(self, text: str) -> str:
        """Paint a warning."""
        return self._paint("1;33", text)

    def place(self, text: str) -> str:
        """Paint a place in a file."""
        return self._paint("36", text)
