"""Variables for templates: from the manifest's ``vars:``, ``--var-file`` and ``--var``; never from the environment."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ringform.manifest.composer import parse
from ringform.manifest.source import Source, read
from ringform.manifest.template import has_template
from ringform.manifest.tree import Map, Node, locate
from ringform.model.diagnostic import MOST_LISTED, Diagnostic
from ringform.model.messages import cut, shown

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Words of the template language, which therefore can never be looked up as variables.
_RESERVED = frozenset(["and", "else", "if", "in", "is", "not", "or", "true", "false", "none", "True", "False", "None"])


def gather(
    declared: Mapping[str, str],
    files: Sequence[Path] = (),
    assignments: Sequence[str] = (),
    read: Callable[[Path], Source] = read,
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return all variables: those of the manifest, over them ``--var-file`` (a later file wins), over them ``--var``.

    Returns:
        The variables, and what is wrong with the files' content or the assignments: ``bad-variable``,
        ``template-in-variable``, and what ``parse`` can say.

    Raises:
        RingformError: A file cannot be read, or is not YAML.
    """
    variables, diagnostics = dict(declared), []
    for path in files:
        tree, yaml_diagnostics = parse(read(path))
        values, problems = from_tree(tree)
        variables |= values
        diagnostics += [*yaml_diagnostics, *problems]
    values, problems = from_assignments(assignments)
    return variables | values, [*diagnostics, *problems]


def from_tree(root: Map, path: Sequence[str] = ()) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the variables of the mapping at ``path``: ``("vars",)`` in a manifest, the root of a file.

    Nothing there, or ``null``, is no variables. Returns the good ones, and for the others ``bad-variable`` or
    ``template-in-variable``, located.
    """
    node: Node = root
    for key in path:
        node = node.get(key) if isinstance(node, Map) else None
    if node is None:
        return {}, []
    if not isinstance(node, Map):
        summary, hint = "variables are a mapping of names to texts", "write each on a line of its own, as 'name: value'"
        return {}, [Diagnostic("bad-variable", summary, hint=hint).at(*(locate(root, path) or (None,)))]
    values: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for name, value in node.items():
        if len(problems) > MOST_LISTED:
            break
        place = [*path, name]
        if not isinstance(value, str):
            what = "has no value" if value is None else "has more than one value"
            hint = 'write a text after the colon; for an empty one, two quotes: ""'
            no_text = Diagnostic("bad-variable", f"the variable {shown(name)} {what}", hint=hint)
            problems.append(no_text.at(*(locate(root, place) or (None,))))
        elif problem := _check(name, value):
            problems.append(problem.at(*(locate(root, place, key=problem.code == "bad-variable") or (None,))))
        else:
            values[name] = value
    return values, problems


def from_assignments(assignments: Sequence[str]) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the variables of ``--var name=value``: the later of two wins, and a value may have a = in it."""
    values, problems = {}, []
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals:
            summary = f"--var {cut(assignment)} has no '='"
            hint = "write --var name=value, in quotes if the value has spaces: --var 'name=some words'"
            problems.append(Diagnostic("bad-variable", summary, hint=hint))
        elif problem := _check(name, value):
            problems.append(problem)
        else:
            values[name] = value
    return values, problems


def _check(name: str, value: str) -> Diagnostic | None:
    if not _NAME.fullmatch(name):
        summary = f"{shown(name)} cannot be the name of a variable"
        hint = "a name has letters a-z, digits and _ only, and does not start with a digit"
        return Diagnostic("bad-variable", summary, hint=hint)
    if name in _RESERVED:
        summary = f"{name!r} cannot be the name of a variable: the template language uses the word itself"
        hint = f"choose another name, such as {name.lower()}_"
        return Diagnostic("bad-variable", summary, hint=hint)
    if has_template(value):
        summary = f"the value of the variable {name!r} has a template in it, and variables are plain text"
        hint = "write the value out, or put the template where the variable is used"
        return Diagnostic("template-in-variable", summary, hint=hint)
    return None
