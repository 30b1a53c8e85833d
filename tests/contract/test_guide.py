"""``docs/adding-a-provider.md`` quotes what runs, and knows the whole protocol and all of the contract."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from contract.cases import TINY_PBX
from ringform.planning.vendor import Vendor
from ringform.providers import facets
from ringform.providers.protocol import Provider

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GUIDE = (ROOT / "docs" / "adding-a-provider.md").read_text("utf-8")


def test_every_piece_of_code_is_a_piece_of_what_is_tested() -> None:
    sources = [(HERE / name).read_text("utf-8") for name in ("tiny_pbx/provider.py", "cases.py")]
    pieces = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    assert len(pieces) >= 6
    for piece in pieces:
        assert any(piece in source for source in sources), piece


def members(*protocols: type) -> set[str]:
    return {name for each in protocols for name in vars(each) if not name.startswith("_")}


def explained(heading: str) -> set[str]:
    """What stands in the first column of a section's tables."""
    table = GUIDE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE)
    return {name for row in rows for name in re.findall("`(.*?)`", row)}


def test_every_member_of_the_protocol_is_explained() -> None:
    assert explained("The protocol") == members(Vendor, Provider)


def test_every_facet_is_explained() -> None:
    all_of_them = [getattr(facets, name) for name in facets.__all__]
    assert explained("What only some vendors have") == {*facets.__all__} | members(*all_of_them)


def test_every_module_of_the_contract_is_named() -> None:
    table = GUIDE.partition("## The contract")[2]
    named = set(re.findall(r"^\| `(test_\w+)`", table, re.MULTILINE))
    about_all = {
        path.stem
        for path in HERE.glob("test_*.py")
        if re.search(r"^def test_.*bench: Bench", path.read_text("utf-8"), re.MULTILINE)
    }
    assert named == about_all


def test_the_entry_point_is_the_one_that_the_tests_install(tmp_path: Path) -> None:
    site = TINY_PBX.packages(tmp_path)
    assert site
    [installed] = site.glob("*.dist-info/entry_points.txt")
    line = installed.read_text("utf-8").splitlines()[1]
    name, _, target = line.partition(" = ")
    assert f'{name} = "{target}"' in GUIDE


def test_a_package_made_as_it_says_can_be_built() -> None:
    project, _ = map(tomllib.loads, re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL))
    assert {"name", "version", "dependencies", "entry-points"} == project["project"].keys()


def test_the_tests_that_a_package_carries_along_are_whole() -> None:
    """Whatever of the tests is imported by what is to be copied is to be copied too, but for the cases."""
    table = GUIDE.partition("## The contract")[2]
    listed = set(re.findall(r"`([\w/]+\.py)`", table.partition("A package of its own")[2])) - {"cases.py"}
    of_contract = {"case.py", "bench.py", "conftest.py"}
    files = {f"contract/{name}" for name in of_contract} | (listed - of_contract)
    files |= {f"contract/{name}.py" for name in re.findall(r"^\| `(test_\w+)`", table, re.MULTILINE)}
    used: set[str] = set()
    for name in files:
        text = (HERE.parent / name).read_text("utf-8")
        found = re.findall(r"^\s*from (cli|contract|support|golden)([.\w]*) import (.*)", text, re.MULTILINE)
        for package, rest, names in found:
            modules = (
                [f"{package}{rest}"]
                if rest or package == "golden"
                else [f"{package}.{each}" for each in names.split(", ")]
            )
            used |= {f"{module.replace('.', '/')}.py" for module in modules}
    assert used - files == {"contract/cases.py"}


def test_it_is_found_from_where_people_begin() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        assert "docs/adding-a-provider.md" in (ROOT / page).read_text("utf-8")
