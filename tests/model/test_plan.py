"""The digest and the sums of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from support import plans

from ringform.model.address import Address
from ringform.model.change import Action, Call, Change
from ringform.model.diagnostic import Location
from ringform.model.plan import ManifestId, Plan, plan_digest
from ringform.model.values import canonical, digest

ONE, TWO = Address("contact", "+1"), Address("contact", "+2")
CHANGE = Change(ONE, "Ida", Action.UPDATE, (), (Call("PATCH", "/contacts/1", {"a": 1, "b": None}, {}),))
LIVE: Mapping[Address, Mapping[str, str]] = {ONE: {"id": "x", "name": "y"}, TWO: {"id": "z"}}


def test_the_digest_is_the_same_in_every_process_and_version() -> None:
    assert plan_digest("sha256:1", LIVE, [CHANGE]) == (
        "sha256:01ee2384eeed9b43d2915b2d22445d25a3fd453158cc5ee70e240e4403001661"
    )


@pytest.mark.parametrize(
    "change",
    [
        replace(CHANGE, name="Bo"),
        replace(CHANGE, source=Location("other.yaml", 7)),
        replace(CHANGE, calls=(replace(CHANGE.calls[0], body={"b": None, "a": 1}),)),
    ],
)
def test_the_digest_does_not_depend_on_what_is_only_shown(change: Change) -> None:
    live = {TWO: {"id": "z"}, ONE: {"name": "y", "id": "x"}}
    assert plan_digest("sha256:1", live, [change]) == plan_digest("sha256:1", LIVE, [CHANGE])


@pytest.mark.parametrize(
    ("manifest", "live", "changes"),
    [
        ("sha256:2", LIVE, [CHANGE]),
        ("sha256:1", {ONE: LIVE[ONE]}, [CHANGE]),
        ("sha256:1", {**LIVE, TWO: {"id": "zz"}}, [CHANGE]),
        ("sha256:1", LIVE, []),
        ("sha256:1", LIVE, [CHANGE, CHANGE]),
        ("sha256:1", LIVE, [replace(CHANGE, calls=(replace(CHANGE.calls[0], method="PUT"),))]),
        ("sha256:1", LIVE, [replace(CHANGE, calls=(replace(CHANGE.calls[0], path="/contacts/2"),))]),
        ("sha256:1", LIVE, [replace(CHANGE, calls=(replace(CHANGE.calls[0], body=None),))]),
    ],
)
def test_the_digest_depends_on_manifest_account_and_calls(manifest: str, live: Any, changes: list[Change]) -> None:
    assert plan_digest(manifest, live, changes) != plan_digest("sha256:1", LIVE, [CHANGE])


@given(plans.json_values)
def test_equal_values_have_equal_digests(value: Any) -> None:
    def turned(inner: Any) -> Any:
        """The same value, its keys the other way round."""
        if isinstance(inner, dict):
            return {key: turned(inner[key]) for key in reversed(inner)}
        return [turned(each) for each in inner] if isinstance(inner, list) else inner

    assert turned(value) == value
    assert canonical(turned(value)) == canonical(value)
    assert digest(turned(value)) == digest(value)


def test_a_lone_surrogate_of_an_account_is_no_traceback() -> None:
    assert digest("\ud800").startswith("sha256:")


def test_the_sums_of_a_plan() -> None:
    made = replace(CHANGE, action=Action.CREATE)
    plan = Plan(("phone.inc",), ManifestId((), ""), (CHANGE, made, made), 4, (TWO,), "")
    assert (plan.summary.create, plan.summary.update, plan.summary.delete) == (2, 1, 0)
    assert (plan.summary.unchanged, plan.summary.unmanaged, plan.summary.calls) == (4, 1, 3)
    assert not plan.is_empty
    assert replace(plan, changes=()).is_empty
    assert [call.is_repeatable for call in plan.calls] == [True] * 3
    assert not Call("POST", "/contacts", {}, {}).is_repeatable
