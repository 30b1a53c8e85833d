"""What text from outside may not do to a terminal, a CI's log or a reader's eye, and each format's own escapes for it.

Two things are escaped in every format. Hidden characters move the cursor, reorder text or show nothing. ``##`` and
``::`` begin commands to CI systems that read logs: ``##vso[`` (Azure), ``##[`` (GitHub, Azure), ``##teamcity[``, and
``::error`` (GitHub). GitLab's sections need an escape character.

The functions here take a whole document in a format, in which neither can stand but as part of a text, so that no text
is forgotten. What a parser reads from the document is unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that can move the cursor, reorder text or show nothing (Unicode, general category)."""

_JOINER = "\u200d"
"""Joins emoji to one; alone it does nothing."""

# The second of ## or ::, and whatever is not plain to see; a document's own line breaks and tabs stay.
_SUSPECT = re.compile(r"(?<=#)#|(?<=:):|[^\t\n\r -~]")

# In whole outputs colours stay, and so do headings of Markdown and the ::: of Mermaid.
_SHOWN = re.compile(r"\x1b\[[0-9;]*m|#(?=#+\w*\[)|^[ \t]*:(?=:)|\r(?!\n)|[^\t\n\r -~]", re.MULTILINE)


def is_hidden(character: str) -> bool:
    """Whether a character can act on a terminal, reorder the text around it, or be there without being seen."""
    return unicodedata.category(character) in _HIDDEN and character != _JOINER


def visible(character: str) -> str:
    r"""Return an escape that people can read for a character: ``\x1b``, ``\u202e``."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def in_quotes(document: str) -> str:
    """Return a JSON or YAML document with its texts made harmless; in YAML they stand in double quotes."""
    return _escaped(document, lambda sign: f"\\u{ord(sign):04x}" if sign < "\U00010000" else f"\\U{ord(sign):08x}")


def in_markup(document: str) -> str:
    """Return an XML or HTML document with its texts made harmless. Style sheets in it may not need it."""
    return _escaped(document, lambda sign: f"&#{ord(sign)};")


def in_output(output: str) -> str:
    """Return what is about to be printed with whatever was missed before made visible; colours stay.

    This is the last line of defence, of every output: what has come through a format's own escapes is not changed.
    """
    return output if _is_plain(output) else _SHOWN.sub(_made_visible, output)


def _is_plain(document: str) -> bool:
    """Whether a glance says that there is nothing to escape, as in nearly all documents, some of many megabytes.

    No hidden character is what Python calls printable.
    """
    return "##" not in document and "::" not in document and document.replace("\n", "").isprintable()


def _escaped(document: str, escape: Callable[[str], str]) -> str:
    if _is_plain(document):
        return document

    def replace(found: re.Match[str]) -> str:
        sign = found[0]
        return escape(sign) if sign in "#:" or is_hidden(sign) else sign

    return _SUSPECT.sub(replace, document)


def _made_visible(found: re.Match[str]) -> str:
    before, sign = found[0][:-1], found[0][-1]
    if before.startswith("\x1b"):
        return found[0]  # a colour
    return before + (visible(sign) if sign in "#:" or is_hidden(sign) else sign)
