"""Employees: the manifest's aliases and ring groups, and the account's list of people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated

from pydantic import BeforeValidator, Field

from ringform.model.desired import Reference
from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.messages import did_you_mean, shown
from ringform.model.problem import DocumentPath, Problem
from ringform.model.snapshot import INVITED, Snapshot
from ringform.model.values import Json
from ringform.providers.phone_inc.fields import Email
from ringform.providers.phone_inc.manifest.employee_book import ID, EmployeeBook, one_case
from ringform.providers.shared.field_types import Strict, Text, matching
from ringform.providers.shared.validation import check, refuse, refuse_many

WARNINGS = frozenset({"odd-employee-id"})
"""The codes of this module's warnings. A comment in a manifest can silence them."""

_ID_CHARACTERS = re.compile(r"[A-Za-z0-9_-]+\Z")

_DEEPEST = 16
"""How deep ring groups may lie in each other."""


class ByEmail(Strict):
    """An employee who is looked up in the account by e-mail address."""

    email: Email
    """The employee's e-mail address, as the account has it."""


class ByName(Strict):
    """An employee who is looked up in the account by full name."""

    name: Text = Field(examples=["Bea Jensen"])
    """The employee's full name, as the account has it."""


def _entry(value: object) -> object:
    """Read an entry. Of a wrong one there is one message, where a union would have one for each member."""
    hint = "write an id, or {email: bea@example.com}, or {name: Bea Jensen}"
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping) or not value:
        summary = f"an employee is an id, an e-mail address or a name, not {shown(value)}"
        raise refuse("bad-employee", summary, hint=hint)
    unknown = [Problem((name,), "unknown-field", f"{shown(name)} is not a field of an employee",
                       hint=did_you_mean(name, ("email", "name")) or hint, on_key=True)
               for name in value if name not in ("email", "name")]  # fmt: skip
    if unknown:
        raise refuse_many(unknown)
    if len(value) > 1:
        raise refuse("bad-employee", "an employee is found by e-mail address or by name, not by both", hint=hint)
    entry, problems = check(ByEmail if "email" in value else ByName, value, ())
    if problems:
        raise refuse_many(problems)
    return entry


Employee = Annotated[
    Annotated[
        str,
        Field(
            description="The employee's id.",
            examples=["019daef1-085e-7000-aaaa-000000000001"],
            json_schema_extra=matching(
                "^[A-Za-z0-9_-]+$",
                "Write an id, or {email: bea@example.com}, or {name: Bea Jensen}.",
                kind=["string", "integer"],
            ),
        ),
    ]
    | ByEmail
    | ByName,
    BeforeValidator(_entry),
]


def read_book(
    employees: Mapping[str, str | ByEmail | ByName],
    groups: Mapping[str, Sequence[str]],
    rotations: Mapping[str, DocumentPath] = MappingProxyType({}),
) -> tuple[EmployeeBook, list[Problem]]:
    """Build the book from the ``employees`` and ``ring_groups`` sections, once each entry has the right shape.

    ``rotations`` are the groups whose members take turns, each with the place of its members: here they are all of it.
    """
    book = EmployeeBook()
    problems: list[Problem] = []
    for alias, entry in employees.items():
        match entry:
            case str() if "@" in entry:
                book.aliases[alias] = f"?{alias}"
                summary, hint = "this is an e-mail address, not an id", f"write {alias}: {{email: {entry[:60]}}}"
                problems.append(Problem(("employees", alias), "bad-employee", summary, hint=hint))
            case str():
                book.aliases[alias] = one_case(entry) or f"?{alias}"
                problems += _id_problems(alias, entry, employees)
            case _:
                by, value = ("email", entry.email) if isinstance(entry, ByEmail) else ("name", entry.name)
                book.aliases[alias] = token = f"?{alias}"
                book.references.append(Reference(token, alias, by, value, ("employees", alias)))
    first: dict[str, str] = {}
    for alias, id_ in book.aliases.items():
        if first.setdefault(id_, alias) != alias:
            summary, hint = f"{shown(alias)} and {shown(first[id_])} are the same employee", "keep one of the two"
            path, other = ("employees", alias), ("employees", first[id_])
            problems.append(Problem(path, "employee-twice", summary, hint=hint, other=other))
    for name in groups:
        if name in employees:
            summary, hint = f"{name!r} is both an employee and a ring group", "rename one of the two"
            path, other = ("ring_groups", name), ("employees", name)
            problems.append(Problem(path, "defined-twice", summary, hint=hint, on_key=True, other=other))
    problems += _fill_groups(book, groups, rotations)
    return book, problems


def _id_problems(alias: str, id_: str, employees: Mapping[str, object]) -> list[Problem]:
    place = ("employees", alias)
    hint = "write the employee's id, or look the employee up with {email: bea@example.com}"
    if id_ in employees:
        return [Problem(place, "bad-employee", f"{shown(id_)} is a name of this manifest, not an id", hint=hint)]
    if not _ID_CHARACTERS.match(id_):
        return [Problem(place, "bad-employee", f"{shown(id_)} is not an employee id", hint=hint)]
    if not ID.match(id_):
        summary = f"{shown(id_)} does not look like an employee id"
        detail = "Ids look like 019daef1-085e-7000-aaaa-000000000001."
        return [Problem(place, "odd-employee-id", summary, Severity.WARNING, detail, hint)]
    return []


def _fill_groups(
    book: EmployeeBook, groups: Mapping[str, Sequence[str]], rotations: Mapping[str, DocumentPath]
) -> list[Problem]:
    """Look up the members of ring groups, of groups within others first, and return the problems."""
    problems: list[Problem] = []
    open_groups: list[str] = []
    depths: dict[str, int] = {}
    too_deep: list[str] = []

    def fill(name: str) -> None:
        if name in book.groups:
            return
        if len(open_groups) == _DEEPEST:
            book.groups[name], depths[name] = [], 1
            too_deep.append(name)
            return
        open_groups.append(name)
        path = rotations.get(name, ("ring_groups", name))
        for position, member in enumerate(groups[name]):
            if member in open_groups:
                ring = " -> ".join([*open_groups[open_groups.index(member) :], member])
                hint = "a ring group cannot hold itself, even through another one"
                problems.append(
                    Problem(
                        (*path, position), "group-cycle", f"ring groups hold each other in a circle: {ring}", hint=hint
                    )
                )
            elif member in groups:
                fill(member)
        open_groups.pop()
        # Positions have to stay right: what is left out is not removed from the list.
        sound = [None if member in open_groups or member == name else member for member in groups[name]]
        book.groups[name], member_problems = book.ids(sound, path, may_repeat=name in rotations)
        if name in rotations or not book.rotating.isdisjoint(groups[name]):
            book.rotating.add(name)
        problems.extend(member_problems)
        depths[name] = 1 + max((depths[member] for member in sound if member in depths), default=0)
        if depths[name] > _DEEPEST:
            too_deep.append(name)

    for name in groups:
        fill(name)
    if too_deep:
        summary = f"ring groups are nested more than {_DEEPEST} deep"
        path = ("ring_groups", too_deep[0])
        problems.append(Problem(path, "too-deep", summary, hint="put the employees into fewer groups", on_key=True))
    return problems


def by_id(answer: Json) -> dict[str, Mapping[str, str]]:
    """Return name, e-mail and state of employees by id, from ``GET /employees`` (API reference, employees).

    Whoever has not accepted the invitation yet (``invitation_pending``) has ``state: invited``.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    people = answer.get("employees") if isinstance(answer, Mapping) else None
    if not isinstance(people, list) or not all(isinstance(each, Mapping) and "id" in each for each in people):
        raise ValueError("the list of employees is not a list of objects with an id")
    return {
        one_case(str(person["id"])): {
            **{key: str(person[key]) for key in ("name", "email") if person.get(key)},
            **({"state": INVITED} if person.get("invitation_pending") is True else {}),
        }
        for person in people
    }


def resolve(references: Sequence[Reference], live: Snapshot) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the ids by token, and an error for everybody who is not in the account, or is there twice."""
    ids: dict[str, str] = {}
    errors: list[Diagnostic] = []
    for reference in references:
        wanted = reference.value.casefold()
        matches = [id_ for id_, person in live.people.items() if person.get(reference.by, "").casefold() == wanted]
        if len(matches) == 1:
            ids[reference.token] = matches[0]
        elif matches:
            summary = f"the account has {len(matches)} employees with the {reference.by} {reference.value}"
            errors.append(_not_found(reference, summary, "give the employee's id instead"))
        else:
            summary = f"the account has no employee with the {reference.by} {reference.value}"
            known = [person.get(reference.by, "") for person in live.people.values()]
            errors.append(_not_found(reference, summary, did_you_mean(reference.value, known)))
    return ids, errors


def _not_found(reference: Reference, summary: str, hint: str | None) -> Diagnostic:
    detail = f"The manifest calls this employee {reference.label!r}."
    return Diagnostic("employee-not-found", summary, detail=detail, hint=hint, location=reference.location)
