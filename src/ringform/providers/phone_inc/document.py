"""A Phone.inc manifest: its sections, and what they come to as a desired state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from ringform.core.address import Address
from ringform.core.desired import Desired, Wanted
from ringform.core.diagnostic import Severity
from ringform.core.phone import NotAPhoneNumber, to_e164
from ringform.core.values import Json
from ringform.providers.base import DocumentPath, Interpretation, Problem
from ringform.providers.phone_inc import contact, employees, main_number
from ringform.providers.phone_inc.contact import Contact
from ringform.providers.phone_inc.employees import ByEmail, ByName, EmployeeBook
from ringform.providers.phone_inc.flows import Strict
from ringform.providers.phone_inc.main_number import MainNumber
from ringform.providers.validation import check

NAME = "phone.inc"


class Sections(Strict):
    """The parts of a manifest that names, rather than entries, make up; entries are read one by one."""

    employees: Annotated[
        dict[str, Annotated[str, Field(description="The employee's id.")] | ByEmail | ByName],
        Field(description="Readable names for employees."),
    ] = Field(default_factory=dict)
    ring_groups: Annotated[
        dict[str, Annotated[list[str], Field(min_length=1)]],
        Field(description="Names for several employees who ring together. A group may hold other groups."),
    ] = Field(default_factory=dict)


class Document(Sections):
    """A ringform manifest for Phone.inc."""

    version: Literal[1] = Field(description="The version of the manifest's format.")
    provider: Literal["phone.inc"] = Field("phone.inc", description="Whose API the numbers live in.")
    vars: Annotated[dict[str, str | int | float | bool], Field(description="Values for {{ name }} in texts.")] = Field(
        default_factory=dict
    )
    defaults: Annotated[MainNumber | None, Field(description="Fields for every main number that lacks them.")] = None
    main_numbers: Annotated[
        dict[str, MainNumber | None],
        Field(description="How each number answers, by its number with country code.", examples=["+14155551234"]),
    ] = Field(default_factory=dict)
    contacts: Annotated[
        dict[str, Contact | None], Field(description="The address book, by number with country code.")
    ] = Field(default_factory=dict)
    unlisted_contacts: Literal["keep", "delete"] = Field(
        "keep", description="What happens to contacts that the manifest does not list."
    )


_COMMON = ("version", "provider", "vars")


def interpret(document: Mapping[str, object]) -> Interpretation:
    """Read a manifest whose texts are rendered; ``version``, ``provider`` and ``vars`` are the caller's business."""
    reader = _Reader(document)
    reader.read()
    return Interpretation(
        desired=Desired(
            provider=NAME,
            wanted=reader.wanted,
            exclusive=reader.exclusive,
            people=reader.book.people,
            references=tuple(reader.book.references),
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

    def read(self) -> None:
        rest = {key: value for key, value in self.document.items() if key not in (*_COMMON, *_ENTRY_SECTIONS)}
        self._read_names(rest)
        self._read_unlisted()
        defaults = self._read_defaults()
        self._read_entries("main_numbers", main_number.KIND, lambda *entry: self._main_number(defaults, *entry))
        self._read_entries("contacts", contact.KIND, self._contact)
        self._check_renames()

    def _read_names(self, rest: Mapping[str, object]) -> None:
        sections, found = check(Sections, rest, (), known=Document)
        self.problems += found
        if sections is None:
            # Names whose section is broken cannot be told from misspelt ones: keep what can be read.
            sections = Sections.model_construct(
                employees=_texts(rest.get("employees")), ring_groups=_lists(rest.get("ring_groups"))
            )
            self.book, _ = employees.read_book(sections.employees, sections.ring_groups)
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
                path = ("unlisted_contacts",)
                self.problems.append(
                    Problem(path, "invalid-value", f"{other!r} is not a choice here", hint="write keep or delete")
                )

    def _read_defaults(self) -> dict[str, Json]:
        if self.document.get("defaults") is None:
            return {}
        model, found = check(MainNumber, self.document["defaults"], ("defaults",))
        self.problems += found
        if model is None:
            return {}
        fields, found = main_number.managed(model, self.book, ("defaults",))
        self.problems += found
        return fields

    def _read_entries(
        self, section: str, kind: str, read: Callable[[Address, object, DocumentPath], Wanted | None]
    ) -> None:
        entries = self.document.get(section)
        if entries is None:
            return
        if not isinstance(entries, Mapping):
            summary = f"{section} must be a mapping of phone numbers"
            self.problems.append(Problem((section,), "wrong-kind", summary, hint='write "+4520123456": {...}'))
            return
        for key, value in entries.items():
            path = (section, key)
            try:
                address = Address(kind, to_e164(key))
            except NotAPhoneNumber as error:
                summary = f"{key[:40]!r} is not a phone number"
                self.problems.append(Problem(path, "bad-phone-number", summary, hint=str(error), on_key=True))
                read(Address(kind, key), value, path)  # for its problems only
                continue
            if address in self.places:
                other = self.places[address]
                summary = f"{address.key} is given twice, in two ways of writing it"
                self.problems.append(
                    Problem(path, "defined-twice", summary, hint="keep one of the two", on_key=True, other=other)
                )
                continue
            self.places[address] = path
            wanted = read(address, value, path)
            if wanted is not None:
                self.wanted[address] = wanted

    def _main_number(
        self, defaults: Mapping[str, Json], address: Address, value: object, path: DocumentPath
    ) -> Wanted | None:
        model, found = check(MainNumber, {} if value is None else value, path)
        self.problems += found
        if model is None:
            return None
        fields, found = main_number.managed(model, self.book, path)
        self.problems += found
        merged = {name: {**defaults, **fields}[name] for name in main_number.FIELDS if name in {**defaults, **fields}}
        self.problems += _advice(merged, path)
        return Wanted(address, merged)

    def _contact(self, address: Address, value: object, path: DocumentPath) -> Wanted | None:
        model, found = check(Contact, {} if value is None else value, path)
        self.problems += found
        if model is None:
            return None
        was = Address(contact.KIND, model.was) if model.was else None
        if was == address:
            hint = 'remove "was", or give the number it had before'
            self.problems.append(Problem((*path, "was"), "renamed-to-itself", "this is the same number", hint=hint))
        return Wanted(address, contact.managed(model), absent=bool(model.absent), was=was)

    def _check_renames(self) -> None:
        first: dict[Address, Address] = {}
        for address, wanted in self.wanted.items():
            if wanted.was is not None and first.setdefault(wanted.was, address) != address:
                path, other = ((*self.places[each], "was") for each in (address, first[wanted.was]))
                summary = f"two contacts say that they were {wanted.was.key}"
                self.problems.append(Problem(path, "renamed-twice", summary, hint="keep one of the two", other=other))


_ENTRY_SECTIONS = ("defaults", "main_numbers", "contacts", "unlisted_contacts")


def _advice(fields: Mapping[str, Json], path: DocumentPath) -> list[Problem]:
    """What is allowed and yet surely not meant (main numbers document, ``no_answer_timeout_secs``)."""
    found = []
    flow, timer = "no_answer_config", "no_answer_timeout_secs"
    if fields.get(flow) is not None and fields.get(timer) is None:
        state = "is off" if timer in fields else "is not in the manifest"
        summary = f"{flow} has no timer: {timer} {state}"
        detail = "Without a timer calls ring until they end, and this flow never runs."
        hint = f"add {timer}: 30"
        found.append(Problem((*path, flow), "flow-without-timer", summary, Severity.WARNING, detail, hint, on_key=True))
    if fields.get(timer) is not None and flow in fields and fields[flow] is None:
        summary = f"{timer} is set, but {flow} is null"
        detail = "Nothing is documented to happen when the timer ends: the call still rings out."
        hint = f"add a {flow}, or set {timer}: null"
        found.append(
            Problem((*path, timer), "timer-without-flow", summary, Severity.WARNING, detail, hint, on_key=True)
        )
    for slot, config in fields.items():
        options = config.get("menu_options") if isinstance(config, Mapping) else None
        for digit, option in options.items() if isinstance(options, Mapping) else ():
            if isinstance(option, Mapping) and option.get("action_type") == "TransferConfig" and "prompt" in option:
                summary = f"key {digit} has a prompt that is not played: a TransferConfig rings at once"
                hint = "use WelcomeTransferConfig to play it first, or remove the prompt"
                place = (*path, slot, "menu_options", digit, "prompt")
                found.append(Problem(place, "prompt-not-played", summary, Severity.WARNING, hint=hint, on_key=True))
    return found


def _texts(section: Any) -> dict[str, str | ByEmail | ByName]:
    entries = section.items() if isinstance(section, Mapping) else ()
    return {name: value if isinstance(value, str) and "@" not in value else f"?{name}" for name, value in entries}


def _lists(section: Any) -> dict[str, list[str]]:
    entries = section.items() if isinstance(section, Mapping) else ()
    return {
        name: [each for each in value if isinstance(each, str)] for name, value in entries if isinstance(value, list)
    }
