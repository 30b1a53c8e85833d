"""A Phone.inc manifest: its sections, and what they come to as a desired state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ringform.core.address import Address
from ringform.core.desired import Desired, Wanted
from ringform.core.diagnostic import MOST_LISTED, Severity
from ringform.core.guardrails import RULES, Limit
from ringform.core.pairing import cyclic
from ringform.core.phone import NotAPhoneNumber, to_e164
from ringform.core.routing_test import RoutingTest
from ringform.core.values import Json
from ringform.core.words import shown
from ringform.providers.base import DocumentPath, Interpretation, Problem
from ringform.providers.guardrail_limits import read_limits
from ringform.providers.phone_inc import advice, contact, employees, guardrails, main_number, routing_tests
from ringform.providers.phone_inc.contact import Contact
from ringform.providers.phone_inc.employee_book import EmployeeBook
from ringform.providers.phone_inc.employees import ByEmail, ByName
from ringform.providers.phone_inc.sections import Document, Sections
from ringform.providers.validation import check

NAME = "phone.inc"

_COMMON = ("version", "provider", "vars")


def interpret(document: Mapping[str, object]) -> Interpretation:
    """Read a manifest whose texts are rendered; ``version``, ``provider`` and ``vars`` are the caller's business."""
    reader = _Reader(document)
    reader.read()
    used = reader.used_tokens()
    return Interpretation(
        desired=Desired(
            wanted=reader.wanted,
            exclusive=reader.exclusive,
            people=reader.book.people,
            groups=reader.book.groups,
            references=tuple(each for each in reader.book.references if each.token in used),
            protected=frozenset(reader.protected),
            limits=reader.limits,
            tests=tuple(reader.tests),
        ),
        places=reader.places,
        problems=reader.problems,
    )


class _Reader:
    """Gathers the desired state and the problems of one document."""

    def __init__(self, document: Mapping[str, object]) -> None:
        self.document = document
        self.wanted: dict[Address, Wanted] = {}
        self.places: dict[Address, DocumentPath] = {}
        self.problems: list[Problem] = []
        self.exclusive: frozenset[str] = frozenset()
        self.book = EmployeeBook()
        self.protected: set[Address] = set()
        self.protects_by_default = False
        self.limits: Mapping[str, Limit] = {}
        self.tests: Sequence[RoutingTest] = ()
        self.errors = 0

    def read(self) -> None:
        rest = {key: value for key, value in self.document.items() if key not in (*_COMMON, *_ENTRY_SECTIONS)}
        self._read_names(rest)
        self._read_unlisted()
        self.limits, found = read_limits(self.document.get("guardrails"), (*RULES, *guardrails.RULES))
        self.problems += found
        defaults = self._read_defaults()
        self._read_entries("main_numbers", main_number.KIND, lambda *entry: self._main_number(defaults, *entry))
        self._read_entries("contacts", contact.KIND, self._contact)
        self._check_renames()
        self.tests, found = routing_tests.read_tests(self.document.get("tests"), self.book, self.wanted)
        self.problems += found

    def used_tokens(self) -> set[str]:
        """The stand-ins for employees that must be looked up, where they ring or are claimed to: nobody else is."""
        fields = (value for wanted in self.wanted.values() for value in wanted.fields.values())
        return {token for value in fields for token in _tokens(value)} | {
            token for test in self.tests for token in test.rings or ()
        }

    def _read_names(self, rest: Mapping[str, object]) -> None:
        # A section whose entries are all commented out is no section.
        rest = {name: value for name, value in rest.items() if value is not None or name not in Document.model_fields}
        sections, found = check(Sections, rest, (), known=Document)
        self.problems += found
        if sections is None:
            # Names whose section is broken cannot be told from misspelt ones: keep what can be read.
            sections = Sections.model_construct(
                employees=_texts(rest.get("employees")), ring_groups=_lists(rest.get("ring_groups"))
            )
            self.book, _ = employees.read_book(sections.employees, sections.ring_groups)
            self.book.is_complete = all(isinstance(rest.get(name, {}), Mapping) for name in Sections.model_fields)
        else:
            self.book, found = employees.read_book(sections.employees, sections.ring_groups)
            self.problems += found

    def _read_unlisted(self) -> None:
        match self.document.get("unlisted_contacts", "keep"):
            case "delete":
                self.exclusive = frozenset({contact.KIND})
            case "keep":
                pass
            case other:
                summary = f"unlisted_contacts is keep or delete, not {shown(other)}"
                self.problems.append(Problem(("unlisted_contacts",), "invalid-value", summary, hint=_UNLISTED_HINT))

    def _read_defaults(self) -> dict[str, Json]:
        if self.document.get("defaults") is None:
            return {}
        model, found = main_number.read(self.document["defaults"], self.book, ("defaults",))
        self.problems += found
        if model is None:
            return {}
        self.protects_by_default = model.protect
        return main_number.managed(model, self.book)

    def _read_entries(
        self, section: str, kind: str, read: Callable[[Address, object, DocumentPath], Wanted | None]
    ) -> None:
        entries = self.document.get(section)
        if entries is None:
            return
        if not isinstance(entries, Mapping):
            summary = f"{section} must be a mapping of phone numbers, but here is {shown(entries)}"
            hint = 'write each number as a name of its own, without a dash: "+4520123456": {name: ...}'
            self.problems.append(Problem((section,), "wrong-kind", summary, hint=hint))
            return
        for key, value in entries.items():
            if self.errors > MOST_LISTED:
                return  # no more would be listed
            path = (section, key)
            try:
                address = Address(kind, to_e164(key))
            except NotAPhoneNumber as error:
                hint = "a template can stand in values only: write the number out" if "{{" in key else str(error)
                summary = f"{shown(key)} is not a phone number"
                self._report(Problem(path, "bad-phone-number", summary, hint=hint, on_key=True))
                read(Address(kind, key), value, path)  # for its problems only
                continue
            if address in self.places:
                other = self.places[address]
                summary = f"{address.key} is given twice, in two ways of writing it"
                hint = "keep one of the two"
                self._report(Problem(path, "defined-twice", summary, hint=hint, on_key=True, other=other))
                continue
            self.places[address] = path
            wanted = read(address, value, path)
            if wanted is not None:
                self.wanted[address] = wanted

    def _main_number(
        self, defaults: Mapping[str, Json], address: Address, value: object, path: DocumentPath
    ) -> Wanted | None:
        model, found = main_number.read(value, self.book, path)
        self._report(*found)
        if model is None:
            return None
        fields = main_number.managed(model, self.book)
        if model.protect if "protect" in model.model_fields_set else self.protects_by_default:
            self.protected.add(address)
        merged = {name: {**defaults, **fields}[name] for name in main_number.FIELDS if name in {**defaults, **fields}}
        self._report(*advice.about(merged, path))
        return Wanted(address, merged)

    def _contact(self, address: Address, value: object, path: DocumentPath) -> Wanted | None:
        model, found = check(Contact, {} if value is None else value, path)
        self._report(*found)
        if model is None:
            return None
        was = Address(contact.KIND, model.was) if model.was else None
        if was == address:
            hint = 'remove "was", or give the number it had before'
            summary = f"{address.key} cannot have been {address.key} before: this is the same number"
            self._report(Problem((*path, "was"), "renamed-to-itself", summary, hint=hint))
        return Wanted(address, contact.managed(model), absent=bool(model.absent), was=was)

    def _report(self, *found: Problem) -> None:
        self.problems += found
        self.errors += sum(problem.severity is Severity.ERROR for problem in found)

    def _check_renames(self) -> None:
        first: dict[Address, Address] = {}
        for address, wanted in self.wanted.items():
            if self.errors > MOST_LISTED:
                return
            if wanted.was is not None and first.setdefault(wanted.was, address) != address:
                path, other = ((*self.places[each], "was") for each in (address, first[wanted.was]))
                summary = f"two contacts say that they were {wanted.was.key}"
                self._report(Problem(path, "renamed-twice", summary, hint="keep one of the two", other=other))
        for address in cyclic({address: wanted.was for address, wanted in self.wanted.items() if wanted.was}):
            if self.wanted[address].was != address:
                summary = f"{address.key} takes the number of a contact that takes, in turn, the number of this one"
                hint = "give the number that each contact had before; to swap two contacts, swap their other fields"
                self._report(Problem((*self.places[address], "was"), "rename-cycle", summary, hint=hint))


_UNLISTED_HINT = "keep leaves contacts that are not listed here alone, delete removes them"
_ENTRY_SECTIONS = ("tests", "guardrails", "defaults", "main_numbers", "contacts", "unlisted_contacts")


def _tokens(value: Json) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _tokens(inner)
    elif isinstance(value, list):
        yield from map(str, value)


def _texts(section: Any) -> dict[str, str | ByEmail | ByName]:
    entries = section.items() if isinstance(section, Mapping) else ()
    return {name: value if isinstance(value, str) and "@" not in value else f"?{name}" for name, value in entries}


def _lists(section: Any) -> dict[str, list[str]]:
    entries = section.items() if isinstance(section, Mapping) else ()
    return {
        name: [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
        for name, value in entries
    }
