"""From a provider's problems with a document to diagnostics: where in which file each problem is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ringform.manifest.template import Unrendered
from ringform.manifest.tree import Map, Mark, Node, Seq, locate
from ringform.model.diagnostic import MOST_LISTED, Diagnostic, Excerpt, Location
from ringform.model.problem import DocumentPath, Problem

_QUOTES_OF_PRINT = tuple("\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb")
_STRAIGHT_QUOTES = "the quotes here are curly, and so part of the text: type straight ones, \" or '"


def place(problems: Sequence[Problem], root: Map, reported: Collection[Location | None]) -> list[Diagnostic]:
    """Return the problems of a document with their places, less those that follow from what is ``reported`` there."""
    diagnostics: list[Diagnostic] = []
    unknown: set[Location | None] = set()
    # In the order of severity, so that no warning takes the place of an error if there are too many.
    for problem in sorted(problems, key=lambda each: each.severity.rank)[: 2 * MOST_LISTED]:
        if follows(problem, root, reported):
            continue
        diagnostic = placed(problem, root)
        if problem.code == "unknown-field":
            # An alias can bring one line to several places; it is wrong only once.
            if diagnostic.location in unknown:
                continue
            unknown.add(diagnostic.location)
        diagnostics.append(diagnostic)
    return diagnostics


def follows(problem: Problem, root: Map, reported: Collection[Location | None]) -> bool:
    """Whether a problem concerns a value for which reading or rendering has already reported one."""
    if problem.on_key or problem.code == "missing-field":
        return False
    mark: Mark | None = None
    node: Node = root
    for part in positions(root, problem.path):
        if isinstance(node, Map) and isinstance(part, str) and part in node:
            mark, node = node.marks[part][1], node[part]
        elif isinstance(node, Seq) and isinstance(part, int) and 0 <= part < len(node):
            mark, node = node.marks[part], node[part]
    is_reported = mark is not None and Location(mark.source.name, mark.line, mark.column) in reported
    return isinstance(node, Unrendered) or is_reported


def placed(problem: Problem, root: Map) -> Diagnostic:
    """Return the diagnostic of a problem, with its place in the file."""
    detail = problem.detail
    other = problem.other and locate(root, problem.other, key=True)
    if other:
        detail = f"{detail + ' ' if detail else ''}The other one is at {other[0]}."
    diagnostic = Diagnostic(problem.code, problem.summary, problem.severity, detail=detail, hint=problem.hint)
    located = locate(root, positions(root, problem.path), key=problem.on_key)
    if located and _has_quotes_of_print(located[1]):
        diagnostic = replace(diagnostic, hint=_STRAIGHT_QUOTES)
    if located and problem.is_secret:
        return diagnostic.at(located[0])
    return diagnostic.at(*located) if located else diagnostic


def _has_quotes_of_print(excerpt: Excerpt) -> bool:
    """Whether what is wrong begins or ends with the curly quotes that a word processor puts for straight ones."""
    token = excerpt.text[excerpt.start : excerpt.start + excerpt.length]
    return token[:1] in _QUOTES_OF_PRINT or token[-1:] in _QUOTES_OF_PRINT


def value_at(root: Node, path: DocumentPath) -> Node:
    """Return the value at a path that leads somewhere in the tree."""
    node = root
    for part in path:
        if isinstance(node, Map) and isinstance(part, str):
            node = node.get(part)
        elif isinstance(node, Seq) and isinstance(part, int):
            node = node[part]
    return node


def positions(root: Node, path: DocumentPath) -> DocumentPath:
    """Return the place in the tree of a path in normal form, where a list is a mapping by a text in each item."""
    node = root
    parts: list[str | int] = []
    for part in path:
        here: str | int = part
        if isinstance(node, Seq) and isinstance(part, str):
            holds = [
                number
                for number, item in enumerate(node)
                if item == part or (isinstance(item, Map) and part in item.values())
            ]
            here = holds[0] if holds else part
        parts.append(here)
        node = value_at(node, (here,)) if _leads_on(node, here) else node
    return tuple(parts)


def _leads_on(node: Node, part: str | int) -> bool:
    if isinstance(node, Map):
        return part in node
    return isinstance(node, Seq) and isinstance(part, int) and 0 <= part < len(node)
