"""The Python interface: every use case of ringform, by the same code as the command line.

    import os
    import ringform

    manifest = ringform.load(["ringform.yaml"])
    connections = ringform.connect(manifest, os.environ)
    plan = ringform.plan(manifest, ringform.observe(manifest, connections))
    for change in plan.changes:
        print(change.address, [str(call) for call in change.calls])
    outcome = ringform.apply(plan, connections)
    assert outcome.is_complete

A manifest may be about several providers: there is a connection for each, and one plan for all. What each command
does, a program does with these:

- ``validate``: ``check``, or ``load`` for a manifest without errors; ``schema``: ``manifest_schema``
- ``plan``, ``drift``: ``plan_accounts`` reads and plans in one step, and says which accounts could not be read;
  ``plan`` compares with what ``observe`` has read; ``find_targets`` finds the ``targets`` of either by number, name or
  pattern; ``effects_on_callers`` says what callers will notice, and ``blocking_violations`` which guardrails would stop
  an apply. With ``only_calendar=True`` either plans what ``--calendar`` does
- ``apply``: ``apply``, under ``lock_accounts`` if the plan is to be made under the lock; ``calls_in_progress``
- ``undo``, ``history``: ``journal`` reads one, ``plan_undo`` plans the way back, ``history`` lists all
- ``show``: ``read_plan``; ``diff``: ``diff`` of manifests (``load`` takes a git ``revision``, or a day), plans, or what
  ``read_accounts`` returns; ``name_people`` adds the names that only the accounts know
- ``simulate``: ``numbers``, ``numbers_in_plan`` or ``live_number``, then ``number_called`` and ``simulate``
- ``graph``: ``draw_manifest``, ``draw_plan``; ``hours``: ``weeks``; ``calendar``: ``agenda``,
  and the next of it in the ``dates`` of every plan
- ``test``: ``test``; ``coverage``: ``measure_coverage``; ``replay``: ``replay``, or ``replay_plan`` for a plan
- ``calls``: ``list_calls``, and ``show_call`` for one
- ``pull``: ``observe_all`` reads, ``pull`` says what the files become, ``write_pulled`` writes them
- ``fmt``: ``fmt``, whose result has a ``write``
- ``export``: ``export``; ``doctor``: ``examine``, both of one connection; ``guardrails``: ``guardrails``

Everything that goes wrong is a ``RingformError``, whose ``diagnostics`` say what, where, and what to do. What the
command line refuses with exit code 3 is a ``Refused``, which is one: a guardrail or a routing test stops the plan,
the digest is not the one that was approved, a saved plan is out of date, another apply is under way. What decides
between its other exit codes are properties of the results: ``Outcome.is_complete`` and ``is_partial``,
``Plan.is_empty`` and ``leaves_some``, ``Planned.failures``, ``Pulled.changes`` and ``left``, ``TestRun.passed``,
``AccountCheck.is_good``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ringform.execution.connection import Connections
from ringform.execution.lock import lock_accounts
from ringform.manifest.manifest import Manifest
from ringform.manifest.schema import manifest_schema
from ringform.model.diagnostic import Refused, RingformError
from ringform.operations import observation, saved_plan
from ringform.operations.accounts import connect
from ringform.operations.apply import apply
from ringform.operations.approval import blocking_violations, guardrails
from ringform.operations.calendar import agenda
from ringform.operations.callers import effects_on_callers
from ringform.operations.calls import list_calls, show_call
from ringform.operations.calls_in_progress import calls_in_progress
from ringform.operations.check import check, load
from ringform.operations.coverage import measure_coverage
from ringform.operations.diff import diff, read_accounts
from ringform.operations.doctor import examine
from ringform.operations.export import export
from ringform.operations.fmt import fmt
from ringform.operations.graph import draw_manifest, draw_plan
from ringform.operations.history import history, journal
from ringform.operations.hours import weeks
from ringform.operations.numbers import number_called, numbers, numbers_in_plan
from ringform.operations.people import name_people
from ringform.operations.plan import plan, plan_accounts
from ringform.operations.pull import observe_all, pull
from ringform.operations.pull import write as write_pulled
from ringform.operations.replay import replay, replay_plan
from ringform.operations.simulate import live_number, simulate
from ringform.operations.targets import find_targets
from ringform.operations.test import test
from ringform.operations.undo import plan_undo

if TYPE_CHECKING:
    from ringform.model.plan import Plan
    from ringform.model.snapshot import Snapshot

__all__ = [
    "Refused",
    "RingformError",
    "agenda",
    "apply",
    "blocking_violations",
    "calls_in_progress",
    "check",
    "connect",
    "diff",
    "draw_manifest",
    "draw_plan",
    "effects_on_callers",
    "examine",
    "export",
    "find_targets",
    "fmt",
    "guardrails",
    "history",
    "journal",
    "list_calls",
    "live_number",
    "load",
    "lock_accounts",
    "manifest_schema",
    "measure_coverage",
    "name_people",
    "number_called",
    "numbers",
    "numbers_in_plan",
    "observe",
    "observe_all",
    "plan",
    "plan_accounts",
    "plan_undo",
    "pull",
    "read_accounts",
    "read_plan",
    "replay",
    "replay_plan",
    "show_call",
    "simulate",
    "test",
    "weeks",
    "write_pulled",
]


def observe(manifest: Manifest, connections: Connections) -> Mapping[str, Snapshot]:
    """Read what the manifest manages of each account, by provider, with as few requests as the APIs allow.

    Raises:
        RingformError: Some accounts give no usable answer; it says why, for each of them.
    """
    return observation.observe(manifest.with_accounts, connections).complete()


def read_plan(file: str | os.PathLike[str]) -> Plan:
    """Read a plan that was saved with ``ringform plan --out``. ``apply`` holds it against the accounts first.

    Raises:
        RingformError: The file cannot be read, or is no whole plan.
    """
    return saved_plan.read(Path(file)).plan
