"""The comparison of two objects in normal form."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ringform.model.values import Json, at_path
from ringform.planning.compare import changed_fields, complete, differences

VOICEMAIL: Json = {"action_type": "VoicemailConfig", "prompt": "Hi"}
TRANSFER: Json = {"action_type": "TransferConfig", "employee_ids": ["a", "b"]}


def menu(one: Json = VOICEMAIL) -> Json:
    return {"type": "PhoneMenuConfig", "welcome": "Hello", "menu_options": {"1": one, "2": TRANSFER}}


def changed(before: dict[str, Json], after: dict[str, Json]) -> dict[str, tuple[Json, Json]]:
    return {".".join(each.path): (each.before, each.after) for each in differences(before, after)}


def test_equal_objects_have_no_differences() -> None:
    assert differences({"config": menu()}, {"config": menu()}) == ()


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
    st.none() | st.integers(0, 2) | st.sampled_from(["x", "y"]) | st.lists(st.sampled_from("ab"), max_size=2),
    lambda inner: st.dictionaries(st.sampled_from(["type", "action_type", "p", "q"]), inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(st.sampled_from(["one", "two", "three"]), values)


@given(objects, objects)
def test_differences_are_all_there_is_between_two_objects(before: dict[str, Json], after: dict[str, Json]) -> None:
    found = differences(before, after)
    for each in found:
        assert each.before == at_path(before, each.path)
        assert each.after == at_path(after, each.path)
        assert each.before != each.after
    paths = [each.path for each in found]
    assert not any(one == other[: len(one)] for one in paths for other in paths if one is not other)
    assert _without_nones(_patched(before, found)) == _without_nones(after)
    assert {path[0] for path in paths} <= set(changed_fields(before, after))


def _patched(value: Any, found: Any) -> Any:
    patched = _copy(value)
    for each in found:
        holder = patched
        for key in each.path[:-1]:
            holder = holder[key]
        holder[each.path[-1]] = each.after
    return patched


def _copy(value: Any) -> Any:
    return {key: _copy(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def _without_nones(value: Any) -> Any:
    """A value that is not there and None are the same to a comparison."""
    if not isinstance(value, dict):
        return value
    return {key: _without_nones(inner) for key, inner in value.items() if inner is not None}
