"""The line and column of a mistake are right whatever stands before it: other line breaks, a byte order mark, emoji."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringform.operations.check import check

HERE = "\N{SECTION SIGN}"
"""Stands where the mistake is expected, and is not written."""

MISTAKES = {
    "unknown-field": f'contacts:\n  "+4520000001": {{name: "x 👋", {HERE}nmae: y}}\n',
    "bad-email": f'contacts:\n  "+4520000001":\n    name: "👩‍👧"\n    email: {HERE}nobody\n',
    "duplicate-key": f'contacts:\n  "+4520000001": {{name: "é👋", {HERE}name: y}}\n',
    "unknown-anchor": f'contacts:\n  "+4520000001": {{name: "👋", note: {HERE}*gone}}\n',
    "yaml-syntax": f'contacts:\n  "+4520000001": {{name: "👋", note: "b"{HERE}"c"}}\n',
    "missing-variable": f'contacts:\n  "+4520000001": {{name: "👋", note: "👋 {{{{ {HERE}gone }}}}"}}\n',
    "unknown-ignore": f'contacts:\n  "+4520000001": {{name: "👋"}} # 👋 # ringform: ignore={HERE}gone\n',
    "bidirectional-control": f'contacts:\n  "+4520000001": {{name: "👋{HERE}\u202e"}}\n',
    "yaml-tag": f'contacts:\n  "+4520000001": {{name: "👋", note: {HERE}!x y}}\n',
}
BEFORE = {
    "nothing": "",
    "emoji": "# 👋 👩‍👩‍👧 e\u0301 你好\n\n",
    "a text of lines": 'vars:\n  x: |\n    👋\n\n    👋\n  y: "👋\n\n    👋"\n',
}
BREAKS = {"LF": "\n", "CR LF": "\r\n", "CR": "\r"}


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("line_break", BREAKS)
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_where_it_is_said_to_be(
    code: str, before: str, line_break: str, mark: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"version: 1\n{BEFORE[before]}{MISTAKES[code]}"
    up_to = text[: text.index(HERE)]
    line, column = up_to.count("\n") + 1, len(up_to) - up_to.rfind("\n")
    written = (mark + text.replace(HERE, "")).replace("\n", BREAKS[line_break])
    Path("ringform.yaml").write_bytes(written.encode())
    found = [(each.code, each.location and (each.location.line, each.location.column)) for each in check().diagnostics]
    assert (code, (line, column)) in found
