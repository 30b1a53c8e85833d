"""Manifests that hold phone numbers of one kind, with defaults for all of them: reading and writing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, JsonValue, create_model
from pydantic.config import JsonDict

from ringform.model.address import Address
from ringform.model.desired import Desired, Wanted
from ringform.model.diagnostic import MOST_LISTED, Diagnostic, Severity
from ringform.model.kind import Kind
from ringform.model.left_alone import IgnoreRule
from ringform.model.messages import shown
from ringform.model.problem import DocumentPath, Problem
from ringform.model.snapshot import Snapshot
from ringform.model.values import Fields, Json
from ringform.planning.guardrails import Guardrail
from ringform.planning.ignoring import SECTION as IGNORE_CHANGES
from ringform.planning.policy import Policy
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.shared import account
from ringform.providers.shared.exporting import Aliases, not_exported
from ringform.providers.shared.field_types import MAY_BE_EMPTY, PHONE_NAMES, Strict, Variables, Version, phone_key
from ringform.providers.shared.guardrail_limits import LimitSetting, limits_field, read_limits
from ringform.providers.shared.ignore_changes import rules_of, unknown_fields
from ringform.providers.shared.naming import Names
from ringform.providers.shared.validation import check
from ringform.providers.written_form import WrittenForm

SECTION = "phone_numbers"
_NOT_NAMES = ("version", "provider", account.SECTION, "vars", "defaults", "guardrails", SECTION)
"""Sections that are the caller's business, or read with the numbers."""


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """One number as the manifest has it: its managed fields in normal form, protection, purchase and ignored fields."""

    fields: Fields
    protect: bool | None = None
    purchase: Fields | None = None
    ignore: tuple[IgnoreRule, ...] | None = None


class NumberSections(Strict):
    """The sections with names for ids: none, unless a provider's own class has some."""

    ADVICE: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("numbers", "main_numbers"), "did you mean 'phone_numbers'?"),
        **dict.fromkeys(("variables", "var"), "did you mean 'vars'?"),
        "tests": "the API's documents do not say what happens to a call, so it cannot be tested",
    }


def _as_it_is(fields: Fields) -> Fields:
    return fields


def _no_warnings(entry: Mapping[str, object], path: DocumentPath) -> Sequence[Problem]:
    return ()


def _no_id(value: object) -> Json:
    return None


@dataclass(frozen=True)
class NumberManifest:
    """How a provider's manifest is read.

    ``provider`` is the word in the manifest and ``vendor`` the name for people. ``number`` is the model of an entry
    under ``phone_numbers:``, of which there is an ``example``, and ``defaults`` that of the defaults, if these have
    other fields. ``read_key`` gives the address's key for the name before a colon, or a problem; ``key`` says in words
    what stands there, and ``key_schema`` to editors. ``normal`` brings fields that are valid to normal form, where the
    types of the model do not do it.

    ``names`` is the model of the sections with names for ids. ``references`` maps the fields that hold ids, wherever
    they stand, to the section with names for these; ``read_id`` gives the id that a value is, or None.
    ``warnings`` gives what an entry says that is probably not meant, valid or not. ``cleared`` has how fields are
    cleared, if not by null.
    """

    provider: str
    vendor: str
    kind: Kind
    number: type[BaseModel]
    example: Mapping[str, JsonValue]
    key: str = "by number with country code"
    key_schema: JsonDict = field(default_factory=lambda: PHONE_NAMES)
    defaults: type[BaseModel] | None = None
    read_key: Callable[[str, DocumentPath], str | Problem] = phone_key
    normal: Callable[[Fields], Fields] = _as_it_is
    names: type[BaseModel] = NumberSections
    references: Mapping[str, str] = field(default_factory=dict)
    read_id: Callable[[object], Json] = _no_id
    guardrails: Sequence[Guardrail] = ()
    warnings: Callable[[Mapping[str, object], DocumentPath], Sequence[Problem]] = _no_warnings
    cleared: Mapping[str, Json] = field(default_factory=dict)

    @cached_property
    def document(self) -> type[BaseModel]:
        """The model of a whole file, for the JSON Schema."""
        literal: Any = Literal
        number: Any = self.number
        defaults: Any = self.defaults or self.number
        numbers = Field(
            description=f"The account's phone numbers, {self.key}.",
            examples=[dict(self.example)],
            json_schema_extra={**MAY_BE_EMPTY, "propertyNames": self.key_schema},
        )
        fields: dict[str, Any] = {
            "version": Version,
            "provider": (literal[self.provider], Field(description="Whose API the numbers live in.")),
            account.SECTION: (
                str | None,
                Field(None, description=account.DESCRIPTION, json_schema_extra=self.key_schema),
            ),
            "vars": (Variables, Field(default_factory=dict)),
            "defaults": (defaults | None, Field(None, description="Fields for every number that lacks them.")),
            SECTION: (Annotated[dict[str, number | None], numbers], Field(default_factory=dict)),
            "guardrails": (dict[str, LimitSetting], limits_field(self.guardrails)),
        }
        name = f"{self.vendor.replace(' ', '')}Document"
        return create_model(name, __base__=self.names, __doc__=f"A ringform manifest for {self.vendor}.", **fields)

    def parse(self, document: Mapping[str, object], today: date) -> ParsedDocument:
        """Return what a manifest wants. See ``Provider.parse``; nothing depends on the day."""
        reader = _NumbersReader(self, document)
        reader.read(document)
        return ParsedDocument(
            problems=reader.problems,
            places=reader.places,
            state=Desired(reader.wanted),
            people=reader.names.shown,
            policy=Policy(frozenset(reader.protected), reader.limits),
            account=reader.account,
            form=WrittenForm(sections={self.kind.name: SECTION}, cleared=self.cleared, naming=reader.names),
        )

    def export(self, live: Snapshot) -> tuple[dict[str, Any], list[Diagnostic]]:
        """Return the account as a document, and what was left out of it. See ``Exports.export``.

        What no manifest may say stays unmanaged, so that the document's plan is empty. A field that is not set is left
        out too, without a word.
        """
        numbers: dict[str, dict[str, Any]] = {
            address.key: self.kind.nested({name: value for name, value in each.fields.items() if value is not None})
            for address, each in live.resources.items()
        }
        aliases = Aliases(live.people, self.references, self.read_id)
        numbers = {key: aliases.named(entry) for key, entry in numbers.items()}
        document: dict[str, Any] = {"version": 1, "provider": self.provider, **aliases.used, SECTION: numbers}
        left_out: dict[str, Diagnostic] = {}
        for problem in self.parse(document, date.today()).problems:
            if problem.severity is not Severity.ERROR or problem.path[0] != SECTION or len(problem.path) < 2:
                continue
            key, *place = (str(part) for part in problem.path[1:4])
            label = ": ".join([key, ".".join(self._drop(numbers, key, place))]).removesuffix(": ")
            left_out[label] = not_exported(label, problem.summary)
        if not numbers:
            del document[SECTION]
        return document, list(left_out.values())

    def _drop(self, numbers: dict[str, dict[str, Any]], key: str, place: list[str]) -> list[str]:
        """Take the field at a place out of a number, or else the number itself; the place of what was taken out."""
        entry = numbers.get(key, {})
        if not place or place[0] not in entry:
            if not place:
                numbers.pop(key, None)
            return place[:1]
        if place[0] in self.kind.mappings and len(place) > 1 and isinstance(entry[place[0]], dict):
            entry[place[0]].pop(place[1], None)
            return place[:2]
        del entry[place[0]]
        return place[:1]


class _NumbersReader:
    """Reads the sections of a document, and collects its problems."""

    def __init__(self, manifest: NumberManifest, document: Mapping[str, object]) -> None:
        self.manifest = manifest
        self.names, self.problems = self._read_names(document)
        self.limits, limit_problems = read_limits(document.get("guardrails"), manifest.guardrails)
        self.problems += limit_problems
        self.account, account_problems = account.read_account(document, manifest.kind.name, manifest.read_key)
        self.problems += account_problems
        self.wanted: dict[Address, Wanted] = {}
        self.places: dict[Address, DocumentPath] = {}
        self.protected: set[Address] = set()
        self.defaults = WrittenNumber({})

    def _read_names(self, document: Mapping[str, object]) -> tuple[Names, list[Problem]]:
        """Return the names for ids, and the problems of their sections, unknown sections among them."""
        sections, (references, read_id) = self.manifest.names, (self.manifest.references, self.manifest.read_id)
        rest = {name: value for name, value in document.items() if name not in _NOT_NAMES}
        # A section whose entries are all commented out is no section.
        rest = {name: value for name, value in rest.items() if value is not None or name not in sections.model_fields}
        read, problems = check(sections, rest, (), known=self.manifest.document)
        if read is None:
            # What some names stand for can be checked though not all can be read.
            readable = {
                section: {str(name): id_ for name, value in names.items() if (id_ := read_id(value)) is not None}
                for section, names in rest.items()
                if isinstance(names, Mapping)
            }
            return Names(references, read_id, readable, is_complete=False), problems
        names = Names(references, read_id, {name: getattr(read, name) for name in sections.model_fields})
        return names, [*problems, *names.own()]

    def read(self, document: Mapping[str, object]) -> None:
        if document.get("defaults") is not None:
            model = self.manifest.defaults or self.manifest.number
            defaults, problems = self._entry(model, document["defaults"], ("defaults",))
            self.problems += problems
            self.defaults = defaults or self.defaults
        entries = {} if document.get(SECTION) is None else document[SECTION]
        if not isinstance(entries, Mapping):
            summary = f"{SECTION} must be a mapping, but here is {shown(entries)}"
            hint = "write each number as a name of its own, without a dash, and its fields indented below"
            self.problems.append(Problem((SECTION,), "wrong-kind", summary, hint=hint))
            return
        allowed = len(self.problems) + MOST_LISTED
        for name, value in entries.items():
            if len(self.problems) > allowed:
                break  # no more would be listed
            path = (SECTION, name)
            key = self.manifest.read_key(str(name), path)
            entry, problems = self._entry(self.manifest.number, {} if value is None else value, path)
            if isinstance(key, str):
                problems += self._put(Address(self.manifest.kind.name, key), entry, path)
            self.problems += problems if isinstance(key, str) else [key, *problems]

    def _entry(
        self, model: type[BaseModel], value: object, path: DocumentPath
    ) -> tuple[WrittenNumber | None, list[Problem]]:
        """Return one number's entry, or None and its problems."""
        read, problems = check(model, value, path)
        problems += [*self.names.check(value, path), *unknown_fields(value, self.manifest.kind, path)]
        warnings = self.manifest.warnings(value, path) if isinstance(value, Mapping) else ()
        if read is None or problems:
            return None, [*problems, *warnings]
        data: dict[str, Any] = read.model_dump(mode="json", exclude={IGNORE_CHANGES}, exclude_unset=True)
        protect, purchase = data.pop("protect", None), data.pop("purchase", None)
        fields = self.manifest.kind.flat({name: self.names.ids(value, name) for name, value in data.items()})
        given = purchase and {name: value for name, value in purchase.items() if value is not None}
        return WrittenNumber(self.manifest.normal(fields), protect, given, rules_of(read)), list(warnings)

    def _put(self, address: Address, entry: WrittenNumber | None, path: DocumentPath) -> list[Problem]:
        if address in self.places:
            summary = f"{address.key} is given twice, written in two ways"
            other = self.places[address]
            return [Problem(path, "defined-twice", summary, hint="keep one of the two", on_key=True, other=other)]
        self.places[address] = path
        if entry is None:
            return []
        merged = {**self.defaults.fields, **entry.fields}
        fields = {name: merged[name] for name in self.manifest.kind.names if name in merged}
        rules = self.defaults.ignore if entry.ignore is None else entry.ignore
        self.wanted[address] = Wanted(address, fields, purchase=entry.purchase, ignore=rules or ())
        if self.defaults.protect if entry.protect is None else entry.protect:
            self.protected.add(address)
        return []
