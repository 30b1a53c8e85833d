"""An account that is a table of answers, to see what a provider asks for and makes of it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ringform.manifest.check import check_manifest
from ringform.model.api_error import ApiError
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic
from ringform.model.plan import Plan
from ringform.model.urls import path_below
from ringform.operations.plan import plan


class Answers:
    """Answers by path and query; what is not in the table is a 404. ``asked`` keeps the paths in order."""

    def __init__(self, table: Mapping[str, Any], base_url: str = "https://acme.example/api/v2") -> None:
        self.table = table
        self.base_url = base_url
        self.asked: list[str] = []

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Any:
        assert params is None
        self.asked.append(path)
        if path not in self.table:
            raise ApiError(Diagnostic("not-found", f"the account has no such object (404 to GET {path})"), status=404)
        if isinstance(self.table[path], ApiError):
            raise self.table[path]
        return copy.deepcopy(self.table[path])

    def get_all(self, paths: Sequence[str]) -> list[Any]:
        return [self.get(path) for path in paths]

    def path_of(self, url: str) -> str:
        return path_below(self.base_url, url)


def planned(folder: Path, text: str, account: Answers) -> Plan:
    """The plan of a manifest against an account.

    Raises:
        RingformError: The manifest is not valid, or asks for what cannot be done.
    """
    path = folder / "ringform.yaml"
    path.write_text(text, "utf-8")
    manifest = check_manifest([path]).valid()
    [part] = manifest.parts
    live = part.provider.observe(account, Scope.of(part.desired))
    return plan(manifest, {part.provider.name: live})
