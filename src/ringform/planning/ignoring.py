"""``ignore_changes``: which fields a plan leaves as they are in the account, and which rules have ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ringform.calendar.dates import on_clock
from ringform.model.desired import Desired, Wanted
from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.left_alone import IgnoreRule, LeftAlone
from ringform.model.snapshot import Resource, Snapshot
from ringform.planning.account_notes import Locate
from ringform.planning.compare import field_changes

SECTION = "ignore_changes"
IGNORE_OVER = "ignore-over"
"""The code of the warning about a rule that has ended. A comment in a manifest can silence it."""


def is_in_force(rule: IgnoreRule, moment: datetime) -> bool:
    """Return whether a rule holds at a time; without a zone that is a time on the rule's own clock."""
    return rule.until is None or on_clock(moment, ZoneInfo(rule.zone)).date() <= rule.until


def ignored_fields(wanted: Wanted, moment: datetime) -> tuple[str, ...]:
    """Return the managed fields of an object that are left alone at a time."""
    rules = [rule for rule in wanted.ignore if is_in_force(rule, moment)]
    return tuple(name for name in wanted.fields if any(rule.covers(name) for rule in rules))


def without_ignored(desired: Desired, live: Snapshot, moment: datetime) -> Desired:
    """Return what a plan asks for at a time: of objects that the account has, without the fields that are left alone.

    An object that is still to be made gets every field.
    """
    wanted = dict(desired.wanted)
    for each, _ in _with_rules(desired, live):
        ignored = ignored_fields(each, moment)
        fields = {name: value for name, value in each.fields.items() if name not in ignored}
        wanted[each.address] = replace(each, fields=fields)
    return replace(desired, wanted=wanted)


def left_alone(desired: Desired, live: Snapshot, moment: datetime, locate: Locate) -> Iterator[LeftAlone]:
    """Yield each field that is left alone at a time and differs, in the manifest's order."""
    for wanted, resource in _with_rules(desired, live):
        for rule in wanted.ignore:
            if not is_in_force(rule, moment):
                continue
            goal = {name: value for name, value in wanted.fields.items() if rule.covers(name)}
            changes = field_changes({name: resource.fields.get(name) for name in goal}, goal)
            if changes:
                address = wanted.address
                yield LeftAlone(
                    address=address,
                    name=resource.name,
                    field=rule.field,
                    until=rule.until,
                    reason=rule.reason,
                    differences=tuple(replace(each, source=locate(address, each.path)) for each in changes),
                    source=locate(address, (SECTION, rule.field)),
                )


def _with_rules(desired: Desired, live: Snapshot) -> Iterator[tuple[Wanted, Resource]]:
    for address, wanted in desired.wanted.items():
        resource = live.resources.get(address) if wanted.ignore else None
        if resource is not None:
            yield wanted, resource


def ended(rule: IgnoreRule) -> Diagnostic:
    """Return the warning about a rule that is not in force any more."""
    summary = f"{rule.field} was to be left alone until {rule.until}, and is managed again since"
    hint = "remove the entry, or give it a later date; ringform pull writes the account's value into the manifest"
    return Diagnostic(IGNORE_OVER, summary, Severity.WARNING, hint=hint)
