"""Manifests that hold phone numbers of one kind, with defaults for all of them: what they come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from ringform.model.address import Address
from ringform.model.desired import Desired, Wanted
from ringform.model.diagnostic import MOST_LISTED
from ringform.model.messages import shown
from ringform.model.problem import DocumentPath, Problem
from ringform.model.values import Fields, Json
from ringform.planning.guardrails import RULES, Guardrail
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.shared.guardrail_limits import read_limits
from ringform.providers.shared.naming import Names
from ringform.providers.shared.validation import check

SECTION = "phone_numbers"
_NOT_NAMES = ("version", "provider", "vars", "defaults", "guardrails", SECTION)
"""Sections that are the caller's business, or read by ``parse``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One number as the manifest has it: its managed fields in normal form, and what else it says of the number."""

    fields: Fields
    protect: bool | None = None
    purchase: Fields | None = None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a provider's entries are read.

    ``key`` gives the address's key for the name before a colon, or a problem. ``entry`` reads what stands after it,
    and the defaults; all problems of it are told, and it is None if there are any. ``fields`` is the order of fields.
    """

    provider: str
    kind: str
    key: Callable[[str, DocumentPath], str | Problem]
    entry: Callable[[object, DocumentPath], tuple[Entry | None, list[Problem]]]
    fields: Sequence[str]
    guardrails: Sequence[Guardrail] = ()


def read_names(
    document: Mapping[str, object],
    sections: type[BaseModel],
    whole: type[BaseModel],
    fields: Mapping[str, str],
    read_id: Callable[[object], Json],
) -> tuple[Names, list[Problem]]:
    """The manifest's names for ids, and what is wrong with them or with sections that do not exist.

    ``sections`` is the model of the sections with names alone, ``whole`` that of the whole file; ``fields`` and
    ``read_id`` are as ``Names`` has them.
    """
    rest = {name: value for name, value in document.items() if name not in _NOT_NAMES}
    # A section whose entries are all commented out is no section.
    rest = {name: value for name, value in rest.items() if value is not None or name not in sections.model_fields}
    read, found = check(sections, rest, (), known=whole)
    if read is None:
        return Names(fields, read_id, _readable(rest, read_id), is_complete=False), found
    names = Names(fields, read_id, {name: getattr(read, name) for name in sections.model_fields})
    return names, [*found, *names.own()]


def _readable(sections: Mapping[str, object], read_id: Callable[[object], Json]) -> dict[str, dict[str, Json]]:
    """The names that can be read, where not all can: what they stand for can be checked all the same."""
    return {
        section: {str(name): id_ for name, value in names.items() if (id_ := read_id(value)) is not None}
        for section, names in sections.items()
        if isinstance(names, Mapping)
    }


def parse(
    document: Mapping[str, object], dialect: Dialect, *, people: Mapping[str, str], found: Sequence[Problem]
) -> ParsedDocument:
    """The desired state. ``found`` is what is wrong with the sections that are not read here."""
    problems = list(found)
    limits, wrong = read_limits(document.get("guardrails"), (*RULES, *dialect.guardrails))
    problems += wrong
    defaults: Entry | None = None
    if document.get("defaults") is not None:
        defaults, wrong = dialect.entry(document["defaults"], ("defaults",))
        problems += wrong
    numbers = _Numbers(dialect, defaults or Entry({}))
    problems += numbers.read(document.get(SECTION))
    desired = Desired(
        wanted=numbers.wanted,
        people=people,
        protected=frozenset(numbers.protected),
        limits=limits,
    )
    return ParsedDocument(state=desired, places=numbers.places, problems=problems)


class _Numbers:
    """Gathers the entries of the section."""

    def __init__(self, dialect: Dialect, defaults: Entry) -> None:
        self.dialect = dialect
        self.defaults = defaults
        self.wanted: dict[Address, Wanted] = {}
        self.places: dict[Address, DocumentPath] = {}
        self.protected: set[Address] = set()

    def read(self, entries: object) -> list[Problem]:
        if entries is None:
            return []
        if not isinstance(entries, Mapping):
            summary = f"{SECTION} must be a mapping, but here is {shown(entries)}"
            hint = "write each number as a name of its own, without a dash, and its fields indented below"
            return [Problem((SECTION,), "wrong-kind", summary, hint=hint)]
        problems: list[Problem] = []
        for name, value in entries.items():
            if len(problems) > MOST_LISTED:
                break  # no more would be listed
            path = (SECTION, name)
            key = self.dialect.key(str(name), path)
            entry, found = self.dialect.entry({} if value is None else value, path)
            problems += [key, *found] if isinstance(key, Problem) else found
            if isinstance(key, str):
                problems += self._put(Address(self.dialect.kind, key), entry, path)
        return problems

    def _put(self, address: Address, entry: Entry | None, path: DocumentPath) -> list[Problem]:
        if address in self.places:
            summary = f"{address.key} is given twice, in two ways of writing it"
            other = self.places[address]
            return [Problem(path, "defined-twice", summary, hint="keep one of the two", on_key=True, other=other)]
        self.places[address] = path
        if entry is None:
            return []
        merged = {**self.defaults.fields, **entry.fields}
        fields = {name: merged[name] for name in self.dialect.fields if name in merged}
        self.wanted[address] = Wanted(address, fields, purchase=entry.purchase)
        if self.defaults.protect if entry.protect is None else entry.protect:
            self.protected.add(address)
        return []


def flat(fields: Fields, partial: frozenset[str]) -> Fields:
    """Fields as they are written, in normal form: what is managed entry by entry, taken apart."""
    form: dict[str, Json] = {}
    for name, value in fields.items():
        if name in partial and isinstance(value, Mapping):
            form.update({f"{name}.{key}": inner for key, inner in value.items()})
        else:
            form[name] = value
    return form


def nested(fields: Fields, partial: frozenset[str]) -> dict[str, Json]:
    """Fields in normal form as they are written, in a manifest and to the API: ``flat`` undone."""
    written: dict[str, Json] = {}
    inner: dict[str, dict[str, Json]] = {}
    for name, value in fields.items():
        outer, _, key = name.partition(".")
        if key and outer in partial:
            inner.setdefault(outer, {})[key] = value
            written[outer] = inner[outer]
        else:
            written[name] = value
    return written
