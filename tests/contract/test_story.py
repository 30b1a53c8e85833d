"""From a plan to its undo, as the command's user lives it."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from pathlib import Path

from golden import check

from contract.bench import Bench
from contract.case import difference

GOLDEN = Path(__file__).parent / "golden"


def test_plan_drift_saved_plan_apply_and_undo(bench: Bench) -> None:
    ringform, account, provider = bench.ringform, bench.account, bench.case.name

    planned = ringform("plan", "--out", "plan.json", "--format", "json", "--detailed-exitcode", "--debug")
    assert planned.code == 2, planned.err
    plan = json.loads(planned.out)
    calls = [
        {name: call[name] for name in ("method", "path", "body")}
        for change in plan["changes"]
        for call in change["calls"]
    ]
    assert calls == json.loads((GOLDEN / f"{provider}-calls.json").read_text("utf-8"))
    assert stat.S_IMODE((bench.folder / "plan.json").stat().st_mode) == 0o600
    drifted = ringform("drift")
    assert drifted.code == 2, drifted.err
    assert account.writes == [], "plan and drift only read"

    account.hold(bench.case.edited(bench.seed))
    stale = ringform("apply", "--plan", "plan.json", "--yes", *bench.allowed)
    assert (stale.code, "out of date" in stale.err) == (3, True), stale.err
    assert account.writes == []

    account.hold(bench.seed)
    applied = ringform("apply", "--plan", "plan.json", "--yes", *bench.allowed, "--debug")
    assert applied.code == 0, applied.out + applied.err
    assert len(account.writes) == len(calls)
    check(GOLDEN / f"{provider}-changed.txt", _text(difference(bench.seed, account.read())))
    assert bench.plan().is_empty

    undone = ringform("undo", "--yes")
    left = difference(bench.seed, account.read())
    assert undone.code == (4 if left else 0), undone.out + undone.err
    check(GOLDEN / f"{provider}-left.txt", _text(left))
    assert bool(left) == ("is left as it is" in undone.out)


def _text(changed: Mapping[tuple[str, ...], tuple[object, object]]) -> str:
    return "".join(
        f"{'.'.join(place)}: {_told(before)} -> {_told(after)}\n" for place, (before, after) in sorted(changed.items())
    )


def _told(value: object) -> str:
    return "(nothing)" if value is ... else json.dumps(value, ensure_ascii=False)
