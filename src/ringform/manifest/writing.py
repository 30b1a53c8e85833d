"""A manifest document as YAML that people like to read: quoted where it helps, small mappings on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import yaml

from ringform.manifest.template import escape
from ringform.model.escaping import in_quotes

# One interface; a PyYAML that was built without libyaml has the slow one only.
_DUMPER: type[yaml.CSafeDumper | yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_SHORT = 3
"""A mapping of scalars with at most this many entries stands on one line, if the line does not get long."""

_LONGEST_LINE = 100
_NO_FOLDING = 1_000_000
_TEXT, _NULL, _OTHER = "tag:yaml.org,2002:str", "tag:yaml.org,2002:null", "tag:yaml.org,2002:int"

PLAIN = re.compile(r"[^\W\d_][^:#{}\[\],&*?|<>=!%@`\"'\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*(?<! )\Z")
"""Texts that need no quotes anywhere: they begin with a letter and have nothing that means something in YAML."""

_TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]\Z")

_WIDE = re.compile(r"(?<!\\)((?:\\\\)*)\\U(0001[0-9A-F]{4})")

WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Words that some reader of YAML takes for something other than text."""


def to_yaml(document: Mapping[str, object], *, heading: Iterable[str] = ()) -> str:
    """Return a document as YAML that reads back as the same one. ``heading`` becomes comment lines at the top."""
    parts = ["".join(f"# {line}\n" for line in heading)]
    for section, value in document.items():
        gap = "\n" if isinstance(value, Mapping) else ""
        parts.append(gap + _dump(section, value))
    return "".join(parts)


def _dump(section: str, value: object) -> str:
    root = yaml.MappingNode("tag:yaml.org,2002:map", [(_text(section), _node(value, 1))], flow_style=False)
    text: str = yaml.serialize(root, Dumper=_DUMPER, allow_unicode=True, width=_NO_FOLDING)
    # libyaml escapes what lies beyond 16 bits, such as emoji; every reader of YAML takes them as they are.
    return in_quotes(_WIDE.sub(lambda match: match[1] + chr(int(match[2], 16)), text))


def _node(value: object, depth: int) -> yaml.Node:
    match value:
        case Mapping():
            pairs = [(_text(str(key)), _node(inner, depth + 1)) for key, inner in value.items()]
            return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=_is_short(value, depth))
        case list():
            is_flat = all(isinstance(inner, str) for inner in value)
            return yaml.SequenceNode(
                "tag:yaml.org,2002:seq", [_node(inner, depth + 1) for inner in value], flow_style=is_flat
            )
        case str():
            return _text(value)
        case None:
            return yaml.ScalarNode(_NULL, "null")
        case bool():
            return yaml.ScalarNode("tag:yaml.org,2002:bool", "true" if value else "false")
        case _:
            return yaml.ScalarNode(_OTHER, str(value))


def _is_short(value: Mapping[object, object], depth: int) -> bool:
    scalars = all(inner is None or isinstance(inner, str | int) for inner in value.values())
    if any(isinstance(inner, str) and _TIME.match(inner) for inner in value.values()):
        return False  # hours read better one under the other
    width = sum(len(str(key)) + len(str(inner)) + 4 for key, inner in value.items())
    return not value or (depth > 1 and scalars and len(value) <= _SHORT and width <= _LONGEST_LINE)


def _text(text: str) -> yaml.ScalarNode:
    """Return a text, in double quotes unless nobody could take it for anything else."""
    text = escape(text)
    is_plain = (PLAIN.match(text) and text.lower() not in WORDS and in_quotes(text) == text) or _TIME.match(text)
    return yaml.ScalarNode(_TEXT, text, style=None if is_plain else '"')
