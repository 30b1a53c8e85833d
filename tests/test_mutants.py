"""``make mutants`` looks at modules and tests that are there: what was moved away would be left out without a word."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_every_place_that_it_names_is_there() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    places = [
        *settings["only_mutate"],
        *settings["source_paths"],
        *settings["pytest_add_cli_args_test_selection"],
        *settings["also_copy"],
    ]
    assert [place for place in places if not list(ROOT.glob(place))] == []
