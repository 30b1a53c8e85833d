"""Employees: the manifest's aliases and ring groups, and the account's list of people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from ringform.core.desired import Reference
from ringform.core.diagnostic import Diagnostic
from ringform.core.values import Json
from ringform.core.words import did_you_mean
from ringform.providers.base import DocumentPath, Problem

_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")

_DEEPEST = 16
"""How deep ring groups may lie in each other."""


class ByEmail(BaseModel):
    """An employee who is looked up in the account by e-mail address."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    email: Annotated[str, Field(examples=["bea@example.com"])]


class ByName(BaseModel):
    """An employee who is looked up in the account by full name."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Annotated[str, Field(examples=["Bea Jensen"])]


@dataclass
class EmployeeBook:
    """Who the names in a manifest are. An employee that must be looked up is a token until the account is read."""

    aliases: dict[str, str] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)

    @property
    def people(self) -> dict[str, str]:
        """Aliases by employee id (or token)."""
        return {id_: alias for alias, id_ in self.aliases.items()}

    def look_up(self, config: Any, path: DocumentPath) -> list[Problem]:
        """Put ids in the place of names, in every ``employee_ids`` of a config as the manifest writes it."""
        found: list[Problem] = []
        if isinstance(config, dict):
            for key, value in config.items():
                if key == "employee_ids":
                    config[key], wrong = self.ids(value, (*path, key))
                    found += wrong
                elif key == "menu_options":
                    for position, option in enumerate(value):
                        found += self.look_up(option, (*path, key, position))
        return found

    def ids(self, names: Sequence[str], path: DocumentPath) -> tuple[list[str], list[Problem]]:
        """The ids behind a list of names. Naming somebody twice is a mistake; two groups may share a member."""
        ids: dict[str, int] = {}
        direct: dict[str, int] = {}
        found: list[Problem] = []
        for position, name in enumerate(names):
            members = self.groups.get(name)
            one = self.aliases.get(name) or (name if _ID.match(name) else None)
            if members is None and one is None:
                found.append(self._unknown(name, (*path, position)))
                continue
            named = [one] if members is None and one else members or []
            repeated = [id_ for id_ in named if id_ in direct or (members is None and id_ in ids)]
            if repeated or name in names[:position]:
                who = self.people.get(repeated[0], repeated[0]) if repeated else name
                other = (*path, ids[repeated[0]] if repeated else names.index(name))
                summary = f"{who} is named twice" if who == name else f"{who} is named twice, once through {name}"
                hint = "remove one of the two"
                found.append(Problem((*path, position), "repeated-employee", summary, hint=hint, other=other))
            for id_ in named:
                ids.setdefault(id_, position)
            if members is None and one:
                direct.setdefault(one, position)
        return list(ids), found

    def _unknown(self, name: str, path: DocumentPath) -> Problem:
        known = [*self.aliases, *self.groups]
        hint = did_you_mean(name, known) or f"add it: employees: {{{name[:40]}: <id, or {{email: ...}}>}}"
        return Problem(path, "unknown-employee", f"{name!r} is no employee, ring group or employee id", hint=hint)


def read_book(
    employees: Mapping[str, str | ByEmail | ByName], groups: Mapping[str, Sequence[str]]
) -> tuple[EmployeeBook, list[Problem]]:
    """Build the book from the ``employees`` and ``ring_groups`` sections, once each entry has the right shape."""
    book = EmployeeBook()
    found: list[Problem] = []
    for alias, entry in employees.items():
        match entry:
            case str() if "@" in entry:
                hint = f"write {alias}: {{email: {entry[:60]}}}"
                found.append(
                    Problem(("employees", alias), "bad-employee", "this is an e-mail address, not an id", hint=hint)
                )
            case str():
                book.aliases[alias] = entry
            case _:
                by, value = ("email", entry.email) if isinstance(entry, ByEmail) else ("name", entry.name)
                book.aliases[alias] = token = f"?{alias}"
                book.references.append(Reference(token, alias, by, value))
    first: dict[str, str] = {}
    for alias, id_ in book.aliases.items():
        if first.setdefault(id_, alias) != alias:
            summary = f"{alias} and {first[id_]} are the same employee"
            other = ("employees", first[id_])
            found.append(
                Problem(("employees", alias), "employee-twice", summary, hint="keep one of the two", other=other)
            )
    for name in groups:
        if name in employees:
            summary = f"{name!r} is both an employee and a ring group"
            found.append(
                Problem(
                    ("ring_groups", name),
                    "defined-twice",
                    summary,
                    hint="rename one of the two",
                    on_key=True,
                    other=("employees", name),
                )
            )
    found += _fill_groups(book, groups)
    return book, found


def _fill_groups(book: EmployeeBook, groups: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Ring groups may hold other ring groups; the inner ones are filled first."""
    found: list[Problem] = []
    under_way: list[str] = []

    def fill(name: str) -> None:
        if name in book.groups:
            return
        if len(under_way) == _DEEPEST:
            summary = f"ring groups lie more than {_DEEPEST} deep in each other"
            found.append(Problem(("ring_groups", name), "too-deep", summary, on_key=True))
            book.groups[name] = []
            return
        under_way.append(name)
        for position, member in enumerate(groups[name]):
            if member in under_way:
                ring = " -> ".join([*under_way[under_way.index(member) :], member])
                hint = "a ring group cannot hold itself, also not by way of another"
                found.append(
                    Problem(("ring_groups", name, position), "group-cycle", f"ring groups go round: {ring}", hint=hint)
                )
            elif member in groups:
                fill(member)
        under_way.pop()
        sound = [member for member in groups[name] if member not in under_way and member != name]
        book.groups[name], wrong = book.ids(sound, ("ring_groups", name))
        found.extend(wrong)

    for name in groups:
        fill(name)
    return found


def by_id(answer: Json) -> dict[str, Mapping[str, str]]:
    """Name and e-mail by id, from the answer of ``GET /employees`` (API reference, employees).

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    people = answer.get("employees") if isinstance(answer, Mapping) else None
    if not isinstance(people, list) or not all(isinstance(each, Mapping) and "id" in each for each in people):
        raise ValueError("the list of employees is not a list of objects with an id")
    return {
        str(person["id"]): {key: str(person[key]) for key in ("name", "email") if person.get(key)} for person in people
    }


def resolve(
    references: Sequence[Reference], people: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Ids by token. Somebody who is not in the account, or is there twice, is an error."""
    ids: dict[str, str] = {}
    found: list[Diagnostic] = []
    for reference in references:
        wanted = reference.value.casefold()
        matches = [id_ for id_, person in people.items() if person.get(reference.by, "").casefold() == wanted]
        if len(matches) == 1:
            ids[reference.token] = matches[0]
        elif matches:
            summary = f"the account has {len(matches)} employees with the {reference.by} {reference.value}"
            found.append(_not_found(reference, summary, "give the employee's id instead"))
        else:
            summary = f"the account has no employee with the {reference.by} {reference.value}"
            known = [person.get(reference.by, "") for person in people.values()]
            found.append(_not_found(reference, summary, did_you_mean(reference.value, known)))
    return ids, found


def _not_found(reference: Reference, summary: str, hint: str | None) -> Diagnostic:
    detail = f"The manifest calls this employee {reference.label!r}."
    return Diagnostic("employee-not-found", summary, detail=detail, hint=hint)
