"""Any manifest and any change in the account: what is pulled is right, and the rest stays as it was."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.manifest_texts import HOURS, PEOPLE, Texts
from support.pulling import account, read, snapshot

from ringform.manifest.edit.lines import Lines
from ringform.manifest.edit.spots import find_spots
from ringform.manifest.manifest import Manifest
from ringform.model.address import Address
from ringform.model.change import Action
from ringform.model.pulled import Pulled
from ringform.model.snapshot import Snapshot
from ringform.operations.plan import plan
from ringform.operations.pull import pull

GOOD_REASONS = (
    "a template makes it",
    "uses it elsewhere",
    "it comes from another mapping by <<",
    "it may be another account",
    "a comment stands behind it that would be lost",
)
"""Why something may be left; any other reason is a mistake here, as the account holds only what a manifest can say."""


class Edits:
    """Random changes that somebody made in the dashboard."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.texts = Texts(random)

    def edit(self, fields: dict[Address, dict[str, Any]]) -> None:
        for address in list(fields):
            if self.random.random() < 0.15:
                del fields[address]
            elif address.kind == "contact":
                self.contact(fields[address])
            else:
                self.number(fields[address])
        if self.random.random() < 0.4:
            fields[Address("contact", "+4520999999")] = {
                **dict.fromkeys(("name", "email", "company_name", "note")),
                "name": self.spoken(),
            }

    def spoken(self) -> str:
        return self.texts.spoken()

    def contact(self, fields: dict[str, Any]) -> None:
        for name in ("name", "company_name", "note"):
            if self.random.random() < 0.3:
                fields[name] = self.random.choice((None, self.spoken()))

    def number(self, fields: dict[str, Any]) -> None:
        for name in ("incoming_call_config", "outside_opening_hours_config", "no_answer_config"):
            if self.random.random() < 0.4 and fields[name] is not None:
                self.flow(fields[name])
            elif self.random.random() < 0.2:
                fields[name] = self.new_flow()
            elif self.random.random() < 0.1 and name != "incoming_call_config":
                fields[name] = None
        if self.random.random() < 0.3:
            fields["name"] = self.random.choice(("Sales", "New - Name", "yes", "1234", "true"))
            fields["language"] = self.random.choice(("de", "no"))
            fields["recording_enabled"] = True
        if self.random.random() < 0.3:
            fields["no_answer_timeout_secs"] = self.random.choice((None, 20, 60))
        if fields["opening_hours"] and self.random.random() < 0.5:
            for day in self.random.sample(list(fields["opening_hours"]), self.random.randint(1, 4)):
                hours = self.random.choice(HOURS)
                fields["opening_hours"][day] = "00:00-24:00" if hours == "24h" else hours

    def new_flow(self) -> Any:
        from ringform.providers.phone_inc.resources import flows

        return flows.normal(self._with_ids(self.texts.flow()))

    def _with_ids(self, value: Any) -> Any:
        match value:
            case dict():
                return {
                    name: self.people() if name == "employee_ids" else self._with_ids(inner)
                    for name, inner in value.items()
                }
            case list():
                return [self._with_ids(each) for each in value]
        return value

    def people(self) -> list[str]:
        return sorted(
            self.random.sample([*PEOPLE.values(), "019daef1-085e-7000-bbbb-000000000001"], self.random.randint(1, 3))
        )

    def flow(self, flow: dict[str, Any]) -> None:
        for name in list(flow):
            if name in ("welcome", "message", "greeting", "prompt") and self.random.random() < 0.5:
                flow[name] = self.spoken()
            elif name == "employee_ids" and self.random.random() < 0.5:
                flow[name] = self.people()
            elif name == "menu_options":
                self.menu(flow[name])

    def menu(self, options: dict[str, Any]) -> None:
        for digit in list(options):
            if len(options) > 1 and self.random.random() < 0.2:
                del options[digit]
            elif self.random.random() < 0.2:
                options[digit] = self.new_option(digit)
            else:
                self.flow(options[digit])
        for digit in "359":
            if self.random.random() < 0.2:
                options[digit] = self.new_option(digit)

    def new_option(self, digit: str) -> Any:
        option = self._with_ids(self.texts.option(digit))
        del option["digit"]
        return option


def explore(random: Random) -> None:
    files = Texts(random).files
    manifest = read(files)
    fields = account(manifest)
    Edits(random).edit(fields)
    live = {"phone.inc": snapshot(fields)}
    pulled = pull(manifest, live)
    after = {**files, **{each.name: each.after for each in pulled.files}}
    for left in pulled.left:
        assert any(reason in left.reason for reason in GOOD_REASONS), left
    assert_what_is_left_is_all(read(after), live, pulled)
    for each in pulled.files:
        assert_other_lines_stay(manifest, each.before, each.after, pulled)


def assert_what_is_left_is_all(manifest: Manifest, live: dict[str, Snapshot], pulled: Pulled) -> None:
    gone = {each.address for each in pulled.left if not each.path and each.address.kind == "main_number"}
    if gone:  # of a number that the account lacks a plan is not to be had
        return
    left = {(each.address, each.path) for each in pulled.left}
    for change in plan(manifest, live).changes:
        for field in change.fields:
            assert (change.address, ()) in left or any(
                (change.address, field.path[:depth]) in left for depth in range(1, len(field.path) + 1)
            ), (change.address, field)


def assert_other_lines_stay(manifest: Manifest, before: str, after: str, pulled: Pulled) -> None:
    touched = touched_lines(manifest, before, pulled)
    # A last line without its end may get one.
    ended = before if before.endswith("\n") else before + Lines(before).line_break
    kept = [line for number, line in enumerate(ended.split("\n")) if number not in touched]
    new = iter((after if after.endswith("\n") else after + Lines(after).line_break).split("\n"))
    for line in kept:
        assert any(line == each for each in new), line


def touched_lines(manifest: Manifest, text: str, pulled: Pulled) -> set[int]:
    """The lines of fields and entries that changed, with the comments directly above and the blank lines around."""
    lines, root = Lines(text), find_spots(text).root
    [part] = manifest.parts
    touched: set[int] = set()

    def mark(start: int, end: int) -> None:
        first = text.count("\n", 0, lines.above(start, 0))
        bottom = lines.below(end, lines.column(start))
        last = text.count("\n", 0, bottom) + (bottom == len(text) and not text.endswith("\n"))
        numbers = text.split("\n")
        while first > 0 and not numbers[first - 1].strip():
            first -= 1
        while last < len(numbers) and not numbers[last].strip():
            last += 1
        touched.update(range(first, last))

    for change in pulled.changes:
        place = part.document.places.get(change.address)
        section = root.entry(str(place[0])) if place else None
        entry = section.value.entry(str(place[1])) if place and section else None
        if entry is None or section is None:
            if change.action is Action.CREATE:
                touched |= empty_section(root, "contacts", text)
            continue
        if (
            change.action is not Action.UPDATE
            or entry.value.is_flow
            or section.value.is_flow
            or not entry.value.entries
        ):
            mark(entry.start, entry.end)
            if section.value.is_flow or all(
                any(other.address == a and other.action is Action.DELETE for other in pulled.changes)
                for a, p in part.document.places.items()
                if place and p[0] == place[0]
            ):
                mark(section.start, section.end)
            continue
        for field in change.fields:
            own = entry.value.entry(field.path[0])
            if own:
                mark(own.start, own.end)
    return touched


def empty_section(root: Any, name: str, text: str) -> set[int]:
    section = root.entry(name)
    if section is None or (section.value.entries and not section.value.is_flow):
        return set()
    return set(range(text.count("\n", 0, section.start), text.count("\n", 0, section.end) + 1))


@given(st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_pull(random: Random) -> None:
    explore(random)


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_pull_explored_for_long(random: Random) -> None:
    explore(random)
