"""What the contract needs to know of Tiny PBX: its emulator, and a plan to make. Everything else is in the package."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ringform.testing import Answer, Case, Emulator, Refusal, State

from .emulator import Pbx

PBX_KEY = "tiny-8Qw2Er5Ty7Ui"


@contextmanager
def start() -> Iterator[Emulator]:
    """Run an emulated account."""
    pbx = Pbx(PBX_KEY)

    def write(state: State) -> None:
        pbx.state = copy.deepcopy(state)

    def settings(url: str) -> dict[str, str]:
        return {"TINY_PBX_KEY": PBX_KEY, "TINY_PBX_URL": url}

    with Emulator.running(pbx.app, lambda: copy.deepcopy(pbx.state), write, settings) as emulator:
        yield emulator


def edited(state: State) -> State:
    """The state after somebody has named the first number."""
    changed = copy.deepcopy(state)
    changed["numbers"][0]["label"] = "Somebody's"
    return changed


def number(index: int) -> dict[str, Any]:
    """One number of a large account."""
    return {
        "id": 100 + index,
        "number": f"+45701001{index:02d}",
        "label": ["", None, "Læge & Co", "“Front”"][index % 4],
        "ring_secs": 5 * (index % 7),
        "forward_to": str(index) if index % 3 else None,
        "registered": bool(index % 2),
    }


TINY_PBX = Case(
    name="tiny-pbx",
    folder=Path(__file__).parent,
    start=start,
    documented=None,
    refusals=[Refusal(0, Answer.json(422, {"errors": {"ring_secs": ["is not served"]}}), "  ring_secs:")],
    edited=edited,
    generated=lambda: {"numbers": [number(index) for index in range(60)]},
    secrets=(PBX_KEY,),
    wrong_key={"TINY_PBX_KEY": "tiny-1Zx3Cv5Bn7Mm"},
    variables=("TINY_PBX_KEY", "TINY_PBX_URL"),
    protected=("    label: Reception", "    label: Reception\n    protect: true"),
    field=("ring_secs", "50"),
    called="Reception",
)
