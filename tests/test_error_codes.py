"""Every code that ringform can print is explained in docs/errors.md, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "ringform"
PAGE = ROOT / "docs" / "errors.md"

# What takes a code, and as which argument.
TAKES_CODE = {"Diagnostic": 0, "refuse": 0, "TemplateError": 0, "Problem": 1, "Rule": 0}
NOT_THIS_REFUSE = PACKAGE / "model" / "urls.py"

# Codes that are handed on: they were given to another Diagnostic or Problem, where they are found.
HANDED_ON = {"rule.code", "problem.code", "self.code", "error['type']"}

CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


class Codes:
    """The codes of one module, read from its syntax tree; what cannot be read is complained about."""

    def __init__(self, path: Path, constants: dict[str, str]) -> None:
        self.path = path
        self.constants = constants
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.functions = [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]
        self.codes: set[str] = set()
        self.unreadable: list[str] = []

    def read(self) -> Codes:
        for call, function in self._calls():
            position = TAKES_CODE.get(_name(call.func))
            if position is None or (self.path == NOT_THIS_REFUSE and _name(call.func) == "refuse"):
                continue
            code = _argument(call, "code", position)
            if code is not None:
                self._resolve(code, function)
        return self

    def _calls(self) -> Iterator[tuple[ast.Call, ast.FunctionDef | None]]:
        inner = {id(node): function for function in self.functions for node in ast.walk(function)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, inner.get(id(node))

    def _resolve(self, code: ast.expr, function: ast.FunctionDef | None) -> None:
        match code:
            case ast.Constant(value=str(text)):
                self.codes.add(text)
            case ast.IfExp(body=body, orelse=orelse):
                self._resolve(body, function)
                self._resolve(orelse, function)
            case ast.Name(id=name) if name in self.constants:
                self.codes.add(self.constants[name])
            case ast.Name(id=name) if function and name in [argument.arg for argument in function.args.args]:
                self._resolve_parameter(name, function)
            case ast.Name(id=name) if function and (found := self._from_tables(name, function)):
                self.codes |= found
            case _ if ast.unparse(code) in HANDED_ON:
                pass
            case _:
                self.unreadable.append(f"{self.path.relative_to(ROOT)}:{code.lineno}: {ast.unparse(code)}")

    def _resolve_parameter(self, name: str, function: ast.FunctionDef) -> None:
        if function.name in TAKES_CODE:
            return  # its own calls are read everywhere
        names = [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]
        calls = [(call, within) for call, within in self._calls() if _name(call.func) == function.name]
        for call, within in calls:
            given = _argument(call, name, names.index(name))
            if given is None:
                self.unreadable.append(f"{self.path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}")
            else:
                self._resolve(given, within)

    def _from_tables(self, name: str, function: ast.FunctionDef) -> set[str]:
        """``code, summary = TABLE[...]``: the first text of every tuple in the tables that the line mentions."""
        lines = [
            node
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            and any(isinstance(part, ast.Name) and part.id == name for each in node.targets for part in ast.walk(each))
        ]
        mentioned = {part.id for line in lines for part in ast.walk(line.value) if isinstance(part, ast.Name)}
        tables = [
            node.value
            for node in self.tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and _target(node) in mentioned
        ]
        return {
            row.elts[0].value
            for table in tables
            for row in ast.walk(table)
            if isinstance(row, ast.Tuple) and isinstance(row.elts[0], ast.Constant)
            if isinstance(row.elts[0].value, str)
        }


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _target(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    return target.id if isinstance(target, ast.Name) else ""


def _argument(call: ast.Call, name: str, position: int) -> ast.expr | None:
    named = [keyword.value for keyword in call.keywords if keyword.arg == name]
    return named[0] if named else call.args[position] if len(call.args) > position else None


def _constants() -> dict[str, str]:
    """Every module's upper-case names that are one text."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
                name, value = _target(node), node.value.value
                if name.isupper() and isinstance(value, str) and CODE.fullmatch(value):
                    found[name] = value
    return found


@cache
def _modules() -> list[Codes]:
    constants = _constants()
    modules = [path for path in sorted(PACKAGE.rglob("*.py")) if not path.is_relative_to(PACKAGE / "sandbox")]
    return [Codes(path, constants).read() for path in modules]


def _headings() -> list[str]:
    return [line[3:].strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]


def test_every_code_is_explained_and_every_explanation_is_of_a_code() -> None:
    modules = _modules()
    assert [each for module in modules for each in module.unreadable] == []
    codes = {code for module in modules for code in module.codes}
    assert len(codes) > 80, "the reading of the source has stopped working"
    assert [code for code in codes if not CODE.fullmatch(code)] == []
    assert sorted(codes - set(_headings())) == [], f"{PAGE.name} does not explain these"
    assert sorted(set(_headings()) - codes) == [], f"{PAGE.name} explains these, which do not exist"


def test_the_explanations_are_sorted_and_each_is_there_once_with_an_example_and_advice() -> None:
    headings = _headings()
    assert headings == sorted(set(headings))
    sections = re.split(r"(?m)^## ", PAGE.read_text(encoding="utf-8"))[1:]
    for section in sections:
        heading, _, text = section.partition("\n")
        assert len(text.split()) >= 12, heading
        assert "`" in text or "```" in text, f"{heading} has no example"


def test_every_code_in_the_expected_outputs_is_one_that_was_found_in_the_source() -> None:
    codes = {code for module in _modules() for code in module.codes}
    outputs = sorted((ROOT / "tests" / "manifests").rglob("*.txt"))
    printed = {
        code
        for path in outputs
        for code in re.findall(r"(?m)^(?:error|warning)\[([^\]]*)\]", path.read_text(encoding="utf-8"))
    }
    assert len(printed) > 50
    assert printed <= codes
