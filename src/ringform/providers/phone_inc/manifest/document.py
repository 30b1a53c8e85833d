"""A Phone.inc manifest: its sections, and the desired state that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ringform.calendar.dated_hours import DatedSection
from ringform.calendar.number_calendar import UTC_ZONE, NumberCalendar
from ringform.model.address import Address
from ringform.model.desired import Desired, Wanted
from ringform.model.diagnostic import MOST_LISTED, Severity
from ringform.model.guardrail import Limit
from ringform.model.messages import shown
from ringform.model.problem import DocumentPath, Problem
from ringform.model.values import Fields
from ringform.planning.pairing import cyclic
from ringform.planning.policy import Policy
from ringform.providers.phone_inc import guardrails
from ringform.providers.phone_inc.manifest import advice, employees, routing_tests
from ringform.providers.phone_inc.manifest.books import Books
from ringform.providers.phone_inc.manifest.employee_book import EmployeeBook
from ringform.providers.phone_inc.manifest.employee_names import EmployeeNames
from ringform.providers.phone_inc.manifest.employees import ByEmail, ByName
from ringform.providers.phone_inc.manifest.parsed import NumberEntry, PhoneIncDocument, used_references
from ringform.providers.phone_inc.manifest.routing_tests import Claim
from ringform.providers.phone_inc.manifest.sections import Document, NameSections
from ringform.providers.phone_inc.resources import contact, main_number
from ringform.providers.phone_inc.resources.contact import Contact
from ringform.providers.phone_inc.resources.main_number import MainNumber
from ringform.providers.shared.account import read_account
from ringform.providers.shared.calendar import closures, timezones
from ringform.providers.shared.calendar.advice import HOURS, about_dates, about_rotations
from ringform.providers.shared.calendar.rotations import read_groups
from ringform.providers.shared.field_types import phone_key
from ringform.providers.shared.guardrail_limits import read_limits
from ringform.providers.shared.ignore_changes import rules_of
from ringform.providers.shared.validation import check
from ringform.providers.written_form import WrittenForm

NAME = "phone.inc"

WARNINGS = frozenset({"dates-without-hours"})
"""The codes of this module's warnings. A comment in a manifest can silence them."""

_COMMON = ("version", "provider", "vars", "account")


def parse(document: Mapping[str, object], today: date) -> PhoneIncDocument:
    """Read a manifest whose texts are rendered; ``version``, ``provider`` and ``vars`` are the caller's business.

    ``today`` decides only which dates are over.
    """
    reader = _DocumentReader(document, today)
    reader.read()
    calendars = [(address, each.calendar) for address, each in reader.numbers.items()]
    references = used_references(reader.book, reader.wanted.values(), reader.claims)
    return PhoneIncDocument(
        problems=reader.problems,
        places=reader.places,
        state=Desired(reader.wanted, reader.exclusive, references),
        people=reader.book.people,
        policy=Policy(frozenset(reader.protected), reader.limits, reader.book.groups),
        dated=frozenset(address for address, each in calendars if each.has_dates),
        is_dated=any(each.has_dates or each.rotations for _, each in calendars),
        account=reader.account,
        books=reader.books,
        defaults=reader.defaults,
        numbers={address: each for address, each in reader.numbers.items() if address in reader.wanted},
        claims=reader.claims,
        form=WrittenForm(
            sections={main_number.KIND: "main_numbers", contact.KIND: "contacts"},
            keyed={"menu_options": "digit"},
            week=HOURS,
            naming=EmployeeNames(reader.book),
        ),
        references=reader.book.references,
    )


class _DocumentReader:
    """Reads the sections of a document, and collects its problems."""

    def __init__(self, document: Mapping[str, object], today: date) -> None:
        self.document = document
        self.today = today
        self.wanted: dict[Address, Wanted] = {}
        self.places: dict[Address, DocumentPath] = {}
        self.problems: list[Problem] = []
        self.exclusive: frozenset[str] = frozenset()
        self.book = EmployeeBook()
        self.books = Books(self.book)
        self.shared = DatedSection()
        self.numbers: dict[Address, NumberEntry] = {}
        self.protected: set[Address] = set()
        self.limits: Mapping[str, Limit] = {}
        self.claims: Sequence[Claim] = ()
        self.account: Address | None = None
        self.defaults: MainNumber | None = None
        self.above: Fields = {}
        self.errors = 0

    def read(self) -> None:
        """Read every section, in the order in which they build on each other."""
        rest = {key: value for key, value in self.document.items() if key not in (*_COMMON, *_ENTRY_SECTIONS)}
        self._read_names(rest)
        self._read_unlisted()
        self.account, problems = read_account(self.document, main_number.KIND, phone_key)
        self.problems += problems
        self.limits, problems = read_limits(self.document.get("guardrails"), guardrails.RULES)
        self.problems += problems
        self.defaults = self._read_defaults()
        self.above = main_number.managed(self.defaults, self.book)
        self.shared, problems = closures.read(self.document, (), self.today)
        self.problems += problems
        self._read_entries("main_numbers", main_number.KIND, self._main_number)
        self._check_dates()
        self._read_entries("contacts", contact.KIND, self._contact)
        self._check_renames()
        self.claims, problems = routing_tests.read_tests(self.document.get("tests"), self.book, self.wanted)
        written = self.document.get("main_numbers") or {}
        read = sum(address.kind == main_number.KIND for address in self.wanted)
        if not isinstance(written, Mapping) or read < len(written):
            # The number that is meant may well be one that has errors of its own.
            problems = [problem for problem in problems if problem.code != "unknown-number"]
        self.problems += problems

    def _read_names(self, rest: Mapping[str, object]) -> None:
        # A section whose entries are all commented out is no section.
        rest = {name: value for name, value in rest.items() if value is not None or name not in Document.model_fields}
        groups, problems = read_groups(rest.get("ring_groups"), self.today)
        self.problems += problems
        if "ring_groups" in rest:
            rest["ring_groups"] = groups.lists
        sections, problems = check(NameSections, rest, (), known=Document)
        self.problems += problems
        if sections is None:
            # Names whose section is broken cannot be told from misspelt ones: keep what can be read.
            sections = NameSections.model_construct(
                employees=_texts(rest.get("employees")), ring_groups=_lists(rest.get("ring_groups"))
            )
            lists = {**sections.ring_groups, **groups.members}
            broken = {problem.path[:2] for problem in problems}
            self.book, problems = employees.read_book(sections.employees, lists, groups.places)
            self.book.is_complete = all(isinstance(rest.get(name, {}), Mapping) for name in NameSections.model_fields)
            if self.book.is_complete:
                # What stands in for an employee is none of the manifest's, but the groups are as they were written.
                self.problems += [
                    each for each in problems if each.path[0] != "employees" and each.path[:2] not in broken
                ]
        else:
            lists = {**sections.ring_groups, **groups.members}
            self.book, problems = employees.read_book(sections.employees, lists, groups.places)
            self.problems += problems
        self.books = Books(self.book, sections.employees, lists, groups.rotations)

    def _read_unlisted(self) -> None:
        match self.document.get("unlisted_contacts", "keep"):
            case "delete" if "contacts" not in self.document:
                summary = "unlisted_contacts: delete would delete every contact: there is no contacts section"
                hint = "list the contacts that are to stay; if all of them are to go, write contacts: {}"
                self.problems.append(Problem(("unlisted_contacts",), "no-contacts", summary, hint=hint, on_key=True))
            case "delete":
                self.exclusive = frozenset({contact.KIND})
            case "keep":
                pass
            case other:
                summary = f"unlisted_contacts is keep or delete, not {shown(other)}"
                self.problems.append(Problem(("unlisted_contacts",), "invalid-value", summary, hint=_UNLISTED_HINT))

    def _read_defaults(self) -> MainNumber | None:
        defaults = self.document.get("defaults")
        if defaults is None:
            return None
        for name in closures.SECTIONS:
            if isinstance(defaults, Mapping) and name in defaults:
                hint = f"move {name} from the defaults to the top of the manifest, where they apply to every number"
                summary = f"{name} cannot be in the defaults"
                self.problems.append(Problem(("defaults", name), "unknown-field", summary, hint=hint, on_key=True))
        model, problems = main_number.read(defaults, self.book, ("defaults",))
        self.problems += problems
        return model

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
            number = phone_key(key, path)
            if isinstance(number, Problem):
                self._report(number)
                read(Address(kind, key), value, path)  # for its problems only
                continue
            address = Address(kind, number)
            if address in self.places:
                other = self.places[address]
                summary = f"{address.key} is given twice, written in two ways"
                hint = "keep one of the two"
                self._report(Problem(path, "defined-twice", summary, hint=hint, on_key=True, other=other))
                continue
            self.places[address] = path
            wanted = read(address, value, path)
            if wanted is not None:
                self.wanted[address] = wanted

    def _main_number(self, address: Address, value: object, path: DocumentPath) -> Wanted | None:
        model, problems = main_number.read(value, self.book, path)
        written = value if isinstance(value, Mapping) else {}
        own, date_problems = closures.read(written, path, self.today)
        self._report(*problems, *date_problems)
        if model is None:
            return None
        models = [each for each in (model, self.defaults) if each is not None]
        if next((each.protect for each in models if "protect" in each.model_fields_set), False):
            self.protected.add(address)
        city = next((each.timezone for each in models if "timezone" in each.model_fields_set), None)
        fields = main_number.merged(main_number.managed(model, self.book), self.above)
        week = fields.get(HOURS)
        zone = timezones.iana_name(city) if city else UTC_ZONE
        calendar = NumberCalendar(
            self.shared,
            own,
            zone,
            week if isinstance(week, Mapping) else None,
            self.books.rotations_in(main_number.groups(models, self.book)) if self.book.rotating else {},
        )
        self.numbers[address] = NumberEntry(model, calendar)
        self._report(*advice.about(fields, path), *about_dates(calendar, fields, list(written), path))
        self._report(*advice.about_closures(calendar, fields, written, path))
        self._report(*about_rotations(calendar, fields, path))
        rules = next((each for model in models if (each := rules_of(model, zone)) is not None), ())
        return Wanted(address, fields, ignore=rules)

    def _check_dates(self) -> None:
        """Warn of dates at the top that no number uses."""
        has_hours = any("opening_hours" in wanted.fields for wanted in self.wanted.values())
        for name in closures.SECTIONS:
            if self.document.get(name) and not has_hours and not self.errors:
                summary = f"{name} have no effect: no number of this manifest has opening_hours"
                hint = "add opening_hours, the normal week, to the numbers that need it"
                problem = Problem((name,), "dates-without-hours", summary, Severity.WARNING, hint=hint, on_key=True)
                self.problems.append(problem)

    def _contact(self, address: Address, value: object, path: DocumentPath) -> Wanted | None:
        model, problems = check(Contact, {} if value is None else value, path)
        self._report(*problems)
        if model is None:
            return None
        was = Address(contact.KIND, model.was) if model.was else None
        if was == address:
            hint = 'remove "was", or give the number it had before'
            summary = f"{address.key} cannot have been {address.key} before: this is the same number"
            self._report(Problem((*path, "was"), "renamed-to-itself", summary, hint=hint))
        return Wanted(address, contact.managed(model), absent=bool(model.absent), was=was)

    def _report(self, *problems: Problem) -> None:
        self.problems += problems
        self.errors += sum(problem.severity is Severity.ERROR for problem in problems)

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
                summary = f"{address.key} takes the number of a contact that in turn takes the number of this one"
                hint = "give the number that each contact had before; to swap two contacts, swap their other fields"
                self._report(Problem((*self.places[address], "was"), "rename-cycle", summary, hint=hint))


_UNLISTED_HINT = "keep leaves contacts that are not listed here alone, delete removes them"
_ENTRY_SECTIONS = (
    "tests", "guardrails", "defaults", "main_numbers", "contacts", "unlisted_contacts", *closures.SECTIONS,
)  # fmt: skip


def _texts(section: Any) -> dict[str, str | ByEmail | ByName]:
    entries = section.items() if isinstance(section, Mapping) else ()
    return {name: value if isinstance(value, str) and "@" not in value else f"?{name}" for name, value in entries}


def _lists(section: Any) -> dict[str, list[str]]:
    entries = section.items() if isinstance(section, Mapping) else ()
    return {
        name: [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
        for name, value in entries
    }
