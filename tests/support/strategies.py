"""Random accounts, and random manifests for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from ringform.sandbox.phone_inc.account import Account, Contact, Employee, MainNumber
from ringform.sandbox.phone_inc.call_flows import FIELDS as FLOW_FIELDS
from ringform.sandbox.phone_inc.call_flows import PROMPTED, TRANSFERS, Flow, check_flow, render_flow
from ringform.sandbox.phone_inc.ids import uuid
from ringform.sandbox.phone_inc.opening_hours import check_opening_hours, week
from ringform.sandbox.phone_inc.validation import Errors

Document = dict[str, Any]

NUMBERS = ("+14155551234", "+14155555678", "+4570100200", "+442079461000", "+493012345678")
PHONES = ("+4520000001", "+4520000002", "+4520000003", "+12065550100", "+12065550101", "+442079460999")
FREE_PHONES = ("+4530000001", "+4530000002", "+12125550100", "+12125550101")
ZONES = ("Copenhagen", "Europe/Copenhagen", "London", "New_York", "America/New_York", "Berlin", "Asia/Tokyo")
TIMERS = (None, 0, 10, 20, 30, 40, 50, 60)
MANAGED = (
    "name",
    "timezone",
    "language",
    "recording_enabled",
    "incoming_call_config",
    "outside_opening_hours_config",
    "no_answer_config",
    "no_answer_timeout_secs",
    "opening_hours",
)

# Blank to Rails, and so refused, is what has nothing but white space. No manifest may hold control characters.
texts = st.one_of(
    st.sampled_from(
        ["Tak for dit opkald", "Læg en besked 👋", "{{ company }} {% x %} {# y #}", "no", "12:30", "# a: 'b'", 'q"\\q']
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=30),
).filter(lambda text: text.strip() != "")
names = st.from_regex(r"[A-Za-z0-9 \-_~!.+]{1,20}", fullmatch=True).filter(lambda text: text.strip() != "")
languages = st.sampled_from(["da", "en", "no", "de", "en-GB"])
emails = st.sampled_from([None, "", "niklas@example.com", "o'brien+x@mail.example.org", "a.b@example.dk"])
optional_texts = st.none() | st.just("") | texts


@st.composite
def days(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A week as the API's seven objects, in any order."""
    clock = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
    found = []
    for number in draw(st.permutations(range(7))):
        opening, closing = sorted(draw(st.lists(clock | st.just("24:00"), min_size=2, max_size=2, unique=True)))
        found.append({"day_of_week": number, "open": draw(st.booleans()), "opening_at": opening, "closing_at": closing})
    return found


@st.composite
def flows(draw: st.DrawFn, employees: Sequence[str]) -> Flow:
    """A routing config as a client may send it."""
    people = st.lists(st.sampled_from(employees), min_size=1, unique=True)
    kind = draw(st.sampled_from(sorted(FLOW_FIELDS)))
    flow: Flow = {"type": kind}
    for field in FLOW_FIELDS[kind]:
        if field == "employee_ids":
            flow[field] = draw(people)
        elif field == "menu_options":
            digits = draw(st.lists(st.sampled_from("123456789"), min_size=1, max_size=4, unique=True))
            flow[field] = [draw(_options(digit, people)) for digit in digits]
        else:
            flow[field] = draw(texts)
    return flow


@st.composite
def _options(draw: st.DrawFn, digit: str, people: st.SearchStrategy[list[str]]) -> dict[str, Any]:
    action = draw(st.sampled_from(sorted({*PROMPTED, *TRANSFERS})))
    option: dict[str, Any] = {"digit": digit, "action_type": action}
    if action in PROMPTED or draw(st.booleans()):
        option["prompt"] = draw(texts)
    if action in TRANSFERS:
        option["employee_ids"] = draw(people)
    return option


def settings(employees: Sequence[str]) -> dict[str, st.SearchStrategy[Any]]:
    """A value for each setting of a main number, as a client may send it and a manifest may hold it."""
    flow = flows(employees)
    return {
        "name": names,
        "timezone": st.sampled_from(ZONES),
        "language": languages,
        "recording_enabled": st.booleans(),
        "incoming_call_config": flow,
        "outside_opening_hours_config": st.none() | flow,
        "no_answer_config": st.none() | flow,
        "no_answer_timeout_secs": st.sampled_from(TIMERS),
        "opening_hours": days(),
    }


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """An account that the API's own checks let come about, of one to four numbers and up to six contacts."""
    account = Account()
    at = "2026-06-10T10:00:00Z"
    for index in range(draw(st.integers(1, 4))):
        person = Employee(uuid(7, "employee", index), f"Person {index}", f"p{index}@example.com", None, False, at, at)
        account.employees[person.id] = person
    for number in draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=4, unique=True)):
        values = draw(st.fixed_dictionaries(settings(list(account.employees))))
        for name, value in values.items():
            if name.endswith("_config") and value is not None:
                values[name] = stored(account, value)
        values["opening_hours"] = check_opening_hours(values["opening_hours"], week("08:00", "16:00", ()), Errors())
        id_ = uuid(7, "main_number", NUMBERS.index(number))
        account.main_numbers[id_] = MainNumber(id=id_, number=number, **values)
    for phone in draw(st.lists(st.sampled_from(PHONES), unique=True)):
        fields = draw(contact_fields)
        id_ = account.counters.new_contact_id()
        blank: dict[str, Any] = dict.fromkeys(("name", "email", "company_name", "note"))
        account.contacts[id_] = Contact(id=id_, phone=phone, created_at=at, updated_at=at, **{**blank, **fields})
    return account


contact_fields = st.fixed_dictionaries(
    {}, optional={"name": optional_texts, "email": emails, "company_name": optional_texts, "note": optional_texts}
)


def stored(account: Account, flow: Flow) -> Flow:
    """A config as the account keeps it once it has been sent."""
    errors = Errors()
    checked = check_flow(account.employees, flow, errors)
    errors.raise_any()
    return render_flow(account.counters, checked)


@st.composite
def manifests(draw: st.DrawFn, account: Account) -> Document:
    """A manifest for an account, with some fields as they are there, some different, and some not managed."""
    document: Document = {"version": 1, "main_numbers": {}, "contacts": draw(_contacts(account))}
    values = settings(list(account.employees))
    for live in account.main_numbers.values():
        if draw(st.integers(0, 3)) == 0:
            continue
        entry: Document = {}
        for name in MANAGED:
            match draw(st.sampled_from(["not managed", "as it is", "other"])):
                case "as it is":
                    entry[name] = as_sent(getattr(live, name))
                case "other":
                    entry[name] = draw(values[name])
        document["main_numbers"][live.number] = entry
    if draw(st.booleans()):
        document["unlisted_contacts"] = draw(st.sampled_from(["keep", "delete"]))
    return document


def as_sent(value: Any) -> Any:
    """What was read of an account, as a manifest writes it: without what the server adds."""
    if isinstance(value, Mapping) and "type" in value:
        kept = {name: inner for name, inner in value.items() if not name.endswith("_audio_url")}
        if "menu_options" in kept:
            kept["menu_options"] = [
                {
                    name: inner
                    for name, inner in option.items()
                    if name in ("digit", "action_type", "prompt", "employee_ids") and inner
                }
                for option in kept["menu_options"]
            ]
        return kept
    return value


@st.composite
def _contacts(draw: st.DrawFn, account: Account) -> Document:
    """Entries for some of the contacts: kept, changed, gone, renamed one into the other's place, and new ones."""
    entries: Document = {}
    free = list(draw(st.permutations(FREE_PHONES)))
    freed: str | None = None
    for live in draw(st.permutations(list(account.contacts.values()))):
        match draw(st.sampled_from(["not listed", "listed", "absent", "renamed", "renamed"])):
            case "listed":
                entries[live.phone] = draw(contact_fields)
            case "absent":
                entries[live.phone] = {"absent": True}
            case "renamed" if freed is not None or free:
                target = freed if freed is not None and draw(st.booleans()) else free.pop() if free else freed
                assert target is not None
                entries[target] = {**draw(contact_fields), "was": live.phone}
                if target == freed or freed is None:
                    freed = live.phone
            case _:
                pass
    news = [*free[: draw(st.integers(0, 1))]]
    if freed is not None and freed not in entries and draw(st.booleans()):
        news.append(freed)
    for phone in news:
        entries[phone] = draw(contact_fields)
    return {phone: entries[phone] for phone in draw(st.permutations(list(entries)))}
