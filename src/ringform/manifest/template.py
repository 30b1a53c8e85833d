"""``{{ ... }}`` in the text values of a tree."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ringform.manifest.tree import Map, Mark, Node, Seq
from ringform.model.diagnostic import MOST_LISTED, Diagnostic

_OPENING = re.compile(r"\{[{%#]")
# Jinja2 makes every line break a \n, so a \r is written out too. A brace before it would join the braces of that.
_TO_ESCAPE = re.compile(r"\{(?=[{%#\r])|\r")
_SEARCHED_LINES = 500
_SEARCHED_COLUMNS = 20_000


class Unrendered(str):
    """A text whose template could not be rendered. Whatever else may be wrong with it follows from that."""

    __slots__ = ()


def has_template(text: str) -> bool:
    """Whether a text is rendered at all: it has ``{{``, ``{%`` or ``{#`` in it."""
    return "{" in text and _OPENING.search(text) is not None


def escape(text: str) -> str:
    """Return the text which, when rendered, gives exactly ``text``; the same text if it needs no change."""
    if not has_template(text):
        return text
    return _TO_ESCAPE.sub(lambda match: '{{ "{" }}' if match[0] == "{" else r'{{ "\r" }}', text)


def render_tree(node: Node, variables: Mapping[str, str]) -> tuple[Node, list[Diagnostic]]:
    """Render every text value in a tree; keys stay as they are.

    Variables are plain text: what looks like a template in one is not rendered.

    Returns:
        The tree, with the same marks, in which everything without a template is the very object that was given; and
        what is wrong: ``template-syntax``, ``template-not-allowed``, ``missing-variable``, ``template-too-long``. A
        text with a problem stays as it is written, as an ``Unrendered``.
    """
    rendering = _TreeRendering(variables)
    if isinstance(node, Map | Seq):
        return rendering.collection(node), rendering.diagnostics
    return node, []


class _TreeRendering:
    """One walk over one tree."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.diagnostics: list[Diagnostic] = []
        self.done: dict[int, Map | Seq] = {}  # by id: an alias puts one object at several places

    def collection(self, node: Map | Seq) -> Map | Seq:
        done = self.done.get(id(node))
        if done is None:
            done = self.done[id(node)] = self._map(node) if isinstance(node, Map) else self._seq(node)
        return done

    def _map(self, node: Map) -> Map:
        changed: dict[str, Node] = {}
        for key, value in node.items():
            if isinstance(value, str):
                if "{" in value and has_template(value):
                    changed[key] = self._text(value, node.marks[key][1])
            elif value is not None and (new := self.collection(value)) is not value:
                changed[key] = new
        if not changed:
            return node
        copy = Map(node.mark)
        copy.update(node)
        copy.update(changed)
        copy.marks = node.marks
        return copy

    def _seq(self, node: Seq) -> Seq:
        changed: dict[int, Node] = {}
        for index, value in enumerate(node):
            if isinstance(value, str):
                if has_template(value):
                    changed[index] = self._text(value, node.marks[index])
            elif value is not None and (new := self.collection(value)) is not value:
                changed[index] = new
        if not changed:
            return node
        copy = Seq(node.mark)
        copy.extend(changed.get(index, value) for index, value in enumerate(node))
        copy.marks = node.marks
        return copy

    def _text(self, text: str, mark: Mark) -> str:
        if len(self.diagnostics) > MOST_LISTED:
            return Unrendered(text)
        # Imported where a template is: Jinja2 takes longer to load than most manifests to read.
        from ringform.manifest.expression import render

        rendered, problems = render(text, self.variables)
        for problem in problems:
            place, length = _find(problem.token, mark)
            diagnostic = Diagnostic(code=problem.code, summary=problem.summary, hint=problem.hint)
            self.diagnostics.append(diagnostic.at(*mark.source.locate(place.line, place.column, length)))
        return Unrendered(text) if problems else rendered


def _find(token: str | None, mark: Mark) -> tuple[Mark, int]:
    """Return where in the source a part of the value at ``mark`` stands, and its length.

    By search, as a folded or quoted text does not say which of its characters stands where.
    """
    wanted = re.escape(token) if token else ""
    if token and token.isidentifier():
        wanted = rf"(?<!\w){wanted}(?!\w)"
    pattern = re.compile(r"\{[{%#][^{}]*?(" + wanted + ")" if token else r"(\{[{%#])")
    line, start = mark.line, mark.column - 1
    if not mark.source.line(line).startswith("*", start):  # the text of an alias stands elsewhere
        for number in range(line, line + _SEARCHED_LINES):
            if match := pattern.search(mark.source.line(number)[:_SEARCHED_COLUMNS], start):
                return mark._replace(line=number, column=match.start(1) + 1), len(match[1])
            start = 0
    return mark, 1
