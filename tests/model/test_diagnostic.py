"""Diagnostics in the order in which a person reads."""

from __future__ import annotations

from itertools import permutations

from ringform.model.diagnostic import Diagnostic, Excerpt, Location, RingformError, Severity, in_reading_order

NOWHERE = Diagnostic("z-code", "somewhere")
FIRST = Diagnostic("b-code", "one", location=Location("a.yaml", 3, 1))
WARNING = Diagnostic("a-code", "two", Severity.WARNING, location=Location("a.yaml", 10, 2))
ERROR = Diagnostic("b-code", "three", location=Location("a.yaml", 10, 2))
LATER = Diagnostic("a-code", "four", location=Location("a.yaml", 10, 4))
OTHER = Diagnostic("a-code", "five", location=Location("b.yaml", 1, 1))


def test_they_are_sorted_by_place_then_by_severity_and_repeats_are_dropped() -> None:
    expected = (NOWHERE, FIRST, ERROR, WARNING, LATER, OTHER)
    for order in permutations(expected):
        assert in_reading_order([*order, order[0]]) == expected


def test_severities_are_ranked() -> None:
    assert [severity.rank for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)] == [0, 1, 2]
    assert ERROR.is_error
    assert not WARNING.is_error


def test_a_diagnostic_can_be_placed() -> None:
    excerpt = Excerpt("name: x", 0, 4)
    placed = NOWHERE.at(Location("a.yaml", 1), excerpt)
    assert (str(placed.location), placed.excerpt, placed.summary) == ("a.yaml:1:1", excerpt, "somewhere")
    assert placed.help == "docs/errors.md#z-code"


def test_an_error_tells_all_of_its_diagnostics() -> None:
    error = RingformError(FIRST, OTHER)
    assert str(error) == "one; five"
    assert error.diagnostics == (FIRST, OTHER)
