"""Providers of other packages: found by their entry point, and told of in words when they are broken."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli.harness import Ringform

from contract.cases import CASES, HERE, install_tiny, installed, write_metadata
from ringform.manifest.check import check_manifest
from ringform.model.diagnostic import RingformError
from ringform.providers import packages, registry

GROUP = "[ringform.providers]\n"
TINY = """\
from dataclasses import replace
from ringform.provider import ParsedDocument, Problem, Severity, by_name
from tiny_pbx.provider import NUMBER, TinyPbx

def kinds(name):
    return by_name(replace(NUMBER, name=name))

class Other(TinyPbx):
    name = "other"
    kinds = kinds("other_number")

class Warns(Other):
    def parse(self, document, today):
        problem = Problem(("phone_numbers", "+4570100001", "ring_secs"), "long-ring", "it rings long", Severity.WARNING)
        return ParsedDocument(problems=[problem])

class Clash(TinyPbx):
    name = "other"
    kinds = kinds("main_number")

class ClashOfTwo(TinyPbx):
    name = "other"

class OddKind(TinyPbx):
    name = "other"
    kinds = kinds("Other Number:")

class Half:
    name = "other"
    kinds = kinds("other_number")

def fails():
    raise OSError("no such device")
"""


@pytest.fixture(name="installed")
def installing(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Installs packages: a module ``somebody`` and, for each package given, its entry points."""
    site = install_tiny(tmp_path / "site")
    (site / "somebody.py").write_text(TINY, "utf-8")

    def install(**entry_points: str) -> Path:
        for package, lines in entry_points.items():
            write_metadata(site, package, GROUP + lines)
        importlib.invalidate_caches()
        packages.installed.cache_clear()
        return site

    with installed(site):
        yield install


def test_a_package_s_provider_is_one_among_all(installed: Callable[..., Path], tmp_path: Path) -> None:
    installed(somebody="other = somebody:Other")
    assert registry.every_name() == ("phone.inc", "zendesk-talk", "oneinbox", "other", "tiny-pbx")
    assert [each.name for each in registry.every_provider()] == list(registry.every_name())
    assert list(registry.provider("other").kinds) == ["other_number"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("other = nobody:Other", "of somebody cannot be used: ModuleNotFoundError: No module named 'nobody'"),
        ("other = somebody:Missing", "AttributeError: "),
        ("other = somebody:fails", "OSError: no such device"),
        ("other = somebody:Half", "it lacks calls, document, endpoint, "),
        ("other = tiny_pbx.provider:TinyPbx", "it calls itself 'tiny-pbx'"),
        ("other = somebody:Clash", "phone.inc has objects of the kind main_number already"),
        ("other = somebody:ClashOfTwo", "tiny-pbx has objects of the kind tiny_pbx_number already"),
        ("other = somebody:OddKind", "its kinds are Other Number:, not words like pbx_line"),
        (
            "tiny-pbx = somebody:Other",
            "somebody and tiny-pbx-for-ringform cannot be used: each has a provider of that name",
        ),
    ],
)
def test_what_is_wrong_with_a_package_is_told_in_words(installed: Callable[..., Path], line: str, reason: str) -> None:
    installed(somebody=line)
    with pytest.raises(RingformError) as caught:
        registry.provider(line.partition(" ")[0])
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.code == "broken-provider"
    assert reason in diagnostic.summary
    assert registry.provider("oneinbox").name == "oneinbox"


def test_a_broken_package_is_told_of_at_the_manifest_s_line(installed: Callable[..., Path], tmp_path: Path) -> None:
    site = installed(somebody="other = nobody:Other")
    ringform = Ringform(tmp_path)
    ringform.environment["PYTHONPATH"] = str(site)
    ringform.write("version: 1\nprovider: other\nphone_numbers: {}\n")
    ended = ringform("validate")
    assert ended.code == 1
    assert "error[broken-provider]" in ended.out
    assert "ringform.yaml:2:11" in ended.out
    assert ended.out.count("error[") == 1


@pytest.mark.parametrize(
    ("code", "told"), [("long-ring", []), ("long-rings", ["long-ring", "unknown-ignore"]), ("none", ["long-ring"])]
)
def test_a_package_s_warnings_can_be_ignored(
    installed: Callable[..., Path], tmp_path: Path, code: str, told: list[str]
) -> None:
    installed(somebody="other = somebody:Warns")
    comment = "" if code == "none" else f" # ringform: ignore={code}"
    path = tmp_path / "ringform.yaml"
    path.write_text(
        f'version: 1\nprovider: other\nphone_numbers:\n  "+4570100001":\n    ring_secs: 60{comment}\n', "utf-8"
    )
    checked = check_manifest([path], lint=lambda _: ())
    assert checked.manifest is not None
    assert sorted(each.code for each in checked.diagnostics) == told


def test_no_package_takes_the_place_of_a_provider_of_our_own(installed: Callable[..., Path], tmp_path: Path) -> None:
    site = installed(somebody="oneinbox = nobody:Thief\nphone.inc = somebody:fails")
    assert type(registry.provider("oneinbox")).__module__ == "ringform.providers.oneinbox.provider"
    assert registry.every_name() == ("phone.inc", "zendesk-talk", "oneinbox", "tiny-pbx")
    ringform = Ringform(tmp_path)
    ringform.environment["PYTHONPATH"] = str(site)
    schema = ringform("schema")
    assert schema.code == 0, schema.err
    assert json.loads(schema.out)["properties"]["provider"]["enum"] == list(registry.every_name())
    ringform.write("version: 1\nprovider: tinypbx\n")
    unknown = ringform("validate")
    assert "did you mean 'tiny-pbx'?" in unknown.out


def test_the_schema_knows_what_each_provider_s_manifests_may_hold(
    installed: Callable[..., Path], tmp_path: Path
) -> None:
    ringform = Ringform(tmp_path)
    ringform.environment["PYTHONPATH"] = str(installed())
    schema = ringform.write(ringform("schema").out, "schema.json")
    right = [case.folder / "manifests" / f"{case.name}.yaml" for case in CASES.values()]
    wrong = [
        ringform.write(f"version: 1\nprovider: {name}\n{text}\n", f"wrong/{number}.yaml")
        for number, (name, text) in enumerate(
            (
                ("phone.inc", "phone_numbers: {}"),
                ("zendesk-talk", "main_numbers: {}"),
                ("oneinbox", "groups: {}"),
                ("tiny-pbx", 'phone_numbers: {"+4570100001": {ring_secs: soon}}'),
                ("tiny-pbx", 'phone_numbers: {"+4570100001": {registered: true}}'),
                ("nobody", "phone_numbers: {}"),
            )
        )
    ]
    checker = [str(Path(sys.executable).parent / "check-jsonschema"), "--output-format", "json", "--schemafile"]
    ended = subprocess.run(
        [*checker, str(schema), *map(str, (*right, *wrong))], capture_output=True, text=True, check=False
    )
    blamed = {error["filename"] for error in json.loads(ended.stdout)["errors"]}
    assert blamed == {str(path) for path in wrong}


def test_packages_are_not_looked_at_for_a_provider_of_our_own() -> None:
    """Looking through what is installed takes time that most commands do not have to spend."""
    script = (
        "import sys; from ringform.providers import registry; assert registry.is_known('oneinbox');"
        "registry.provider('oneinbox'); print('ringform.providers.packages' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"


@pytest.mark.slow
def test_a_package_of_its_own_passes_the_contract_that_it_installs(tmp_path: Path) -> None:
    """Nothing but ringform and the package is there: no module of these tests."""
    site = install_tiny(tmp_path / "site")
    tests = tmp_path / "tests"
    shutil.copytree(HERE / "tiny_pbx", tests / "tiny", ignore=shutil.ignore_patterns("provider.py", "__pycache__"))
    (tests / "conftest.py").write_text('pytest_plugins = ["ringform.testing"]\n', "utf-8")
    (tests / "test_tiny.py").write_text(
        "from ringform.testing import ProviderContract\nfrom tiny.case import TINY_PBX\n\n"
        "class TestTinyPbx(ProviderContract):\n    case = TINY_PBX\n",
        "utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--strict-markers",
        "-m",
        "not slow",
        ".",
    ]
    ended = subprocess.run(
        command, cwd=tests, env={**os.environ, "PYTHONPATH": str(site)}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout
    assert " passed" in ended.stdout


def test_the_tiny_provider_is_small() -> None:
    source = Path(__file__).parent / "tiny_pbx" / "provider.py"
    assert len(source.read_text("utf-8").splitlines()) < 150
