"""Changes that are due by the manifest's dates alone, and what differs beyond them."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.model.address import Address
from ringform.model.change import Action, Change, FieldChange
from ringform.model.desired import Desired
from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.messages import listed
from ringform.model.values import dotted
from ringform.planning.compare import complete, field_changes
from ringform.planning.pairing import Pair

BEYOND_DATES = "beyond-dates"
"""The code of a warning about an object that an apply of only what is due by dates leaves as it is."""


def due(pairs: Sequence[Pair], earlier: Sequence[Desired]) -> frozenset[Address]:
    """Return the objects that match, in every managed field, one of the earlier states."""
    return frozenset(
        each.address
        for each in pairs
        if each.live
        and each.live.address == each.address
        and any(
            (wanted := desired.wanted.get(each.address)) is not None
            and complete(wanted.fields, each.live.fields) == each.live.fields
            for desired in earlier
        )
    )


def beyond_dates(change: Change, earlier: Sequence[Desired]) -> Diagnostic:
    """Return the warning that an object is left as it is, as it differs from each of the earlier states."""
    strange = _strange_fields(change, earlier)
    match change.action:
        case Action.CREATE:
            why = "it is not in the account"
        case Action.DELETE:
            why = "only a whole apply deletes it"
        case Action.UPDATE:
            why = f"no date accounts for {_named(strange) or 'its other number'}"
    asked = _named([field for field in change.fields if field.path not in {each.path for each in strange}])
    return Diagnostic(
        BEYOND_DATES,
        f"{change.label} is left as it is: {why}",
        Severity.WARNING,
        detail=f"So is what its dates ask for: {asked}." if asked else None,
        hint="ringform plan shows all of it, and ringform apply without --calendar makes it",
        address=change.address,
    )


def _strange_fields(change: Change, earlier: Sequence[Desired]) -> Sequence[FieldChange]:
    """Return what differs from that one of the earlier states which is nearest to the live object."""
    live = change.before
    if live is None or change.action is not Action.UPDATE:
        return change.fields
    states = [desired.wanted[change.address] for desired in earlier if change.address in desired.wanted]
    differences = [field_changes(live, complete(wanted.fields, live)) for wanted in states]
    return min([*differences, change.fields], key=len)


def _named(fields: Sequence[FieldChange]) -> str:
    return listed([dotted(field.path) for field in fields], most=6)
