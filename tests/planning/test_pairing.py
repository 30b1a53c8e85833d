"""Which live object each wanted one is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringform.model.address import Address
from ringform.model.desired import Desired, Wanted
from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.snapshot import Resource, Snapshot
from ringform.planning.pairing import pair


def contact(key: str) -> Address:
    return Address("contact", key)


def live(*keys: str) -> Snapshot:
    resources = {contact(key): Resource(contact(key), f"id-{key}", None, {}, {}) for key in keys}
    number = Address("main_number", "+1")
    return Snapshot({**resources, number: Resource(number, "n", None, {}, {})})


def desired(*, delete: bool = False, **entries: str | None) -> Desired:
    """Contacts by key: None is listed, ``absent`` shall be gone, anything else is what the contact was."""
    wanted = {
        contact(key): Wanted(
            contact(key), {}, absent=entry == "absent", was=contact(entry) if entry and entry != "absent" else None
        )
        for key, entry in entries.items()
    }
    return Desired(wanted, frozenset({"contact"}) if delete else frozenset())


def paired(goal: Desired, state: Snapshot) -> tuple[list[str], list[str]]:
    """Each pair as ``new<-live`` with what it waits for, and the codes of what was found."""
    pairs, found = pair(goal, state)
    return [
        f"{each.address.key if each.wanted else '-'}<-{each.live.address.key if each.live else '-'}"
        + "".join(f" after {address.key}" for address in each.after)
        for each in pairs
    ], [diagnostic.code for diagnostic in found]


@pytest.mark.parametrize(
    ("goal", "state", "pairs"),
    [
        (desired(a=None, b=None), live("b", "c"), ["a<--", "b<-b"]),
        (desired(a="absent", b="absent"), live("b"), ["-<-b"]),
        (desired(a="b"), live("b"), ["a<-b"]),
        (desired(a="b"), live(), ["a<--"]),
        (desired(a="b"), live("a"), ["a<-a"]),
        # The freed number is taken by a new contact, which waits.
        (desired(a="b", b=None), live("b"), ["a<-b", "b<-- after a"]),
        (desired(b=None, a="b"), live("b"), ["b<-- after a", "a<-b"]),
        # The freed number shall be nobody's.
        (desired(a="b", b="absent"), live("b"), ["a<-b"]),
        # A chain: each waits for the one that frees its number.
        (desired(a="b", b="c", c=None), live("b", "c"), ["a<-b", "b<-c after a", "c<-- after b"]),
        # The chain once it is made.
        (desired(a="b", b="c", c=None), live("a", "b", "c"), ["a<-a", "b<-b", "c<-c"]),
        # The chain half made.
        (desired(a="b", b="c", c=None), live("a", "c"), ["a<-a", "b<-c", "c<-- after b"]),
    ],
)
def test_contacts_are_found_by_number_and_by_former_number(goal: Desired, state: Snapshot, pairs: list[str]) -> None:
    assert paired(goal, state) == (pairs, [])


@pytest.mark.parametrize(
    ("goal", "state", "pairs"),
    [
        (desired(a=None, delete=True), live("a", "b", "c"), ["a<-a", "-<-b", "-<-c"]),
        (desired(delete=True), live("a"), ["-<-a"]),
        (desired(a="b", delete=True), live("b", "c"), ["a<-b", "-<-c"]),
        (desired(a="b", delete=True), live("a", "b"), ["a<-a", "-<-b"]),
        (desired(a=None, delete=False), live("a", "b"), ["a<-a"]),
    ],
)
def test_unlisted_contacts_go_only_when_asked_for(goal: Desired, state: Snapshot, pairs: list[str]) -> None:
    assert paired(goal, state) == (pairs, [])


def test_a_rename_to_a_number_that_lives_is_none_and_is_told() -> None:
    pairs, found = pair(desired(a="b"), live("a", "b"))
    assert [(each.address.key, each.live and each.live.id) for each in pairs] == [("a", "id-a")]
    assert found == [
        Diagnostic(
            "rename-target-exists",
            "a already exists, and so does b, its old number",
            Severity.WARNING,
            detail="The two are not merged: the new one is compared as it is, the old one is left alone.",
            hint='remove "was", or make the old one go away with "b": {absent: true}',
            address=contact("a"),
        )
    ]


def test_a_rename_that_blocks_another_is_told_once() -> None:
    assert paired(desired(a="b", b="c"), live("a", "b", "c")) == (["a<-a", "b<-b"], ["rename-target-exists"])


@pytest.mark.parametrize("goal", [desired(a="b", b="a"), desired(a="b", b="c", c="a")])
def test_renames_in_a_ring_are_one_error(goal: Desired) -> None:
    _, found = pair(goal, live("a", "b", "c"))
    assert found == [
        Diagnostic(
            "rename-cycle",
            "a waits for a number that in turn waits for a",
            Severity.ERROR,
            detail="The account keeps phone numbers unique, so no order of calls can make this swap.",
            hint="swap the other fields instead of the numbers, or use a free number in between",
            address=contact("a"),
        )
    ]


def test_two_rings_are_two_errors() -> None:
    goal = desired(a="b", b="a", c="d", d="c", e="f")
    assert paired(goal, live("a", "b", "c", "d", "f"))[1] == ["rename-cycle", "rename-cycle"]


KEYS = list("abcdef")


@given(
    st.dictionaries(st.sampled_from(KEYS), st.none() | st.just("absent") | st.sampled_from(KEYS)),
    st.sets(st.sampled_from(KEYS)),
    st.booleans(),
)
def test_every_object_is_in_at_most_one_pair_and_nobody_waits_in_vain(
    entries: dict[str, str | None], held: set[str], delete: bool
) -> None:
    sources = [entry for entry in entries.values() if entry and entry != "absent"]
    entries = {
        key: None if entry in (key,) or sources.count(str(entry)) > 1 else entry for key, entry in entries.items()
    }
    goal, state = desired(delete=delete, **entries), live(*held)
    pairs, found = pair(goal, state)
    lives = [each.live.address for each in pairs if each.live]
    assert len(lives) == len(set(lives))
    addresses = [each.address for each in pairs]
    assert len(addresses) == len(set(addresses))
    for each in pairs:
        for address in each.after:
            [freeing] = [other for other in pairs if other.address == address]
            assert freeing.live is not None
            assert freeing.live.address == each.address
    if delete:
        assert {address.key for address in lives} == held
    if not any(diagnostic.is_error for diagnostic in found):
        done: set[Address] = set()
        for _ in pairs:
            done |= {each.address for each in pairs if set(each.after) <= done}
        assert done == set(addresses)
