"""Which files make the manifest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ringform.manifest.discovery import discover
from ringform.model.diagnostic import RingformError


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("version: 1\n")


def found(*paths: str) -> tuple[list[str], list[str]]:
    files, diagnostics = discover([Path(path) for path in paths])
    return [str(path) for path in files], [diagnostic.code for diagnostic in diagnostics]


def test_without_a_path_the_default_file_is_taken_before_the_default_folder() -> None:
    write("ringform/a.yaml")
    assert found() == (["ringform/a.yaml"], [])
    write("ringform.yaml")
    assert found() == (["ringform.yaml"], [])


def test_without_anything_the_names_looked_for_and_the_files_nearby_are_said() -> None:
    write("phones.yaml", "b.yml", "c.txt")
    files, (diagnostic,) = discover([])
    assert files == []
    assert diagnostic.code == "no-manifest"
    assert diagnostic.summary == "there is no file ringform.yaml and no folder ringform here"
    assert diagnostic.detail == "YAML files here: b.yml and phones.yaml."


def test_a_folder_is_searched_in_sorted_order_without_hidden_and_other_files() -> None:
    write("m/z.yaml", "m/a/2.yml", "m/a/1.yaml", "m/b.yml", "m/.hidden.yaml", "m/.git/x.yaml", "m/readme.md", "m/yaml")
    assert found("m") == (["m/a/1.yaml", "m/a/2.yml", "m/b.yml", "m/z.yaml"], [])


def test_a_file_that_is_named_needs_no_suffix_and_may_be_hidden() -> None:
    write(".phones", "phones.txt")
    assert found(".phones", "phones.txt") == ([".phones", "phones.txt"], [])


def test_a_file_is_read_once_however_it_is_reached(here: Path) -> None:
    write("m/a.yaml", "m/b.yaml")
    os.symlink("b.yaml", "m/also-b.yaml")
    paths = ["m/b.yaml", "m", "m/../m/a.yaml", str(here / "m" / "a.yaml")]
    assert found(*paths) == (["m/b.yaml", "m/a.yaml"], [])


def test_every_problem_is_reported_in_one_run() -> None:
    write("good.yaml", "no-yaml/readme.md")
    os.mkfifo("pipe")
    assert found("missing", "no-yaml", "pipe", "good.yaml", "/dev/null") == (
        ["good.yaml"],
        ["path-not-found", "empty-folder", "not-a-file", "not-a-file"],
    )


def test_a_pipe_within_a_folder_is_an_error() -> None:
    write("m/a.yaml")
    os.mkfifo("m/b.yaml")
    os.mkfifo("m/not-looked-at")
    assert found("m") == (["m/a.yaml"], ["not-a-file"])


@pytest.mark.parametrize("target", ["../outside.yaml", "../outside.txt", "/etc/passwd", "/etc"])
def test_a_symlink_out_of_its_folder_is_an_error(target: str) -> None:
    write("outside.yaml", "outside.txt", "m/a.yaml")
    os.symlink(target, "m/link.yaml")
    assert found("m") == (["m/a.yaml"], ["symlink-outside"])


def test_a_folder_that_is_a_symlink_out_of_its_folder_is_an_error() -> None:
    write("m/a.yaml", "outside/b.yaml")
    os.symlink("../outside", "m/more")
    assert found("m") == (["m/a.yaml"], ["symlink-outside"])


def test_a_symlink_to_a_file_that_is_no_manifest_is_an_error_even_within_the_folder() -> None:
    write("m/a.yaml", "m/.git/config", "m/.secret.yaml", "m/credentials.json")
    for name in (".git/config", ".secret.yaml", "credentials.json"):
        os.symlink(name, f"m/{name.strip('.').replace('/', '-')}.link.yaml")
    assert found("m") == (["m/a.yaml"], ["symlink-outside"] * 3)


def test_symlinks_within_a_folder_are_followed_and_circles_end() -> None:
    write("m/sub/a.yaml")
    os.symlink("sub/a.yaml", "m/1.yaml")
    os.symlink(".", "m/circle")
    os.symlink("../../m", "m/sub/circle")
    assert found("m") == (["m/1.yaml"], [])


def test_files_that_kubernetes_mounts_are_found(here: Path) -> None:
    write("m/..2026_01/ringform.yaml")
    os.symlink("..2026_01", "m/..data")
    os.symlink("..data/ringform.yaml", "m/ringform.yaml")
    assert found("m") == (["m/ringform.yaml"], [])
    assert found(str(here / "m" / "ringform.yaml")) == ([str(here / "m" / "ringform.yaml")], [])


def test_a_broken_symlink_is_an_error_if_it_would_be_read() -> None:
    write("m/a.yaml")
    os.symlink("nowhere", "m/b.yaml")
    os.symlink("nowhere", "m/other")
    assert found("m") == (["m/a.yaml"], ["path-not-found"])


@pytest.mark.parametrize("target", ["/etc/passwd", "../outside.yaml", ".git/config"])
@pytest.mark.parametrize("is_named", [True, False])
def test_the_manifest_itself_must_not_be_a_symlink_to_another_file(target: str, is_named: bool) -> None:
    write("../outside.yaml", ".git/config")
    os.symlink(target, "ringform.yaml")
    assert found(*(["ringform.yaml"] if is_named else [])) == ([], ["symlink-outside"])


def test_the_default_folder_must_not_be_a_symlink_out_of_the_working_directory() -> None:
    write("../outside/a.yaml")
    os.symlink("../outside", "ringform")
    assert found() == ([], ["symlink-outside"])


def test_a_path_that_says_itself_that_it_is_elsewhere_is_taken(tmp_path: Path) -> None:
    write("../outside/a.yaml")
    os.symlink("outside", tmp_path / "link")
    assert found("../outside") == (["../outside/a.yaml"], [])
    assert found("../link/a.yaml") == (["../link/a.yaml"], [])


def test_a_folder_that_may_not_be_read_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    write("m/a.yaml", "m/closed/b.yaml")
    real = os.scandir

    def scandir(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert found("m") == (["m/a.yaml"], ["permission-denied"])


def test_nothing_found_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    write("m/a.yaml")

    def opened(*_: object) -> int:
        raise RingformError

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr("builtins.open", opened)
    assert found("m") == (["m/a.yaml"], [])
