"""Whatever a file says, checking it ends with diagnostics that can be printed, never with an exception."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringform.manifest.check import Checked, check_manifest
from ringform.reports.json import documents
from ringform.reports.text import diagnostics
from ringform.reports.text.style import Style

ID = "019daef1-085e-7000-aaaa-000000000001"
WORDS = [
    "alex", "sales", "bea@example.com", ID, "?alex", "true", "no", "null", "~", "", " ", "0", "1", "9", "10", "30",
    "24h", "closed", "09:00-17:00", "17:00-09:00", "9-5", "24:00", "mon", "mon-fri", "sun-mon", "daily",
    "+14155551234", "+45 20 12 34 56", "+999", "Copenhagen", "Central", "da", "EN", "{{ a }}", "{{", "{% for %}", "é",
    "\u202e", "\U0001f4de", "TransferConfig", "WelcomeTransferConfig", "RejectConfig", "VoicemailConfig",
    "PhoneMenuConfig", "PlayMessageConfig", "keep", "delete", "phone.inc", "x" * 300,
]  # fmt: skip
KEYS = [
    "name", "timezone", "language", "recording_enabled", "incoming_call_config", "outside_opening_hours_config",
    "no_answer_config", "no_answer_timeout_secs", "opening_hours", "protect", "type", "welcome", "message", "greeting",
    "employee_ids", "menu_options", "digit", "action_type", "prompt", "email", "company_name", "note", "absent", "was",
    "day_of_week", "open", "opening_at", "closing_at", "mon-fri", "sat,sun", "api_key", "at_least", "percent", "id",
    "number", "to", "at", "press", "ends", *WORDS,
]  # fmt: skip
SECTIONS = [
    "provider", "vars", "employees", "ring_groups", "defaults", "main_numbers", "contacts", "guardrails",
    "unlisted_contacts", "tests", "calendar", "include",
]  # fmt: skip

texts = st.sampled_from(WORDS) | st.text(max_size=12)
keys = st.sampled_from(KEYS) | st.text(max_size=6)
scalars = texts | st.none() | st.booleans() | st.integers() | st.floats()
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=20,
)
numbers = st.dictionaries(
    st.sampled_from(["+14155551234", "+1 415 555 1234", "+4520123456", "x"]) | keys, trees, max_size=4
)
documents_ = st.fixed_dictionaries(
    {"version": st.just(1) | trees},
    optional=dict.fromkeys(SECTIONS, numbers | trees),
)

# Nearly right: every slot holds the right kind of thing more often than not.
people = st.lists(st.sampled_from(["alex", "bea", "sales", ID, "nobody"]) | trees, max_size=4) | trees
options = st.lists(
    st.fixed_dictionaries(
        {"digit": st.sampled_from(["1", "2", "0"]) | trees, "action_type": st.sampled_from(WORDS) | trees},
        optional={"prompt": texts | trees, "employee_ids": people, "menu_options": trees},
    )
    | trees,
    max_size=4,
)
configs = (
    st.fixed_dictionaries(
        {"type": st.sampled_from(WORDS) | trees},
        optional={
            "welcome": texts,
            "message": texts,
            "greeting": texts,
            "employee_ids": people,
            "menu_options": options,
        },
    )
    | trees
)
days = st.dictionaries(st.sampled_from(["mon-fri", "sat-sun", "daily", "mon", "sun"]) | keys, texts | trees, max_size=5)
hours = days | st.lists(
    st.dictionaries(st.sampled_from(["day_of_week", "open", "opening_at", "closing_at"]), scalars) | trees, max_size=8
)
slots = st.sampled_from(["incoming_call_config", "outside_opening_hours_config", "no_answer_config"])
main_numbers = st.dictionaries(
    st.sampled_from(["+14155551234", "+1 415 555 1234", "+4520123456"]),
    st.builds(
        lambda scalar, flows, week: {**scalar, **flows, **week},
        st.dictionaries(keys, trees, max_size=2),
        st.dictionaries(slots, configs, max_size=3),
        st.fixed_dictionaries({}, optional={"opening_hours": hours, "no_answer_timeout_secs": scalars}),
    ),
    max_size=3,
)
contacts = st.dictionaries(
    st.sampled_from(["+4520123456", "+45 20 12 34 56", "+4520123457", "+4520123458"]),
    st.fixed_dictionaries(
        {}, optional={"was": st.sampled_from(["+4520123456", "+4520123457", "+4520123458", "x"]), "absent": scalars}
    )
    | trees,
    max_size=4,
)
names = st.sampled_from(["alex", "bea", "sales", "support"])
nearly_right = st.fixed_dictionaries(
    {"version": st.just(1), "main_numbers": main_numbers},
    optional={
        "employees": st.dictionaries(names, texts | trees, max_size=4),
        "ring_groups": st.dictionaries(names, people, max_size=4),
        "contacts": contacts,
        "vars": st.dictionaries(keys, scalars, max_size=3),
        "defaults": st.dictionaries(slots, configs, max_size=2) | trees,
    },
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    here = tmp_path_factory.mktemp("random")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        yield here


def check(folder: Path, *contents: str) -> Checked:
    """Check files of these contents, and print what is found in every form."""
    paths = []
    for number, content in enumerate(contents):
        path = Path(f"{number}.yaml")
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
        paths.append(path)
    checked = check_manifest(paths)
    text = diagnostics.render(checked.diagnostics, Style())
    assert text.isprintable() or "\n" in text
    documents.text(documents.validation(checked.files, checked.diagnostics))
    is_refused = any(each.is_error for each in checked.diagnostics)
    assert (checked.manifest is None) == is_refused
    for each in checked.diagnostics:
        assert each.location is None or (each.location.line >= 1 and each.location.column >= 1)
        assert "\n" not in each.summary
        assert len(each.summary) < 1000
    return checked


def dumped(document: Any) -> str:
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


TIMES = 3 if "RINGFORM_TESTS_COLD" in os.environ else 1
"""How much more to try in ``make test-all``."""
SETTINGS = settings(max_examples=80 * TIMES, deadline=None, suppress_health_check=list(HealthCheck))


@SETTINGS
@given(document=documents_)
def test_any_tree_in_any_section_is_checked(folder: Path, document: Any) -> None:
    check(folder, dumped(document))


@SETTINGS
@given(document=nearly_right)
def test_what_is_nearly_right_is_checked(folder: Path, document: Any) -> None:
    check(folder, dumped(document))


@settings(SETTINGS, max_examples=40 * TIMES)
@given(first=documents_, second=documents_)
def test_any_two_trees_are_put_together(folder: Path, first: Any, second: Any) -> None:
    check(folder, dumped(first), dumped(second))


@settings(SETTINGS, max_examples=60 * TIMES)
@given(document=nearly_right, data=st.data())
def test_a_file_cut_or_damaged_anywhere_is_checked(folder: Path, document: Any, data: st.DataObject) -> None:
    content = dumped(document)
    place = data.draw(st.integers(0, len(content)))
    rest = data.draw(st.sampled_from(["", content[place + 1 :], content[place:].replace(" ", "\t", 1)]))
    check(folder, content[:place] + data.draw(st.text(max_size=3)) + rest)
