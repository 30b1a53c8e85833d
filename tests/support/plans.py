"""Plans of every possible content, whether or not any account would lead to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from ringform.model.address import Address
from ringform.model.change import Action, Call, Change, FieldChange
from ringform.model.diagnostic import Diagnostic, Excerpt, Location, Severity
from ringform.model.guardrail import Violation
from ringform.model.plan import ManifestId, Plan, PlannedScope, plan_digest

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=":."), min_size=1, max_size=8)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
fields = st.dictionaries(words, json_values, max_size=3)
addresses = st.builds(Address, words, texts.filter(bool))
locations = st.builds(Location, texts, st.integers(1, 10_000), st.integers(1, 200))
diagnostics = st.builds(
    Diagnostic,
    code=words,
    summary=texts,
    severity=st.sampled_from(Severity),
    detail=st.none() | texts,
    hint=st.none() | texts,
    location=st.none() | locations,
    excerpt=st.none() | st.builds(Excerpt, texts, st.integers(0, 99), st.integers(1, 99)),
    address=st.none() | addresses,
)
calls = st.builds(
    Call,
    method=st.sampled_from(["PATCH", "PUT", "POST", "DELETE"]),
    path=texts.map(lambda text: f"/{text}"),
    body=st.none() | fields,
    expect=fields,
)
field_changes = st.builds(
    FieldChange,
    path=st.lists(words, min_size=1, max_size=3).map(tuple),
    before=json_values,
    after=json_values,
    source=st.none() | locations,
)


def tuples(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """None, one or two of them."""
    return st.lists(of, max_size=2).map(tuple)


changes = st.builds(
    Change,
    address=addresses,
    name=st.none() | texts,
    action=st.sampled_from(Action),
    fields=tuples(field_changes),
    calls=tuples(calls),
    source=st.none() | locations,
    before=st.none() | fields,
    previous=st.none() | addresses,
    after=tuples(addresses),
)
_unsealed = st.builds(
    Plan,
    providers=st.lists(words, min_size=1, max_size=2).map(tuple),
    manifest=st.builds(ManifestId, tuples(texts), texts),
    changes=tuples(changes),
    unchanged=st.integers(0, 10_000),
    unmanaged=tuples(addresses),
    digest=st.just(""),
    live=st.dictionaries(addresses, st.dictionaries(words, texts, max_size=2), max_size=2),
    scope=st.builds(PlannedScope, tuples(words), tuples(words)),
    guardrails=tuples(st.builds(Violation, words, texts, tuples(addresses))),
    people=st.dictionaries(texts, texts, max_size=2),
    diagnostics=tuples(diagnostics),
)
plans = _unsealed.map(lambda plan: replace(plan, digest=plan_digest(plan.manifest.digest, plan.live, plan.changes)))
