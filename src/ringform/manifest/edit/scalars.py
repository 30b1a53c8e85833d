"""A text as YAML writes it: in the style of the old one, or else plain where nobody takes it for something else."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher

import yaml

from ringform.manifest.composer import LOADER
from ringform.manifest.edit.edits import Data, Raw
from ringform.manifest.writing import PLAIN, WORDS
from ringform.model.escaping import in_quotes

_LENIENT = re.compile(r"[^\W_](?:[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff#:]|:(?=\S)|(?<=\S)#)*(?<! )\Z")
"""Texts that can stand without quotes where the old one did: a colon or # in them is part of a word."""
_NUMBER = re.compile(r"[-+.0-9][-+.0-9_:eExXa-fA-F]*\Z")
_HOURS_OR_ID = re.compile(
    r"[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]\Z|24h\Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"
)
_DAYS = re.compile(r"[a-z]{3}[a-z]?[a-z,-]*(?<![,-])\Z")
_VALUE_OF_ITS_OWN = re.compile(r"true|false|[1-9][0-9]+\Z")
_LONGEST_LINE = 120


def scalar(value: Data, *, is_flow: bool = False, like: str | None = "") -> str:
    """Return a single value on one line.

    ``like`` is the style of the text that it takes the place of: None is plain, ``""`` is no text at all.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return _quoted("true" if value else "false", like) or ("true" if value else "false")
    if isinstance(value, int | float):
        return _quoted(str(value), like) or str(value)
    text = str(value)
    if isinstance(value, Raw) and _VALUE_OF_ITS_OWN.match(text):
        return text
    if quoted := _quoted(text, like):
        return quoted
    is_word = text.lower() in {*WORDS, "~", ""} or (_NUMBER.match(text) and not _HOURS_OR_ID.match(text))
    pattern = _LENIENT if like in (None, ">", "|") else PLAIN
    is_plain = not is_word and (pattern.match(text) or _HOURS_OR_ID.match(text)) and in_quotes(text) == text
    is_plain = is_plain and reads_as(text, text, is_flow=is_flow)
    if is_plain:
        return text
    is_quoted_within = '"' in text and "'" not in text
    return (_quoted(text, "'") if is_quoted_within else None) or double_quoted(text)


def key(name: str, *, is_flow: bool = False, like: str | None = "") -> str:
    """Return a key of a mapping; ``like`` is the style of the keys beside it."""
    if not is_flow and like not in ('"', "'") and _DAYS.match(name):
        return name
    return scalar(name, is_flow=is_flow, like=like if like in ('"', "'") else "")


def double_quoted(text: str) -> str:
    """Return a text in double quotes; what cannot be seen, or would steer a terminal or a CI, is escaped."""
    return in_quotes(json.dumps(text, ensure_ascii=False))


def _quoted(text: str, like: str | None) -> str | None:
    """Return a text in the quotes that the old one had."""
    if like == '"':
        return double_quoted(text)
    if like == "'" and text.isprintable() and in_quotes(text) == text:
        return "'" + text.replace("'", "''") + "'"
    return None


def reads_as(written: str, text: str, *, is_flow: bool = False) -> bool:
    """Whether what is written reads as a text: as a value of a list, on one line or in a block."""
    document = f"[{written}]" if is_flow else f"- {written}\n"
    try:
        events = list(yaml.parse(document, Loader=LOADER))
    except yaml.YAMLError:
        return False
    values = [event.value for event in events if isinstance(event, yaml.ScalarEvent)]
    return len(events) == 7 and values == [text]


def block(text: str, old: str, column: int, line_break: str) -> str | None:
    """Return a text as a block in the style and with the breaks of the ``old`` one, with its lines in ``column``.

    None if it cannot be written so. The block has no line break at its end.
    """
    body = text.removesuffix("\n")
    if not body.strip() or body != body.strip() or in_quotes(text) != text or "\r" in text or body.endswith("\n"):
        return None
    is_folded = old.startswith(">") and "\n" not in body
    header = (">" if is_folded else "|") + ("" if text.endswith("\n") else "-")
    lines = _folded(body, old, _LONGEST_LINE - column) if is_folded else body.split("\n")
    indent = " " * column
    written = [header, *(indent + line if line else "" for line in lines)]
    # Held against the parser, under a key as deep as the block is to stand.
    probe = "\n".join([f"{' ' * max(column - 1, 0)}- {written[0]}", *written[1:]]) + "\n"
    return line_break.join(written) if column > 0 and _block_reads_as(probe, text) else None


def _block_reads_as(document: str, text: str) -> bool:
    try:
        values = [each.value for each in yaml.parse(document, Loader=LOADER) if isinstance(each, yaml.ScalarEvent)]
    except yaml.YAMLError:
        return False
    return values == [text]


def _folded(body: str, old: str, width: int) -> list[str]:
    """Return the lines of a folded text: as the old one had them as far as its words are the same."""
    old_lines = [line.strip().split(" ") for line in old.splitlines()[1:] if line.strip()]
    old_words = [word for line in old_lines for word in line]
    ends = set()
    count = 0
    for line in old_lines:
        count += len(line)
        ends.add(count)
    words = body.split(" ")
    breaks = set()
    for tag, first, last, begin, end in SequenceMatcher(None, old_words, words, autojunk=False).get_opcodes():
        if tag == "equal":
            breaks |= {begin + at - first for at in ends if first < at <= last}
        else:
            breaks |= {end for at in ends if at == last and last > first}
    lines: list[list[str]] = [[]]
    for number, word in enumerate(words):
        is_full = lines[-1] and len(" ".join([*lines[-1], word])) > width
        if lines[-1] and (number in breaks or is_full) and word and lines[-1][-1]:
            lines.append([])
        lines[-1].append(word)
    return [" ".join(line) for line in lines]
