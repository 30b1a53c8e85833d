"""``docs/adding-a-provider.md`` quotes what runs, and knows the whole protocol and all of the contract."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from contract.cases import install_tiny
from ringform.planning.vendor import Vendor
from ringform.providers import facets
from ringform.providers.protocol import Provider
from ringform.testing import ProviderContract

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GUIDE = (ROOT / "docs" / "adding-a-provider.md").read_text("utf-8")


def test_every_piece_of_code_is_a_piece_of_what_is_tested() -> None:
    sources = [(HERE / name).read_text("utf-8") for name in ("tiny_pbx/provider.py", "tiny_pbx/case.py")]
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


def test_every_promise_of_the_contract_is_named() -> None:
    named = {re.sub(r"`", "", name) for name in explained("The contract")}
    assert named == {each.__name__ for each in ProviderContract.__bases__}


def test_the_entry_point_is_the_one_that_the_tests_install(tmp_path: Path) -> None:
    site = install_tiny(tmp_path)
    [installed] = site.glob("*.dist-info/entry_points.txt")
    line = installed.read_text("utf-8").splitlines()[1]
    name, _, target = line.partition(" = ")
    assert f'{name} = "{target}"' in GUIDE


def test_a_package_made_as_it_says_can_be_built() -> None:
    [project] = map(tomllib.loads, re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL))
    assert {"name", "version", "dependencies", "entry-points"} == project["project"].keys()


def test_it_is_found_from_where_people_begin() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        assert "docs/adding-a-provider.md" in (ROOT / page).read_text("utf-8")
