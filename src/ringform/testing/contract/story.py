"""From a plan to its undo, as the command's user lives it, and what the other commands say."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping

import pytest

from ringform.execution.connection import Connection
from ringform.model.diagnostic import RingformError
from ringform.operations.doctor import examine
from ringform.providers import registry
from ringform.testing.bench import Bench
from ringform.testing.case import difference
from ringform.testing.golden import check


class Story:
    """Plan and drift only read; a stale plan is refused; nothing unmanaged changes; undo puts it back."""

    def test_plan_drift_saved_plan_apply_and_undo(self, bench: Bench) -> None:
        ringform, account = bench.ringform, bench.account

        asked = ("--out", "plan.json", "--format", "json", "--detailed-exitcode", *bench.allowed)
        planned = ringform("plan", *asked, "--debug")
        assert planned.code == 2, planned.err
        plan = json.loads(planned.out)
        calls = [
            {name: call[name] for name in ("method", "path", "body")}
            for change in plan["changes"]
            for call in change["calls"]
        ]
        assert calls == json.loads((bench.case.golden("calls.json")).read_text("utf-8"))
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
        check(bench.case.golden("changed.txt"), _text(difference(bench.seed, account.read())))
        assert bench.plan().is_empty

        undone = ringform("undo", "--yes")
        left = difference(bench.seed, account.read())
        assert undone.code == (4 if left else 0), undone.out + undone.err
        check(bench.case.golden("left.txt"), _text(left))
        assert bool(left) == ("is left as it is" in undone.out)


class Doctor:
    """``doctor`` with the environment of each provider alone."""

    def test_a_healthy_account(self, bench: Bench) -> None:
        ended = bench.ringform("doctor")
        assert (ended.code, ended.err) == (0, ""), ended.out
        assert bench.case.name in ended.out
        assert "can be" in ended.out
        assert bench.account.writes == []

    def test_a_wrong_key(self, bench: Bench) -> None:
        provider = registry.provider(bench.case.name)
        wrong = provider.endpoint({**bench.account.environment, **bench.case.wrong_key})
        codes = [each.diagnostic and each.diagnostic.code for each in examine(Connection(provider, wrong))]
        assert codes == [None, "unauthorized"]

    def test_what_is_missing_is_named(self, bench: Bench) -> None:
        with pytest.raises(RingformError) as caught:
            registry.provider(bench.case.name).endpoint({})
        summaries = [each.summary for each in caught.value.diagnostics]
        assert summaries == [f"{variable} is not set" for variable in bench.case.variables]


class CallFlows:
    """Where a vendor does not document what happens to a call, the commands about calls say so, politely."""

    def test_commands_about_calls_say_what_is_not_known(self, bench: Bench) -> None:
        if any(kind.traced for kind in registry.provider(bench.case.name).kinds.values()):
            pytest.skip("what happens to a call is documented")
        simulated = bench.ringform("simulate", "--to", bench.case.called)
        assert simulated.code == 1
        assert "does not document" in simulated.err, simulated.err
        drawn = bench.ringform("hours")
        assert drawn.code == 0
        assert drawn.out.count("\n") == 1
        assert "does not document" in drawn.err
        pictured = bench.ringform("graph")
        assert (pictured.code, "does not document" in pictured.out) == (0, True)
        assert bench.account.requests == []


def _text(changed: Mapping[tuple[str, ...], tuple[object, object]]) -> str:
    return "".join(
        f"{'.'.join(place)}: {_told(before)} -> {_told(after)}\n" for place, (before, after) in sorted(changed.items())
    )


def _told(value: object) -> str:
    return "(nothing)" if value is ... else json.dumps(value, ensure_ascii=False)
