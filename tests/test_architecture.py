"""The shape of the source: which package may import which, and what no module may do.

The rules are those of CONTRIBUTING.md. Each is a function from a source tree to a list of complaints, so that the
tests at the end can show on damaged copies of the tree that the rule bites.
"""

from __future__ import annotations

import ast
import functools
import io
import os
import re
import shutil
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "ringform"

LONGEST_MODULE = 400

# What each part may import beside itself. "" is ringform/__init__.py; a part is a package or a module of the top.
EVERYTHING = frozenset(
    {
        "",
        "api",
        "provider",
        "testing",
        "version",
        "model",
        "calendar",
        "callflow",
        "planning",
        "providers",
        "execution",
        "manifest",
        "operations",
        "reports",
        "sandbox",
        "cli",
    }
)
PURE = frozenset({"version", "model", "calendar", "callflow", "planning"})
MAY_IMPORT: dict[str, frozenset[str]] = {
    "__main__": frozenset({"cli"}),
    # The command line asks the same use cases as the Python interface, and not that interface.
    "cli": EVERYTHING - {"api", "provider", "testing"},
    "": frozenset({"api", "version", "model"}),
    "api": PURE | {"operations", "execution", "manifest", "providers"},
    "operations": PURE | {"execution", "manifest", "providers"},
    "execution": PURE | {"providers"},
    "manifest": PURE | {"providers"},
    "reports": PURE,
    "provider": PURE | {"providers"},
    "testing": EVERYTHING - {"cli", "testing"},
    "providers": PURE,
    "planning": frozenset({"model", "calendar", "callflow"}),
    "callflow": frozenset({"model", "calendar"}),
    "calendar": frozenset({"model"}),
    "model": frozenset(),
    "sandbox": frozenset(),
    "version": frozenset(),
}

HTTP_CLIENTS = {"httpx": "ringform.execution.http", "httpcore": "ringform.execution.network"}

# Importing any of these takes tens of milliseconds, which `ringform --help` has no use for.
HEAVY = frozenset(
    {
        "deepdiff",
        "holidays",
        "httpcore",
        "httpx",
        "jinja2",
        "rich",
        "ruamel",
        "starlette",
        "uvicorn",
        "phonenumbers",
        "email_validator",
        "pydantic",
    }
)


def modules(package: Path) -> Iterator[tuple[str, Path]]:
    """Every module below ``package``, by its dotted name."""
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


# Cached by text: the damaged copies at the end share all but one module.
@functools.cache
def docstring(text: str) -> str | None:
    """What a module says about itself."""
    return ast.get_docstring(ast.parse(text))


@functools.cache
def importing_nodes(text: str) -> list[ast.Import | ast.ImportFrom | ast.Call]:
    """The statements that import, and all calls."""
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom | ast.Call)]


@functools.cache
def comments(text: str) -> list[tuple[int, str]]:
    """Line and text of every comment."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def imports(name: str, path: Path, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Line and target of every import of a module, wherever it stands: in functions and for type checking too."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in importing_nodes(path.read_text("utf-8")):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    yield node.lineno, alias.name
            case ast.ImportFrom(module=module, names=aliases, level=level):
                origin = module or ""
                if level:
                    base = package.split(".")
                    base = base[: len(base) - level + 1]
                    origin = ".".join([*base, *filter(None, [module])])
                for alias in aliases:
                    # `from ringform import model` imports a package, `from ringform import plan` a name of __init__.
                    inner = f"{origin}.{alias.name}"
                    yield node.lineno, inner if inner in known else origin
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str() as target), *_],
            ):
                yield node.lineno, target if not target.startswith(".") else f"ringform{target}"


def part_of(name: str) -> str:
    """The part of the package that a module belongs to: ``ringform.model.plan`` belongs to ``model``."""
    return name.partition(".")[2].partition(".")[0]


def forbidden_arrows(package: Path) -> list[str]:
    """Imports from one part of ringform to another that the layers do not allow."""
    found = []
    everything = dict(modules(package))
    for name, path in everything.items():
        own = part_of(name)
        if own not in MAY_IMPORT:
            found.append(f"{name}: {own!r} is a part that this test does not know: say what it may import")
            continue
        for line, target in imports(name, path, frozenset(everything)):
            if target.partition(".")[0] != "ringform":
                continue
            other = part_of(target)
            if other != own and other not in MAY_IMPORT[own]:
                found.append(f"{name}:{line} imports {target}")
    return list(dict.fromkeys(found))  # `from there import a, b` is one arrow


def strangers_to_http(package: Path) -> list[str]:
    """Modules that import the HTTP library and are not the one client."""
    everything = dict(modules(package))
    return [
        f"{name}:{line} imports {target}"
        for name, path in everything.items()
        for line, target in imports(name, path, frozenset(everything))
        if HTTP_CLIENTS.get(target.partition(".")[0], name) != name
    ]


def overlong_modules(package: Path) -> list[str]:
    """Modules of more than 400 lines."""
    counts = ((name, len(path.read_text("utf-8").splitlines())) for name, path in modules(package))
    return [f"{name} has {count} lines" for name, count in counts if count > LONGEST_MODULE]


def undocumented_modules(package: Path) -> list[str]:
    """Modules that do not begin by saying what they are."""
    return [name for name, path in modules(package) if not docstring(path.read_text("utf-8"))]


def unexplained_ignores(package: Path) -> list[str]:
    """Comments that silence the type checker and do not say why, after them or in the line above."""
    ignore = re.compile(r"#\s*type:\s*ignore(\[[^\]]*\])?(?P<reason>.*)")
    found = []
    for name, path in modules(package):
        text = path.read_text("utf-8")
        lines = text.splitlines()
        for line, comment in comments(text):
            matched = ignore.match(comment)
            if matched and not re.search(r"\w{2}", matched["reason"]) and not lines[line - 2].lstrip().startswith("# "):
                found.append(f"{name}:{line} {comment}")
    return found


VENDORS = re.compile(
    r"phone[._ ]?inc\b|zendesk|one[_ ]?inbox"
    r"|employee|main_number|menu_options|incoming_call|outside_opening|no_answer_config|(?-i:[A-Z]\w+Config\b)",
    re.IGNORECASE,
)
"""The vendors' names, however they are written, and words of their APIs for which we have our own."""
KINDS = re.compile(r"main_number|phone_number|contact")
"""The vendors' words for their objects."""
NEUTRAL = ("model", "calendar", "callflow", "planning", "execution", "operations", "reports")


def names_of_vendors(package: Path) -> list[str]:
    """Modules that must know no vendor, and speak its words anywhere, or name its kinds of objects in the code."""
    found = []
    for name, path in modules(package):
        if part_of(name) not in NEUTRAL:
            continue
        text = path.read_text("utf-8")
        found += [
            f"{name}:{number} {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), 1)
            if VENDORS.search(line)
        ]
        found += [
            f"{name}:{node.lineno} {said[:80]!r}"
            for node in code_strings(text)
            if KINDS.search(said := str(node.value))
        ]
    return found


@functools.cache
def code_strings(text: str) -> list[ast.Constant]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(text)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]


# Put together here, so that this file is not the first finding.
PRIVATE_PLACES = re.compile("|".join((re.escape("../" + "shared"), r"(?<!\w)\." + "library")))
NOT_OURS = re.compile(
    r"\.git|\.venv.*|\.[a-z]+_cache|\.hypothesis|\.coverage|mutants|__pycache__|build|dist|.*\.egg-info"
)


def mentions_of_private_places(root: Path) -> list[str]:
    """Text files of the project that name a place which only exists where it was written."""
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not NOT_OURS.fullmatch(name))
        for name in sorted(files):
            path = Path(folder, name)
            if NOT_OURS.fullmatch(name) or not path.is_file():
                continue
            for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
                if PRIVATE_PLACES.search(line):
                    found.append(f"{path.relative_to(root).as_posix()}:{number} {line.strip()[:80]}")
    return found


def test_imports_point_one_way() -> None:
    assert forbidden_arrows(PACKAGE) == []


def test_one_module_speaks_http() -> None:
    assert strangers_to_http(PACKAGE) == []


def test_the_core_knows_no_vendor() -> None:
    assert names_of_vendors(PACKAGE) == []


def test_no_module_is_too_long() -> None:
    assert overlong_modules(PACKAGE) == []


def test_every_module_says_what_it_is() -> None:
    assert undocumented_modules(PACKAGE) == []


def test_every_silenced_type_error_is_explained() -> None:
    assert unexplained_ignores(PACKAGE) == []


def test_the_project_stands_alone() -> None:
    assert mentions_of_private_places(ROOT) == []


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_asking_for_help_loads_no_heavy_library(option: str) -> None:
    script = Path(sys.executable).parent / "ringform"
    process = subprocess.run(
        [sys.executable, "-X", "importtime", str(script), option], capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    times = (line.rpartition("|")[2].strip() for line in process.stderr.splitlines() if line.startswith("import time:"))
    imported = {name.partition(".")[0] for name in times}
    assert "ringform" in imported
    assert imported & HEAVY == set()


@pytest.mark.parametrize("command", ["validate", "test", "graph"])
def test_a_command_that_works_offline_loads_no_network_library(command: str) -> None:
    arguments = [command, str(ROOT / "examples" / "quickstart")]
    process = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ringform", *arguments], capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    names = {line.rpartition("|")[2].strip() for line in process.stderr.splitlines() if line.startswith("import time:")}
    assert "ringform.manifest.manifest" in names
    assert {name.partition(".")[0] for name in names} & {"httpx", "rich", "starlette", "uvicorn"} == set()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the source tree, to be damaged."""
    target = tmp_path / "ringform"
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


def damage(package: Path, module: str, code: str) -> tuple[str, int]:
    """Append ``code`` to a module, which is made if it is not there; return its name and the code's line."""
    path = package / module
    path.parent.mkdir(exist_ok=True)
    text = path.read_text("utf-8") if path.exists() else '"""A module."""\n'
    path.write_text(f"{text}{code}\n", "utf-8")
    name = ".".join(("ringform", *Path(module).with_suffix("").parts)).removesuffix(".__init__")
    return name, len(text.splitlines()) + 1


@pytest.mark.parametrize(
    ("module", "code", "target"),
    [
        ("model/plan.py", "import ringform.providers", "ringform.providers"),
        ("model/plan.py", "from ringform.providers.protocol import Call", "ringform.providers.protocol"),
        ("model/plan.py", "from ringform import providers", "ringform.providers"),
        ("model/plan.py", "from ..providers.protocol import Call", "ringform.providers.protocol"),
        ("model/plan.py", "from .. import manifest", "ringform.manifest"),
        ("model/plan.py", "def late(): from ringform.manifest.composer import load", "ringform.manifest.composer"),
        ("model/plan.py", "if TYPE_CHECKING: import ringform.manifest.tree", "ringform.manifest.tree"),
        ("model/plan.py", "importlib.import_module('ringform.manifest.tree')", "ringform.manifest.tree"),
        ("model/plan.py", "from ringform import __version__", "ringform"),
        ("providers/protocol.py", "from ringform.manifest.tree import Map", "ringform.manifest.tree"),
        ("providers/protocol.py", "from ringform.cli import app", "ringform.cli"),
        ("manifest/tree.py", "from ringform.execution.observe import observe", "ringform.execution.observe"),
        ("execution/new.py", "from ringform.reports.text import render", "ringform.reports.text"),
        ("reports/new.py", "from ringform.execution.reader import observe", "ringform.execution.reader"),
        ("callflow/new.py", "from ringform.manifest.tree import Map", "ringform.manifest.tree"),
        ("callflow/new.py", "from ringform.providers.protocol import Provider", "ringform.providers.protocol"),
        ("execution/new.py", "from ringform.sandbox.store import StateFile", "ringform.sandbox.store"),
        ("sandbox/store.py", "from ringform.model.phone import to_e164", "ringform.model.phone"),
        ("sandbox/store.py", "from ringform.version import __version__", "ringform.version"),
        ("api.py", "from ringform.reports.text import render", "ringform.reports.text"),
        ("cli/new.py", "from ringform.api import apply", "ringform.api"),
        ("execution/new.py", "from ringform.operations.apply import apply", "ringform.operations.apply"),
        ("operations/new.py", "from ringform.cli.output import echo", "ringform.cli.output"),
        ("operations/new.py", "from ringform.reports.text import render", "ringform.reports.text"),
        ("__init__.py", "from ringform.sandbox.store import StateFile", "ringform.sandbox.store"),
    ],
)
def test_a_forbidden_arrow_is_found(copy: Path, module: str, code: str, target: str) -> None:
    before = forbidden_arrows(copy)
    name, line = damage(copy, module, code)
    arrow, *_ = (found for found in forbidden_arrows(copy) if found not in before)
    # Of a name that `from` brings it is the tree that tells whether it is a module.
    assert arrow in (f"{name}:{line} imports {target}", f"{name}:{line} imports {target}.{code.rpartition(' ')[2]}")


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("model/plan.py", "from ringform.model.values import Json"),
        ("providers/protocol.py", "from ringform.model.plan import Plan"),
        ("manifest/tree.py", "from ringform.providers.protocol import Provider"),
        ("manifest/tree.py", "from .source import Source"),
        ("cli/new.py", "from ringform.sandbox.store import StateFile"),
        ("model/plan.py", "import json"),
    ],
)
def test_an_allowed_arrow_is_not(copy: Path, module: str, code: str) -> None:
    before = forbidden_arrows(copy)
    damage(copy, module, code)
    assert forbidden_arrows(copy) == before


def test_a_part_without_a_rule_is_found(copy: Path) -> None:
    before = forbidden_arrows(copy)
    damage(copy, "extras/new.py", "import json")
    assert set(forbidden_arrows(copy)) - set(before) == {
        "ringform.extras.new: 'extras' is a part that this test does not know: say what it may import"
    }


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("model/plan.py", "# as Phone.inc has it"),
        ("execution/idle.py", "NAME = 'zendesk-talk'"),
        ("reports/text/plan.py", "def is_oneinbox(): pass"),
        ("callflow/trace.py", "KIND = 'contact'"),
        ("callflow/trace.py", "# a PhoneMenuConfig"),
        ("operations/plan.py", "def employee_names(): pass"),
        ("model/plan.py", "def f(): '''Such as incoming_call_config.menu_options.'''"),
        ("operations/apply.py", "# as Phone.inc has it"),
    ],
)
def test_the_name_of_a_vendor_is_found(copy: Path, module: str, code: str) -> None:
    before = names_of_vendors(copy)
    name, line = damage(copy, module, code)
    [found] = set(names_of_vendors(copy)) - set(before)
    assert found.startswith(f"{name}:{line} ")


def test_a_second_http_client_is_found(copy: Path) -> None:
    before = strangers_to_http(copy)
    name, line = damage(copy, "manifest/tree.py", "def fetch(): import httpx")
    assert set(strangers_to_http(copy)) - set(before) == {f"{name}:{line} imports httpx"}


def test_a_long_module_is_found(copy: Path) -> None:
    before = overlong_modules(copy)
    damage(copy, "model/long.py", "\n" * LONGEST_MODULE)
    assert set(overlong_modules(copy)) - set(before) == {"ringform.model.long has 402 lines"}


def test_a_module_without_a_docstring_is_found(copy: Path) -> None:
    before = undocumented_modules(copy)
    (copy / "model" / "mute.py").write_text("import json\n", "utf-8")
    assert set(undocumented_modules(copy)) - set(before) == {"ringform.model.mute"}


@pytest.mark.parametrize(
    ("comment", "is_found"),
    [
        ("# type: ignore", True),
        ("# type: ignore[misc]", True),
        ("# type: ignore[misc]  # the library lies about its return type", False),
    ],
)
def test_an_unexplained_ignore_is_found(copy: Path, comment: str, *, is_found: bool) -> None:
    before = unexplained_ignores(copy)
    name, line = damage(copy, "model/plan.py", f"x = 1  {comment}")
    after = unexplained_ignores(copy)
    assert after == sorted([*before, f"{name}:{line} {comment}"] if is_found else before)


def test_a_private_place_is_found(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("Fine.\nSee ../" + "shared/page.md\n", "utf-8")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "x").write_text("../" + "shared", "utf-8")
    assert mentions_of_private_places(tmp_path) == ["docs/page.md:2 See ../" + "shared/page.md"]
