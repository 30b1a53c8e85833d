"""Call flows as pictures, before anybody draws them: boxes, arrows between them, and what a plan does to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from ringform.callflow.callers import Ends, Interval, People
from ringform.callflow.types import Message, Unknown, Voicemail


class Mark(StrEnum):
    """What a plan does to a box or an arrow. A removed one is there only before, an added one only after."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Called:
    """Where a call comes in. ``timezone`` is an IANA name."""

    number: str
    name: str | None
    timezone: str
    language: str | None
    is_recorded: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """The opening hours, which decide which way a call goes."""

    open: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Asks:
    """A phone menu; its keys are arrows."""

    plays: str


@dataclass(frozen=True, slots=True)
class Rings:
    """People ring, after ``plays`` if there is something to play; ``seconds`` is None where no timer runs."""

    people: People
    plays: str | None = None
    seconds: int | None = None


What: TypeAlias = Called | Hours | Asks | Rings | Voicemail | Message | Unknown | Ends
"""What a box stands for. Of ``Ends`` only those that have no box of their own: rings out, and not documented."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box. ``id`` says where in a configuration it is, so that it is the same one before and after a change.

    ``other`` is what a changed one is on the other side.
    """

    id: str
    what: What
    mark: Mark = Mark.SAME
    other: What | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow. ``is_join``: one of several that lead to the same box, which has its place apart from all of them."""

    source: str
    target: str
    label: str = ""
    is_join: bool = False
    mark: Mark = Mark.SAME


@dataclass(frozen=True, slots=True)
class Graph:
    """One number's call flow. The first box is the call; each box but the joined ones comes after the one before it."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One number, as it is (``before`` is None), or before and after a plan.

    ``note`` says in a sentence why there is nothing to draw. ``people`` maps ids to names.
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
        """The graphs with a heading for each; the heading is empty where there is nothing to compare."""
        if self.before is None:
            return (("", self.after),) if self.after else ()
        return (("Before", self.before), *((("After", self.after),) if self.after else ()))
