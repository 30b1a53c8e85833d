"""The state of one company's account: data, and no HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from ringform.sandbox.phone_inc.call_flows import Flow, render_flow
from ringform.sandbox.phone_inc.errors import NotFoundError
from ringform.sandbox.phone_inc.ids import Counters
from ringform.sandbox.phone_inc.opening_hours import DAY_NAMES, OpeningDay, is_week
from ringform.sandbox.section import Section
from ringform.sandbox.store import StateError, sound


@dataclass
class Employee:
    """Somebody who can take calls; one with a pending invitation has not signed in yet."""

    id: str
    name: str
    email: str
    phone: str | None
    invitation_pending: bool
    created_at: str
    updated_at: str


@dataclass
class MainNumber:
    """Main numbers document, 'The main number model'."""

    id: str
    name: str
    number: str
    timezone: str
    language: str
    recording_enabled: bool
    incoming_call_config: Flow
    outside_opening_hours_config: Flow | None
    no_answer_config: Flow | None
    no_answer_timeout_secs: int | None
    opening_hours: list[OpeningDay]


@dataclass
class Contact:
    """Contacts document, 'The contact model'."""

    id: str
    name: str | None
    email: str | None
    phone: str
    company_name: str | None
    note: str | None
    created_at: str
    updated_at: str


@dataclass
class Call:
    """Calls document, 'The call model'; the main number's and employees' names are looked up when read."""

    id: str
    main_number_id: str
    from_number: str
    to_number: str
    direction: str
    state: str
    started_at: str | None
    answered_at: str | None
    duration: int | None
    summary: str | None
    transcription: str | None
    transcription_segments: list[dict[str, str | None]] | None
    recorded: bool
    employee_ids: list[str]
    initiated_by: str | None


@dataclass
class Account(Section):
    """One company."""

    employees: dict[str, Employee] = field(default_factory=dict)
    main_numbers: dict[str, MainNumber] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    counters: Counters = field(default_factory=Counters)
    keeps_timer_without_flow: bool = True
    """Whether a ring timer stays without a no-answer flow, which the document does not say."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.contacts_json: bytes | None = None
        """The rendered list of contacts, kept until the next change: it may be tens of megabytes."""

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock for a change of anything, then drop what was rendered and save the state."""
        with super().changing():
            yield
            self.contacts_json = None

    def main_number(self, key: str) -> MainNumber:
        """Find a main number by id, or by its number in E.164 form."""
        if key in self.main_numbers:
            return self.main_numbers[key]
        for number in self.main_numbers.values():
            if number.number == key:
                return number
        raise NotFoundError("Main number")

    def edit_main_number(self, id_or_number: str, **changes: Any) -> None:
        """Change a main number's settings as somebody in the dashboard does, round the API and its checks.

        Settings carry the names and shapes of the API; a flow may come without option ids and audio URLs,
        and days without names. What the API would refuse, such as an unknown flow type, is stored as given.
        """
        with self.changing():
            main_number = self.main_number(id_or_number)
            unknown = changes.keys() - {item.name for item in fields(MainNumber)}
            if unknown:
                raise ValueError(f"a main number has no {', '.join(sorted(unknown))}")
            for name, value in changes.items():
                new = value
                if name.endswith("_config") and value is not None:
                    new = render_flow(self.counters, value)
                elif name == "opening_hours":
                    new = [{**day, "day_name": DAY_NAMES[day["day_of_week"]]} for day in value]
                setattr(main_number, name, new)

    def to_state(self) -> dict[str, Any]:
        """Return the section for the state file."""
        with self.lock:
            return {
                "counters": asdict(self.counters),
                "employees": [vars(employee) for employee in self.employees.values()],
                "main_numbers": [vars(number) for number in self.main_numbers.values()],
                "contacts": [vars(contact) for contact in self.contacts.values()],
                "calls": [vars(call) for call in self.calls.values()],
            }

    @classmethod
    def from_state(cls, section: object) -> Account:
        """Build an account from the section of a state file."""
        state = sound(_State, section, "phone_inc")
        for main_number in state.main_numbers:
            if not is_week(main_number.opening_hours):
                raise StateError(
                    f"The sandbox's state file holds no sound account: the opening hours of {main_number.name} "
                    "are not seven days. Repair it, or move it away to start from a fresh account."
                )
        return cls(
            employees={employee.id: employee for employee in state.employees},
            main_numbers={number.id: number for number in state.main_numbers},
            contacts={contact.id: contact for contact in state.contacts},
            calls={call.id: call for call in state.calls},
            counters=state.counters,
        )


@dataclass
class _State:
    counters: Counters
    employees: list[Employee]
    main_numbers: list[MainNumber]
    contacts: list[Contact]
    calls: list[Call]
