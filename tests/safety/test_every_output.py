"""Every command in every format, on an account and a manifest full of hostile texts: the raw bytes do no harm, and a
parser of the format reads the texts as they were.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import click
import pytest
import yaml
from cli.harness import Ringform, sandbox_for_all, settings_for
from support import twelve

from ringform.cli.app import cli
from ringform.sandbox.oneinbox.example import FRONT_DESK
from ringform.sandbox.phone_inc.account import Call, Contact
from ringform.sandbox.phone_inc.example import MARIA, SALES

IN_MANIFEST = [
    "##vso[task.setvariable variable=x]y",
    "::error file=x::gone",
    "a ##[error]b ###[group]c",
    "line one\n::stop-commands::x",
    "one ::add-mask::x",
    "##teamcity[message text='x']",
    "\u202egnp.exe",
    "\u2066isolated\u2069",
    "\u200bzero\u00ad\ufeff",
    "a\u2028b\u2029c",
    "\U000e0041tag",
]
"""Texts that a manifest may hold."""

IN_ACCOUNT = [*IN_MANIFEST, "section_start:1:x\r\x1b[0Kheader", "\x1b[2J\x1b]0;title\x07", "\x9b31m\x7f\x85"]
"""Texts that an account may hold."""

FILE = "a##vso[x]\u202e\n::error::y\x1b[2J.yaml"
"""A name of a file, as a pull request may bring it."""

NUMBER = "+14155551234"
EVERYTHING = " ".join(IN_MANIFEST)

COMMAND = re.compile(r"##(vso|\w*\[)|::(?=[a-z-]+[ :])|section_(start|end):\d+:\w+\r", re.IGNORECASE)
"""What Azure, GitHub, TeamCity and GitLab take for a command, wherever in a line it stands."""

OWN_COMMAND = re.compile(r"^(::(error|warning|notice) [^:\n]*::|##vso\[task\.logissue [^\]\n]*\])", re.MULTILINE)
"""The commands to GitHub and Azure that a line of their formats begins with."""
COMMANDS = ("github", "azure")


def check_bytes(raw: bytes, what: str) -> None:
    """Nothing that acts on a terminal, a log or an eye is in it. Lines may end with CR LF."""
    text = raw.decode("utf-8").replace("\r\n", "\n")
    assert (found := COMMAND.search(text)) is None, f"{what}: {text[found.start() - 60 : found.end() + 60]!r}"
    hidden = {each for each in text if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}
    assert hidden <= {"\n", "\t"}, f"{what}: {hidden!r}"


def shown(text: str) -> str:
    """A text as a picture for people shows it: on one line, hidden characters as escapes."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in " ".join(text.split())
    )


# What a real parser reads from each format.


def of_json(text: str) -> Iterator[str]:
    yield from _texts(json.loads(text))


def of_yaml(text: str) -> Iterator[str]:
    yield from _texts(yaml.load(text, yaml.SafeLoader))


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                yield from (*_texts(key), *_texts(inner))
        case list():
            for inner in value:
                yield from _texts(inner)
        case _:
            pass


def of_xml(text: str) -> Iterator[str]:
    for element in ET.fromstring(text).iter():
        yield from (element.text or "", *element.attrib.values())


def of_html(text: str) -> Iterator[str]:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.read: list[str] = []

        def handle_data(self, data: str) -> None:
            self.read.append(data)

    reader = Reader()
    reader.feed(text)
    reader.close()
    yield from reader.read


def of_mermaid(text: str) -> Iterator[str]:
    yield re.sub(r"#(\d+);", lambda code: chr(int(code[1])), text)


def of_ical(text: str) -> Iterator[str]:
    for line in text.replace("\r\n ", "").replace("\n ", "").splitlines():
        yield re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line.partition(":")[2])


def without_hidden(text: str) -> str:
    """A text as iCalendar can hold it, which has no escapes for these characters."""
    return "".join(each for each in text if each.isprintable() or each == "\n")


def unchanged(text: str) -> str:
    return text


@dataclass(frozen=True)
class Form:
    """How texts are read back from a format, and as what."""

    read: Callable[[str], Iterable[str]]
    expected: Callable[[str], str] = unchanged


FORMS = {
    "json": Form(of_json),
    "yaml": Form(of_yaml),
    "junit": Form(of_xml),
    "svg": Form(of_xml, shown),
    "html": Form(of_html, shown),
    "mermaid": Form(of_mermaid, shown),
    "ical": Form(of_ical, without_hidden),
    "sarif": Form(of_json),
    "gitlab-codequality": Form(of_json),
    "gitlab-terraform": Form(of_json),
    "log": Form(of_json),
}

AT = ("--as-of", "2026-12-01")
WRITTEN = ("apply", FILE, *AT, "--yes", "--allow", "failing-tests", "--journal", f"journal-{FILE}l")
CALLS = ("calls", "--provider", "phone.inc", "--show-personal-data")
UNDONE = ("undo", f"journal-{FILE}l", "--yes", "--allow", "reject-in-opening-hours")
PLANNED = ("plan", FILE, *AT, "--out", f"plan-{FILE}")

CASES: list[tuple[tuple[str, ...], str, list[str]]] = [
    # The command, its format, and the texts that have to be in it; what stands before ";" only prepares.
    (("validate", FILE), "text", []),
    (("validate", FILE), "json", [FILE]),
    (("plan", FILE, *AT, "--replay"), "text", []),
    (("plan", FILE, *AT, "--replay"), "json", IN_MANIFEST),
    ((*PLANNED, ";", "show", f"plan-{FILE}"), "text", []),
    ((*PLANNED, ";", "show", f"plan-{FILE}"), "json", IN_MANIFEST),
    (WRITTEN, "text", []),
    (WRITTEN, "json", [EVERYTHING]),
    ((*WRITTEN, ";", *UNDONE), "text", []),
    ((*WRITTEN, ";", *UNDONE), "json", IN_MANIFEST),
    ((*WRITTEN[:-2], ";", "history"), "text", []),
    ((*WRITTEN[:-2], ";", "history"), "json", []),
    (("drift", FILE, *AT), "text", []),
    (("drift", FILE, *AT), "json", IN_MANIFEST),
    *(
        (arguments, form, IN_MANIFEST[:1] if form == "mermaid" else [EVERYTHING])  # where long texts are cut
        for arguments in (
            ("graph", FILE, *AT),
            ("graph", FILE, *AT, "--live"),
            (*PLANNED, ";", "graph", "--plan", f"plan-{FILE}"),
        )
        for form in ("mermaid", "svg", "html")
    ),
    (("pull", FILE, *AT), "text", []),
    (("pull", FILE, *AT), "json", IN_MANIFEST),
    (("fmt", FILE, "--check"), "text", []),
    (("fmt", FILE), "text", []),
    (("hours", FILE, *AT), "text", []),
    (("calendar", FILE, *AT, "--weeks", "60"), "text", []),
    (("calendar", FILE, *AT, "--weeks", "60"), "json", IN_MANIFEST),
    (("calendar", FILE, *AT, "--weeks", "60"), "ical", IN_MANIFEST),
    *((("calendar", FILE, *AT), form, []) for form in ("cron", "launchd", "task-scheduler")),
    (("test", FILE, *AT), "text", []),
    (("test", FILE, *AT), "json", IN_MANIFEST),
    (("test", FILE, *AT), "junit", IN_MANIFEST),
    *((("test", FILE, *AT), form, IN_MANIFEST[:1]) for form in ("sarif", "log")),
    *((("test", FILE, *AT), form, []) for form in (*COMMANDS, "gitlab-codequality")),
    *((("validate", FILE), form, []) for form in (*COMMANDS, "junit", "sarif", "gitlab-codequality", "log")),
    *(
        ((command, FILE, *AT), form, [])
        for command in ("plan", "drift")
        for form in (*COMMANDS, "junit", "sarif", "gitlab-codequality", "prometheus", "log")
    ),
    (("plan", FILE, *AT), "gitlab-terraform", []),
    ((*PLANNED, ";", "show", f"plan-{FILE}"), "gitlab-terraform", []),
    *((WRITTEN, form, []) for form in (*COMMANDS, "prometheus", "log")),
    *(((*WRITTEN, ";", *UNDONE), form, []) for form in (*COMMANDS, "prometheus", "log")),
    (("coverage", FILE, *AT), "text", []),
    (("coverage", FILE, *AT), "json", []),
    (("simulate", FILE, "--to", NUMBER, "--at", "2026-12-02 03:00"), "text", []),
    (("simulate", FILE, "--to", NUMBER, "--at", "2026-12-02 03:00"), "json", [EVERYTHING]),
    (("simulate", "--live", "--to", "+14155555678", "--at", "2026-12-02 03:00"), "text", []),
    (("replay", FILE, *AT), "text", []),
    (("replay", FILE, *AT), "json", [EVERYTHING]),
    (("export", "--provider", "phone.inc"), "yaml", IN_ACCOUNT[:-3]),
    (("export", "--provider", "zendesk-talk"), "yaml", [" ".join(IN_ACCOUNT[:-3])]),
    (
        ("export", "--provider", "oneinbox", "--only", f"oneinbox_phone_number:{FRONT_DESK}"),
        "yaml",
        [" ".join(IN_ACCOUNT[:-3])],
    ),
    (("diff", FILE, f"{FILE}@2027-01-02"), "text", []),
    (("diff", FILE, "live"), "text", []),
    (("diff", FILE, "live"), "json", IN_MANIFEST),
    (("guardrails",), "text", []),
    (("doctor",), "text", []),
    (("doctor",), "json", []),
    (("schema",), "json", []),
    (("completion", "bash"), "text", []),
    ((*CALLS, "--limit", "50"), "text", []),
    ((*CALLS, "--limit", "50"), "json", IN_ACCOUNT),
    ((*CALLS, f"call-{len(IN_ACCOUNT) - 1}"), "text", []),
    # What is wrong with arguments, files and journals.
    (("validate", f"no-{FILE}"), "text", []),
    (("simulate", FILE, "--to", EVERYTHING), "text", []),
    (("plan", FILE, "--target", EVERYTHING), "text", []),
    (("plan", FILE, f"--{FILE}"), "text", []),
    ((FILE,), "text", []),
    (("show", FILE), "text", []),
    (("diff", f"no-{FILE}:"), "text", []),
    (("undo", f"no-{FILE}"), "text", []),
    (("plan", FILE, "--report", f"text=no/{FILE}"), "text", []),
    (("apply", FILE, "--allow", EVERYTHING), "text", []),
]


def manifest() -> dict[str, Any]:
    closed = {"type": "RejectConfig", "message": EVERYTHING}
    menu = {
        "type": "PhoneMenuConfig",
        "welcome": "{{ all }}",
        "menu_options": [
            {"digit": "1", "action_type": "TransferConfig", "employee_ids": ["##[x]::y\u202e"]},
            {"digit": "2", "action_type": "VoicemailConfig", "prompt": EVERYTHING},
        ],
    }
    rotation = {"every": "1 week", "start": "2026-11-23", "handover": "mon 09:00", "members": ["##[x]::y\u202e", "jo"]}
    return {
        "version": 1,
        "vars": {"all": EVERYTHING},
        "employees": {"##[x]::y\u202e": MARIA, "jo": twelve.PEOPLE[1]},
        "ring_groups": {"::error::g\u200b": {"rotation": rotation}},
        "closures": [{"date": f"2027-01-{day:02}", "name": text} for day, text in enumerate(IN_MANIFEST, 1)],
        "main_numbers": {
            NUMBER: {
                "name": "Sales",
                "timezone": "Copenhagen",
                "incoming_call_config": menu,
                "outside_opening_hours_config": closed,
                "no_answer_config": {
                    "type": "WelcomeTransferConfig",
                    "welcome": EVERYTHING,
                    "employee_ids": ["::error::g\u200b"],
                },
                "no_answer_timeout_secs": 20,
                "opening_hours": {"mon-fri": "09:00-17:00", "sat-sun": "closed"},
            }
        },
        "contacts": {
            f"+45200001{at:02}": {"name": text, "note": f"{text}!", "company_name": text}
            for at, text in enumerate(IN_MANIFEST)
        },
        "tests": [
            {
                "name": text,
                "call": {"to": NUMBER, "at": "sun 10:00"},
                "expect": {"plays": text, "rings": ["##[x]::y\u202e"]},
            }
            for text in IN_MANIFEST
        ],
    }


@pytest.fixture
def ringform(tmp_path: Path) -> Iterator[Ringform]:
    """The command in a folder with a hostile manifest, and hostile accounts of all vendors."""
    with sandbox_for_all(account=twelve.account()) as sandbox:
        _fill(sandbox.account, sandbox.zendesk, sandbox.oneinbox)
        started = Ringform(tmp_path, sandbox)
        for settings in settings_for(sandbox).values():
            started.environment |= settings
        # Keys and excerpts with the very characters, but for those that YAML would read as line breaks.
        text = json.dumps(manifest(), indent=1, ensure_ascii=False)
        for character in "\u2028\u2029\ufeff":
            text = text.replace(character, f"\\u{ord(character):04x}")
        started.write(text, FILE)
        yield started


def _fill(account: Any, zendesk: Any, oneinbox: Any) -> None:
    account.edit_main_number(SALES, name=EVERYTHING, incoming_call_config={"type": "RejectConfig", "message": "x"})
    for at, text in enumerate(IN_ACCOUNT):
        with account.changing():
            id_, now, phone = account.counters.new_contact_id(), account.now(), f"+45200001{at:02}"
            account.contacts[id_] = Contact(id_, text, None, phone, text, text, now, now)
            account.calls[f"call-{at}"] = _call(f"call-{at}", SALES, phone, text)
    next(iter(account.employees.values())).name = " ".join(IN_ACCOUNT)
    everything = " ".join(IN_ACCOUNT[:-3])
    with zendesk.changing():
        for number in zendesk.phone_numbers.values():
            number.nickname = everything
    with oneinbox.changing():
        for number in oneinbox.phone_numbers.values():
            number.friendly_name = everything


def _call(id_: str, number: str, phone: str, text: str) -> Call:
    at = "2026-11-30T10:00:00Z"
    return Call(id_, number, phone, NUMBER, "inbound", "ended", at, at, 60, text, text, None, False, [], None)


@contextmanager
def _looking_at_files(folder: Path) -> Iterator[None]:
    """Look through the files that are written meanwhile."""
    before = set(folder.rglob("*"))
    yield
    for file in set(folder.rglob("*")) - before:
        if file.is_file():
            check_bytes(file.read_bytes(), str(file))


def _split(arguments: tuple[str, ...]) -> list[tuple[str, ...]]:
    commands: list[tuple[str, ...]] = [()]
    for each in arguments:
        if each == ";":
            commands.append(())
        else:
            commands[-1] += (each,)
    return commands


def _name(arguments: tuple[str, ...]) -> str:
    name = _split(arguments)[-1][0]
    return name if name.isalpha() else "unknown"


@pytest.mark.parametrize(
    ("arguments", "form", "texts"), CASES, ids=[f"{_name(arguments)}-{form}" for arguments, form, _ in CASES]
)
def test_no_output_of_any_command_can_act(
    ringform: Ringform, arguments: tuple[str, ...], form: str, texts: list[str]
) -> None:
    *preparing, last = _split(arguments)
    last += ("--format", form) if "--format" in _options(last[0]) else ()
    in_file = form not in ("text", *COMMANDS) and "--report" in _options(last[0])
    last += ("--report", f"{form}=written-{FILE}") if in_file else ()
    with _looking_at_files(ringform.folder):
        for each in (*preparing, last):
            ended = ringform(*each)
            out = OWN_COMMAND.sub("", ended.out) if form in COMMANDS else ended.out
            check_bytes(out.encode(), f"stdout of {each}")
            check_bytes(ended.err.encode(), f"stderr of {each}")
    if form in FORMS:
        written = ringform.folder / f"written-{FILE}"
        found = "\n".join(FORMS[form].read(written.read_text("utf-8") if written.exists() else ended.out))
        for text in texts:
            assert FORMS[form].expected(text) in found, (text, found)


def test_every_command_is_tried_in_every_format() -> None:
    tried = {(_split(arguments)[-1][0], form) for arguments, form, _ in CASES}
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        formats = {
            choice
            for option in command.params
            if option.name == "format_" and isinstance(option.type, click.Choice)
            for choice in option.type.choices
        }
        # These two say nothing of an account but that of the sandbox, and run on.
        assert name in ("sandbox", "demo") or {(name, form) for form in formats} <= tried, name
        assert name in ("sandbox", "demo") or any(each == name for each, _ in tried), name


def _options(name: str) -> set[str]:
    context = click.Context(cli)
    command = cli.get_command(context, name)
    return {option for each in command.params for option in each.opts} if command else set()
