"""The comparison of two objects in normal form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from deepdiff import DeepDiff
from hypothesis import given
from hypothesis import strategies as st

from ringform.model.values import Json, same
from ringform.planning.compare import changed_fields, complete, field_changes

VOICEMAIL: Json = {"action_type": "VoicemailConfig", "prompt": "Hi"}
TRANSFER: Json = {"action_type": "TransferConfig", "employee_ids": ["a", "b"]}


def menu(one: Json = VOICEMAIL) -> Json:
    return {"type": "PhoneMenuConfig", "welcome": "Hello", "menu_options": {"1": one, "2": TRANSFER}}


def changed(before: dict[str, Json], after: dict[str, Json]) -> dict[str, tuple[Json, Json]]:
    return {".".join(each.path): (each.before, each.after) for each in field_changes(before, after)}


def test_equal_objects_have_no_differences() -> None:
    assert field_changes({"config": menu()}, {"config": menu()}) == ()


def test_a_difference_lies_as_deep_as_both_sides_are_of_one_sort() -> None:
    other: Json = {"action_type": "VoicemailConfig", "prompt": "Ho"}
    assert changed({"config": menu()}, {"config": menu(other)}) == {"config.menu_options.1.prompt": ("Hi", "Ho")}


def test_another_type_is_a_difference_as_a_whole() -> None:
    reject: Json = {"type": "RejectConfig", "message": "No"}
    assert changed({"config": menu()}, {"config": reject}) == {"config": (menu(), reject)}
    assert changed({"config": menu()}, {"config": None}) == {"config": (menu(), None)}
    assert changed({"config": None}, {"config": menu()}) == {"config": (None, menu())}


def test_another_action_of_a_menus_key_is_a_difference_of_that_key() -> None:
    other: Json = {"action_type": "PlayMessageConfig", "prompt": "Hi"}
    assert changed({"config": menu()}, {"config": menu(other)}) == {"config.menu_options.1": (VOICEMAIL, other)}


def test_keys_that_come_and_go_are_differences_of_their_own() -> None:
    assert changed({"menu": {"1": "a"}}, {"menu": {"2": "b"}}) == {"menu.2": (None, "b"), "menu.1": ("a", None)}


def test_a_list_differs_as_a_whole() -> None:
    assert changed({"ids": ["a", "b"]}, {"ids": ["a"]}) == {"ids": (["a", "b"], ["a"])}


def test_inside_a_list_of_objects_each_position_is_compared() -> None:
    before: Json = [{"name": "a", "in": {"n": 1, "__x": 1}}, {"name": "b"}, {"name": "c", "type": "x"}]
    after: Json = [{"name": "a", "in": {"n": 2, "__x": 2}}, {"name": "b"}, {"name": "c", "type": "y"}, ["new"]]
    assert changed({"to": {"agents": before}}, {"to": {"agents": after}}) == {
        "to.agents.0.in.__x": (1, 2),
        "to.agents.0.in.n": (1, 2),
        "to.agents.2.type": ("x", "y"),
        "to.agents.3": (None, ["new"]),
    }
    assert changed({"agents": [{"name": "a"}, {"n": 1}]}, {"agents": [{"name": "a"}]}) == {"agents.1": ({"n": 1}, None)}


@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: [value], lambda value: [{"a": [value]}]])
def test_true_is_not_one_and_the_number_1_is_one_number(wrap: Callable[[Json], Json]) -> None:
    for before, after in ((1, True), (0, False), (True, 1.0)):
        assert field_changes({"a": wrap(before)}, {"a": wrap(after)}), (before, after)
        assert changed_fields({"a": wrap(before)}, {"a": wrap(after)}) == ("a",)
    assert field_changes({"a": wrap(1)}, {"a": wrap(1.0)}) == ()
    assert changed_fields({"a": wrap(1)}, {"a": wrap(1.0)}) == ()
    assert complete({"a": True}, {"a": 1})["a"] is True


def test_what_is_not_managed_is_copied_from_live() -> None:
    live: dict[str, Json] = {"name": "Sales", "language": "da", "timer": 30}
    assert list(complete({"timer": None, "name": "New"}, live).items()) == [
        ("name", "New"),
        ("language", "da"),
        ("timer", None),
    ]


def test_the_top_level_fields_that_differ() -> None:
    assert changed_fields({"a": 1, "b": {"x": 1}, "c": 1}, {"a": 1, "b": {"x": 2}, "d": 1}) == ("b", "d", "c")


values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from([1.0, "x", "y"]),
    lambda inner: (
        st.lists(inner.filter(lambda value: value is not None), max_size=3)
        | st.dictionaries(st.sampled_from(["type", "action_type", "p", "__q"]), inner, max_size=3)
    ),
    max_leaves=8,
)
objects = st.dictionaries(st.sampled_from(["one", "two", "three"]), values)


@given(objects, objects)
def test_differences_are_all_there_is_between_two_objects(before: dict[str, Json], after: dict[str, Json]) -> None:
    found = field_changes(before, after)
    for each in found:
        assert same(each.before, _at(before, each.path))
        assert same(each.after, _at(after, each.path))
        assert not same(each.before, each.after)
    paths = [each.path for each in found]
    assert len(set(paths)) == len(paths)
    assert not any(one == other[: len(one)] for one in paths for other in paths if one is not other)
    assert {path[0] for path in paths} <= set(changed_fields(before, after))


@given(objects, objects)
def test_differences_agree_with_deepdiff(before: dict[str, Json], after: dict[str, Json]) -> None:
    """Every leaf that DeepDiff finds lies in one of our differences, and each of ours has such a leaf."""
    before, after = _without_nones(before), _without_nones(after)
    ours = [each.path for each in field_changes(before, after)]
    found = DeepDiff(
        before,
        after,
        view="tree",
        zip_ordered_iterables=True,
        threshold_to_diff_deeper=0,
        ignore_private_variables=False,
    )
    theirs = [
        tuple(map(str, level.path(output_format="list")))
        for levels in found.values()
        for level in levels
        if not _is_one_number(level.t1, level.t2)
    ]
    assert all(sum(path == leaf[: len(path)] for path in ours) == 1 for leaf in theirs)
    assert all(any(path == leaf[: len(path)] for leaf in theirs) for path in ours)


def _is_one_number(one: object, other: object) -> bool:
    """Whether they are 1 and 1.0: two types to DeepDiff, and one number in JSON."""
    return {type(one), type(other)} == {int, float} and one == other


def _at(value: Any, path: tuple[str, ...]) -> Any:
    """The value at a path, None for nothing there."""
    for key in path:
        if isinstance(value, list):
            value = value[int(key)] if int(key) < len(value) else None
        else:
            value = value.get(key) if value is not None else None
    return value


def _without_nones(value: Any) -> Any:
    """A value that is not there and None are the same to a comparison."""
    if isinstance(value, list):
        return [_without_nones(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_nones(inner) for key, inner in value.items() if inner is not None}
