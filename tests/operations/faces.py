"""The two faces of ringform, the command line and the Python interface, asked for the same apply."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from cli.harness import Ringform

import ringform as library
from ringform.cli.exits import Exit

JOURNALS = Path(".ringform/journal")


def by_command(
    ringform: Ringform,
    *,
    allowed: Sequence[str] = (),
    expect_digest: str | None = None,
    saved: str | None = None,
    is_undo: bool = False,
) -> int:
    """Run the command without a terminal; its exit code."""
    arguments = ["undo" if is_undo else "apply", "--yes"]
    arguments += [text for name in allowed for text in ("--allow", name)]
    arguments += ["--expect-digest", expect_digest] if expect_digest else []
    arguments += ["--plan", saved] if saved else []
    return ringform(*arguments).code


def by_python(
    ringform: Ringform,
    *,
    allowed: Sequence[str] = (),
    expect_digest: str | None = None,
    saved: str | None = None,
    is_undo: bool = False,
) -> int:
    """Do the same from Python; the exit code that the command has for such an end."""
    try:
        if is_undo:
            journal = library.journal(folder=ringform.folder / JOURNALS)
            connections = library.connect(journal, ringform.environment)
            plan = library.plan_undo(journal, connections)
        elif saved:
            plan = library.read_plan(ringform.folder / saved)
            connections = library.connect(plan, ringform.environment)
        else:
            manifest = library.load([ringform.folder / "ringform.yaml"])
            connections = library.connect(manifest, ringform.environment)
            plan = library.plan(manifest, library.observe(manifest, connections))
        outcome = library.apply(plan, connections, allowed=allowed, expect_digest=expect_digest)
    except library.Refused:
        return Exit.REFUSED
    except library.RingformError:
        return Exit.ERROR
    assert outcome.is_complete
    return Exit.DONE


Face = Callable[..., int]
FACES: dict[str, Face] = {"command": by_command, "python": by_python}


def save(ringform: Ringform, **changes: object) -> None:
    """Save a plan with the command, and change fields of its file as somebody who mends its checksum could."""
    from ringform.planning.codec import checksum

    assert ringform("plan", "--out", "plan.json").code == 0
    file = ringform.folder / "plan.json"
    document = {**json.loads(file.read_text("utf-8")), **changes}
    file.write_text(json.dumps({**document, "checksum": checksum(document)}), "utf-8")
