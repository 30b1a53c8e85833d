"""The employees behind the names in a manifest: aliases, ring groups and employee ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ringform.model.desired import Reference
from ringform.model.messages import did_you_mean, shown
from ringform.model.problem import DocumentPath, Problem

ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
"""What an employee id looks like (main numbers document, examples). Upper and lower case are the same id."""

MOST_NAMES = 1_000
"""How many names one list may have."""
_MOST_RESOLVED = 1_000_000
"""How many employees all groups and lists together may have: groups of groups multiply."""
_MOST_SUGGESTIONS = 50
"""How many unknown names get a suggestion, which takes time to find."""


def one_case(id_: str) -> str:
    """Return the normal form of an employee id."""
    return id_.lower() if ID.match(id_) else id_


@dataclass
class EmployeeBook:
    """The employees behind the names in a manifest. One that must be looked up is a token until the account is read.

    A book that is not complete lacks names that could not be read, so no name can be called unknown. ``rotating`` are
    the groups whose members change with time: somebody who is among them may well be named beside them.
    """

    aliases: dict[str, str] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    rotating: set[str] = field(default_factory=set)
    is_complete: bool = True
    _resolved: int = 0
    _suggested: int = 0

    @cached_property
    def people(self) -> dict[str, str]:
        """Aliases by employee id (or token)."""
        return {id_: alias for alias, id_ in self.aliases.items()}

    def check(self, config: object, path: DocumentPath) -> list[Problem]:
        """Return the problems of the names in a config as it is written, whatever else may be wrong with it."""
        return [
            problem
            for holder, place in _holders(config, path)
            if len(holder["employee_ids"]) <= MOST_NAMES  # else its length is the problem, which validation reports
            for problem in self.ids(holder["employee_ids"], (*place, "employee_ids"))[1]
        ]

    def names_in(self, config: object) -> set[str]:
        """Return the ring groups that a config names itself, without those within them."""
        return {
            name
            for holder, _ in _holders(config, ())
            for name in holder["employee_ids"]
            if isinstance(name, str) and name in self.groups
        }

    def look_up(self, config: Any) -> None:
        """Put ids in the place of names, in every ``employee_ids`` of a config that has been checked."""
        for holder, _ in _holders(config, ()):
            holder["employee_ids"] = self.everybody(holder["employee_ids"])

    def ids(
        self, names: Sequence[str | None], path: DocumentPath, *, may_repeat: bool = False
    ) -> tuple[list[str], list[Problem]]:
        """Return the ids behind a list of names, and its problems. Two groups may share a member; else none repeats."""
        ids: dict[str, int] = {}
        always: dict[str, int] = {}
        direct: set[str] = set()
        first: dict[str, int] = {}
        problems: list[Problem] = []
        for position, name in enumerate(names):
            if not isinstance(name, str):
                continue  # validation reports its kind
            named = self._named(name)
            if named is None:
                if self.is_complete:
                    problems.append(self._unknown(name, (*path, position)))
                continue
            is_group = name in self.groups
            is_first_too_many = self._resolved <= _MOST_RESOLVED < self._resolved + len(named)
            self._resolved += len(named)
            if self._resolved > _MOST_RESOLVED and not is_first_too_many:
                continue
            if is_first_too_many:
                summary = f"the ring groups hold more than {_MOST_RESOLVED:,} employees"
                return [], [
                    *problems,
                    Problem((*path, position), "too-many-employees", summary, hint="use fewer groups"),
                ]
            is_again = first.setdefault(name, position) != position
            is_firm = name not in self.rotating
            before = (direct if is_firm else ()) if is_group else always
            repeated = [] if is_again else [id_ for id_ in named if id_ in before]
            if (is_again or repeated) and not may_repeat:
                earlier = first[name] if is_again else always[repeated[0]]
                problems.append(self._repeated(name, repeated, (*path, position), (*path, earlier)))
            for id_ in named if not is_again else ():
                ids.setdefault(id_, position)
                if is_firm:
                    always.setdefault(id_, position)
            if not is_group:
                direct.update(named)
        return list(ids), problems

    def everybody(self, names: Sequence[str]) -> list[str]:
        """Return the ids behind a list of names that has been checked."""
        return list(dict.fromkeys(id_ for name in names for id_ in self._named(name) or ()))

    def _named(self, name: str) -> Sequence[str] | None:
        if name in self.groups:
            return self.groups[name]
        one = self.aliases.get(name) or (name.lower() if ID.match(name) else None)
        return [one] if one else None

    def _repeated(self, name: str, ids: Sequence[str], path: DocumentPath, other: DocumentPath) -> Problem:
        who = self.people.get(ids[0], ids[0]) if ids else name
        way = ""
        if who != name:
            way = f", once through the ring group {name}" if name in self.groups else ", once by another name or id"
        summary = f"{who} is named twice{way}"
        return Problem(path, "repeated-employee", summary, hint="remove one of the two", other=other)

    def _unknown(self, name: str, path: DocumentPath) -> Problem:
        self._suggested += 1
        guess = did_you_mean(name, [*self.aliases, *self.groups]) if self._suggested <= _MOST_SUGGESTIONS else None
        hint = guess or "add this name under 'employees:', with an id or {email: ...} after the colon"
        return Problem(
            path, "unknown-employee", f"{shown(name)} is not an employee, ring group or employee id", hint=hint
        )


def _holders(config: Any, path: DocumentPath) -> Iterator[tuple[Any, DocumentPath]]:
    """Yield the config itself and its menu options, each if it has a list of employees."""
    if not isinstance(config, Mapping):
        return
    options = config.get("menu_options")
    places = [
        ((*path, "menu_options", n), option) for n, option in enumerate(options if isinstance(options, list) else ())
    ]
    for place, holder in [(path, config), *places]:
        if isinstance(holder, Mapping) and isinstance(holder.get("employee_ids"), list):
            yield holder, place
