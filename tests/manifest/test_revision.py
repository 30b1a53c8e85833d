"""Manifests as git revisions have them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from support.repository import commit, git

import ringform
from ringform.manifest.source import MAX_BYTES

NAMED = 'version: 1\nmain_numbers: {{"+1415555{number}": {{name: {name}}}}}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def wanted(*paths: str, revision: str = "HEAD", var_files: Sequence[str] = ()) -> list[object]:
    """The names that a revision's manifest gives to numbers, and its files."""
    manifest = ringform.load(paths, revision=revision, var_files=var_files)
    names = [each.fields["name"] for part in manifest.parts for each in part.desired.wanted.values()]
    return [*names, *manifest.id.files]


def problems(*paths: str, revision: str = "HEAD", var_files: Sequence[str] = ()) -> list[tuple[str, str]]:
    with pytest.raises(ringform.RingformError) as caught:
        ringform.load(paths, revision=revision, var_files=var_files)
    return [(each.code, each.summary) for each in caught.value.diagnostics]


def test_the_default_manifest_as_it_was(folder: Path) -> None:
    file = folder / "ringform.yaml"
    for name in ("Old", "New"):
        file.write_text(NAMED.format(number="1234", name=name), "utf-8")
        commit(folder)
    file.write_text("something else", "utf-8")
    assert wanted() == ["New", "HEAD:ringform.yaml"]
    assert wanted(revision="main~1") == ["Old", "main~1:ringform.yaml"]


def test_a_folder_as_on_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, name in enumerate(("b.yaml", "deep/a.yml", ".hidden.yaml", ".git-no/c.yaml", "d.txt", "ø.yaml"), 1000):
        path = folder / "ringform" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NAMED.format(number=number, name=f"n{number}"), "utf-8")
    (folder / "ringform" / "again.yaml").symlink_to("b.yaml")
    commit(folder)
    expected = ["n1000", "n1001", "n1005", "HEAD:ringform/b.yaml", "HEAD:ringform/deep/a.yml", "HEAD:ringform/ø.yaml"]
    assert wanted() == expected
    assert wanted("ringform", "ringform/b.yaml") == expected
    assert wanted(str(folder / "ringform" / "deep" / "a.yml")) == ["n1001", "HEAD:ringform/deep/a.yml"]
    monkeypatch.chdir(folder / "ringform" / "deep")
    assert wanted("../b.yaml") == ["n1000", "HEAD:../b.yaml"]
    assert wanted("a.yml") == ["n1001", "HEAD:a.yml"]


def test_files_of_variables_are_of_the_revision_too(folder: Path) -> None:
    (folder / "ringform.yaml").write_text(NAMED.format(number="1234", name='"{{ who }}"'), "utf-8")
    (folder / "vars.yaml").write_text("who: then\n", "utf-8")
    commit(folder)
    (folder / "vars.yaml").write_text("who: now\n", "utf-8")
    assert wanted(var_files=["vars.yaml"]) == ["then", "HEAD:ringform.yaml"]
    assert problems(var_files=["gone.yaml"])[0] == (
        "path-not-found",
        "there is no file or folder gone.yaml in the revision HEAD",
    )


def test_mistakes_are_placed_in_the_revision(folder: Path) -> None:
    (folder / "ringform.yaml").write_text("version: 2\n", "utf-8")
    commit(folder)
    with pytest.raises(ringform.RingformError) as caught:
        ringform.load(revision="HEAD")
    [place] = [each.location for each in caught.value.diagnostics if each.code == "unknown-version"]
    assert place is not None
    assert (place.file, place.line) == ("HEAD:ringform.yaml", 1)


def test_what_is_not_in_a_revision(folder: Path) -> None:
    (folder / "ringform").mkdir()
    (folder / "ringform" / "notes.txt").write_text("-", "utf-8")
    (folder / "away.yaml").symlink_to("/etc/passwd")
    (folder / "links").mkdir()
    (folder / "links" / "away.yaml").symlink_to("../ringform/notes.txt")
    (folder / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    (folder / "latin.yaml").write_bytes(b"version: 1 # \xe6\n")
    commit(folder)
    assert problems() == [("empty-folder", "the folder HEAD:ringform has no YAML file")]
    assert problems("no.yaml") == [("path-not-found", "there is no file or folder no.yaml in the revision HEAD")]
    assert problems("..") == [("path-not-found", "there is no file or folder .. in the revision HEAD")]
    assert problems("away.yaml") == [("not-a-file", "HEAD:away.yaml is not a regular file")]
    assert problems("links") == [
        ("symlink-outside", "the symlink HEAD:links/away.yaml leads to a file that is not part of the manifest")
    ]
    assert problems("large.yaml") == [("file-too-large", "the file is larger than 10 MB (10,000,001 bytes)")]
    assert [code for code, _ in problems("latin.yaml")] == ["not-utf-8"]
    git(folder, "rm", "-r", "-q", "ringform")
    commit(folder)
    assert problems() == [("no-manifest", "HEAD has no file ringform.yaml and no folder ringform here")]


@pytest.mark.parametrize("revision", ["nothing", "--help", "HEAD~7", "HEAD:ringform.yaml"])
def test_an_unknown_revision(folder: Path, revision: str) -> None:
    (folder / "ringform.yaml").write_text("version: 1\n", "utf-8")
    commit(folder)
    assert problems(revision=revision) == [("unknown-revision", f"git knows no revision {revision!r}")]


def test_no_repository_and_no_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems() == [("unknown-revision", "there is no git repository here, so there is no revision HEAD")]
    monkeypatch.setenv("PATH", str(folder))
    assert problems() == [("no-git", "git cannot be run: No such file or directory")]
