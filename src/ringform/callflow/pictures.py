"""The pictures of numbers: of a manifest or an account, or before and after a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ringform.callflow.answering import Answering, LeftToAccount, answering
from ringform.callflow.effects import goal
from ringform.callflow.graph import Graph, graph, mark_changes
from ringform.callflow.types import CallFlow
from ringform.model.address import Address
from ringform.model.kind import HasKinds, vendors_by_kind
from ringform.model.messages import listed
from ringform.model.plan import Plan
from ringform.model.values import Fields


@dataclass(frozen=True, slots=True)
class Picture:
    """One number, as it is (``before`` is None), or before and after a plan.

    ``note`` is a sentence that says why nothing is drawn. ``people`` maps ids to names.
    """

    number: str
    name: str | None
    before: Graph | None = None
    after: Graph | None = None
    note: str | None = None
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The number with its name, if it has one."""
        return f"{self.name} ({self.number})" if self.name else self.number

    @property
    def sides(self) -> tuple[tuple[str, Graph], ...]:
        """The graphs with their headings, which are empty where there is nothing to compare."""
        if self.before is None:
            return (("", self.after),) if self.after else ()
        return (("Before", self.before), *((("After", self.after),) if self.after else ()))


def of_numbers(
    vendor: HasKinds, objects: Mapping[Address, Fields], people: Mapping[str, str]
) -> Iterator[tuple[Address, Picture]]:
    """Yield a picture of every number among objects in normal form, with a note if it cannot be drawn."""
    for address, fields in objects.items():
        kind = vendor.kinds[address.kind]
        if kind.is_number:
            name = kind.name_of(fields)
            flow = answering(vendor, address, fields)
            picture = Picture(address.key, name, note=_note(flow), people=people)
            if isinstance(flow, CallFlow):
                picture = replace(picture, after=graph(address.key, name, flow))
            yield address, picture


def of_plan(plan: Plan, vendors: Iterable[HasKinds]) -> Iterator[tuple[Address, Picture]]:
    """Yield a picture, before and after, of every number that a plan changes, with a note if it cannot be drawn."""
    by_kind = vendors_by_kind(vendors)
    for change in plan.changes:
        vendor = by_kind.get(change.address.kind)
        if vendor is None or change.before is None or not (kind := vendor.kinds[change.address.kind]).is_number:
            continue
        sides = [(fields, answering(vendor, change.address, fields)) for fields in (change.before, goal(change))]
        key = change.address.key
        drawn = [graph(key, kind.name_of(fields), flow) for fields, flow in sides if isinstance(flow, CallFlow)]
        notes = [note for note in (_note(flow) for _, flow in sides) if note]
        picture = Picture(key, change.name, note=notes[0] if notes else None, people=plan.people)
        if len(drawn) == 2:
            before, after = mark_changes(*drawn)
            picture = replace(picture, before=before, after=after)
        yield change.address, picture


def _note(flow: Answering) -> str | None:
    match flow:
        case CallFlow():
            return None
        case LeftToAccount(missing):
            return f"Not drawn: the manifest leaves {listed(missing)} to the account."
        case None:
            return "Not drawn: the vendor does not document what happens to a call to this number."
