"""How long ringform takes, as ratios to a floor that is measured in the same run.

Each floor is the least that any program must do for the same result with the same building blocks. A machine's speed
cancels out, so the ratios can be compared between machines and over time. Lower is better; 1.0 would be nothing but
the floor. ``make bench`` runs it, in less than a minute.
"""

from __future__ import annotations

import gc
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

import yaml

import ringform
from ringform.callflow.answering import AnswersCalls
from ringform.callflow.difference import differences as noticed
from ringform.callflow.reach import week as fold
from ringform.execution.connection import Connection, by_provider
from ringform.manifest import composer, source
from ringform.manifest.check import check_manifest
from ringform.model.address import Address
from ringform.model.change import Call
from ringform.model.snapshot import Resource
from ringform.model.values import Json
from ringform.planning.compare import field_changes
from ringform.providers.phone_inc.provider import PhoneInc

CONTACTS = 50_000
NUMBERS = 200
PLANNED = 1_000
RULES = 50
LATENCY_MS = 20
THREADS = 10
MONDAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Row:
    """One line of the table; times are in seconds."""

    what: str
    took: float
    floor_is: str
    floor: float


def main() -> None:
    """Measure everything, and print the table."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [*manifests(folder), *reading(folder), *start_up(folder), comparing(), planning(), calling(folder)]
        rows.append(testing(folder))
    took = time.monotonic() - started
    sys.stdout.write(f"{table(rows)}\n\nBest of several runs each; {took:.0f} s in all.\n")


def manifests(folder: Path) -> Iterator[Row]:
    """A large address book: from text to tree, and to a checked manifest."""
    path = folder / "contacts.yaml"
    path.write_text(address_book(CONTACTS), "utf-8")
    text = source.read(path)

    # Floor: libyaml's own event loop in C on the same text, with nothing done with the events.
    def events() -> None:
        for _ in yaml.parse(text.text, Loader=yaml.CLoader):
            pass

    bare = best(events, 3)
    parsed = best(lambda: composer.parse(text), 3)
    yield Row(f"parse {CONTACTS:,} contacts into a located tree", parsed, "libyaml's events, dropped", bare)
    # Floor: the parse above, which every check needs first.
    yield Row("validate them (templates, models, phone numbers)", best(lambda: valid(path), 2), "that parse", parsed)


def address_book(contacts: int) -> str:
    """A manifest of so many contacts, each with three fields."""
    entries = (
        f'  "+4520{index:06}": {{name: Person {index}, email: p{index}@example.com, note: "No. {index}, by e-mail"}}\n'
        for index in range(contacts)
    )
    return f"version: 1\ncontacts:\n{''.join(entries)}"


def valid(path: Path) -> None:
    """Check the manifest in a file."""
    assert check_manifest([path]).manifest is not None


def reading(folder: Path) -> Iterator[Row]:
    """A plan for a whole account over HTTP, where nearly all the time is spent waiting for answers."""
    with sandbox(NUMBERS) as environment:
        connections = by_provider(Connection(PhoneInc(), PhoneInc().endpoint(environment), parallelism=THREADS))
        ids = {each["number"]: each["id"] for each in main_numbers(environment)}
        path = folder / "numbers.yaml"
        path.write_text(
            "version: 1\nmain_numbers:\n" + "".join(f'  "{each}": {{name: New}}\n' for each in ids), "utf-8"
        )
        manifest = ringform.load([path])
        # Floor: the same GETs over kept-alive connections, by as many threads, with the standard library's client.
        paths = [f"/main_numbers/{id_}" for id_ in ids.values()]
        floor = best(lambda: raw_gets(environment, paths), 3)
        took = best(lambda: ringform.plan(manifest, ringform.observe(manifest, connections)), 3)
    what = f"plan {NUMBERS} numbers, {LATENCY_MS} ms away, {THREADS} at a time"
    yield Row(what, took, "the same GETs by http.client", floor)


@contextmanager
def sandbox(numbers: int) -> Iterator[dict[str, str]]:
    """A sandbox in a process of its own, so that it does not share the interpreter's lock; what to set to reach it."""
    command = ["sandbox", "--port", "0", "--numbers", str(numbers), "--contacts", "0", "--latency-ms", str(LATENCY_MS)]
    process = subprocess.Popen([sys.executable, "-m", "ringform", *command], stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(5)]
        yield dict(line.removeprefix("export ").split("=", 1) for line in said if line.startswith("export "))
    finally:
        process.terminate()
        process.wait()


def main_numbers(environment: dict[str, str]) -> list[dict[str, str]]:
    """The sandbox's numbers, with their ids."""
    (answer,) = raw_gets(environment, [])
    listed: list[dict[str, str]] = json.loads(answer)["main_numbers"]
    return listed


def raw_gets(environment: dict[str, str], paths: list[str]) -> list[bytes]:
    """The list, and then these paths by several threads."""
    base = urlsplit(environment["PHONE_INC_BASE_URL"])
    headers = {"X-Api-Key": environment["PHONE_INC_API_KEY"]}
    answers: list[bytes] = []
    work: SimpleQueue[str] = SimpleQueue()

    def get(client: http.client.HTTPConnection, path: str) -> None:
        client.request("GET", base.path + path, headers=headers)
        answers.append(client.getresponse().read())

    def run() -> None:
        client = http.client.HTTPConnection(base.netloc)
        try:
            while True:
                get(client, work.get_nowait())
        except Empty:
            client.close()

    first = http.client.HTTPConnection(base.netloc)
    get(first, "/main_numbers")
    first.close()
    for path in paths:
        work.put(path)
    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def start_up(folder: Path) -> Iterator[Row]:
    """What a person waits for before anything happens."""
    path = folder / "one.yaml"
    path.write_text('version: 1\nmain_numbers: {"+14155551234": {name: Sales}}\n', "utf-8")
    # Floor: an interpreter that does nothing.
    bare = best(lambda: process("-c", "pass"), 7)
    yield Row("ringform --version", best(lambda: process("-m", "ringform", "--version"), 7), "python -c pass", bare)
    checked = best(lambda: process("-m", "ringform", "validate", str(path)), 7)
    yield Row("ringform validate, one number", checked, "python -c pass", bare)


def process(*arguments: str) -> None:
    """Run Python with these arguments to the end."""
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=os.environ)  # noqa: S603


def comparing() -> Row:
    """Contacts that are as they should be, which nearly all are: finding that out has to cost next to nothing."""

    def contact(index: int) -> dict[str, Json]:
        return {"name": f"Person {index}", "email": f"p{index}@example.com", "company_name": None, "note": "A note"}

    pairs = [(contact(index), contact(index)) for index in range(CONTACTS)]

    # Floor: one == for each pair of dicts.
    def equal() -> None:
        for before, after in pairs:
            assert before == after

    def compared() -> None:
        for before, after in pairs:
            assert not field_changes(before, after)

    return Row(f"compare {CONTACTS:,} equal contacts", best(compared, 5), "== on the same dicts", best(equal, 5))


def planning() -> Row:
    """From differences to calls, for numbers that differ in everything: four calls each."""
    provider = PhoneInc()
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "09:00-17:00")
    live_fields: dict[str, Json] = {
        "name": "Sales", "timezone": "Copenhagen", "language": "da", "recording_enabled": False,
        "incoming_call_config": {"type": "TransferConfig", "employee_ids": ["a", "b"]},
        "outside_opening_hours_config": {"type": "RejectConfig", "message": "We are closed."},
        "no_answer_config": {"type": "VoicemailConfig", "greeting": "Sorry we missed you."},
        "no_answer_timeout_secs": 30, "opening_hours": week,
    }  # fmt: skip
    goal: dict[str, Json] = {
        **live_fields,
        "name": "Sales Europe",
        "incoming_call_config": {
            "type": "PhoneMenuConfig",
            "welcome": "Press 1 for sales.",
            "menu_options": {"1": {"action_type": "TransferConfig", "employee_ids": ["a"]}},
        },
        "no_answer_timeout_secs": 20,
        "opening_hours": {**week, "fri": "09:00-15:30"},
    }
    addresses = [Address("main_number", f"+1415555{index:04}") for index in range(PLANNED)]
    numbers = [Resource(address, address.key, "Sales", live_fields, {}) for address in addresses]

    def planned() -> list[Call]:
        return [call for live in numbers for call in provider.calls(live, live.address, goal)]

    made = planned()
    assert len(made) == 4 * PLANNED

    # Floor: writing those calls' bodies as JSON once, which sending them takes anyway.
    def written() -> None:
        for call in made:
            json.dumps(call.body)

    return Row(
        f"make the {len(made):,} calls for {PLANNED:,} numbers", best(planned, 5), "their JSON", best(written, 5)
    )


def calling(folder: Path) -> Row:
    """What callers meet: the week of every number folded, and compared with that of the number after a change."""
    path = folder / "answering.yaml"
    path.write_text(answering_numbers(PLANNED), "utf-8")
    manifest = check_manifest([path]).manifest
    assert manifest is not None
    provider = manifest.parts[0].provider
    assert isinstance(provider, AnswersCalls)
    befores = [wanted.fields for wanted in manifest.parts[0].desired.wanted.values()]
    changes = check_manifest([changed(path)]).manifest
    assert changes is not None
    afters = [wanted.fields for wanted in changes.parts[0].desired.wanted.values()]

    def called() -> None:
        for before, after in zip(befores, afters, strict=True):
            then, now = provider.call_flow(before), provider.call_flow(after)
            assert fold(then)
            assert noticed(then, now, MONDAY)

    # Floor: checking the manifest, which everything else needs first. Both in seconds of CPU.
    checked = best(lambda: valid(path), 3, time.process_time)
    took = best(called, 3, time.process_time)
    return Row(f"fold and compare {PLANNED:,} numbers' weeks (CPU)", took, "validating them (CPU)", checked)


def testing(folder: Path) -> Row:
    """Rules over every number, hour and key, of numbers whose texts all differ."""
    path = folder / "rules.yaml"
    path.write_text(answering_numbers(PLANNED) + "tests:\n" + "".join(map(rule, range(RULES))), "utf-8")
    manifest = check_manifest([path]).manifest
    assert manifest is not None

    def tested() -> None:
        results = ringform.test(manifest).results
        assert [result.passed for result in results] == [index % 5 != 0 for index in range(RULES)]

    # Floor: checking the manifest, which everything else needs first. Both in seconds of CPU.
    checked = best(lambda: valid(path), 3, time.process_time)
    took = best(tested, 3, time.process_time)
    return Row(f"{PLANNED:,} numbers x {RULES} rules (CPU)", took, "validating them (CPU)", checked)


def rule(index: int) -> str:
    """One of the usual rules, and each a little different; every fifth fails on every number."""
    expected = (
        "{ends: voicemail}",
        "{rings_at_most: 60, ends: [answered, voicemail, hangup]}",
        f'{{plays_not: "*rule {index}*"}}',
        '{plays: "*o*"}',
        "{ends: [answered, voicemail, hangup]}",
    )[index % 5]
    call = '{to: "*", at: always, press: any, no_answer: any}'
    return f"  - {{name: rule {index}, call: {call}, expect: {expected}}}\n"


def answering_numbers(numbers: int) -> str:
    """A manifest of so many numbers with a menu, hours, and a voicemail for when nobody answers."""
    head = "version: 1\nemployees: {alex: 019daef1-085e-7000-aaaa-000000000001}\nmain_numbers:\n"
    return head + "".join(NUMBER.format(index=index) for index in range(numbers))


NUMBER = """\
  "+4520{index:06}":
    name: Number {index}
    timezone: Copenhagen
    language: da
    recording_enabled: false
    incoming_call_config:
      type: PhoneMenuConfig
      welcome: Welcome to shop {index}. Press 1 to talk to us, 2 for the workshop, or 3 to leave a message.
      menu_options:
        - {{digit: "1", action_type: TransferConfig, employee_ids: [alex]}}
        - {{digit: "2", action_type: WelcomeTransferConfig, prompt: One moment, employee_ids: [alex]}}
        - {{digit: "3", action_type: VoicemailConfig, prompt: After the tone}}
    outside_opening_hours_config: {{type: RejectConfig, message: We are closed.}}
    no_answer_config: {{type: VoicemailConfig, greeting: Sorry we missed you.}}
    no_answer_timeout_secs: 30
    opening_hours: {{mon-thu: 09:00-17:00, fri: 09:00-17:00, sat-sun: closed}}
"""


def changed(path: Path) -> Path:
    """The same manifest with another greeting, other hours and one more option for every number."""
    text = path.read_text("utf-8").replace("Welcome to shop", "Hello, this is shop")
    text = text.replace("fri: 09:00-17:00", "fri: 09:00-15:30")
    option = '        - {digit: "4", action_type: PlayMessageConfig, prompt: We are open from 9 to 17}\n'
    text = text.replace("    outside_opening", f"{option}    outside_opening")
    other = path.with_name("changed.yaml")
    other.write_text(text, "utf-8")
    return other


def best(function: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """The shortest of several runs, in seconds: what disturbs a run only ever makes it longer."""
    runs = []
    for _ in range(times):
        gc.collect()
        started = clock()
        function()
        runs.append(clock() - started)
    return min(runs)


def table(rows: list[Row]) -> str:
    """The rows under headings, in columns."""
    heading = ("what", "took", "floor", "took", "ratio")
    cells = [(row.what, shown(row.took), row.floor_is, shown(row.floor), f"{row.took / row.floor:.1f}") for row in rows]
    widths = [max(map(len, column)) for column in zip(heading, *cells, strict=True)]
    left = (True, False, True, False, False)
    lines = [
        "  ".join(
            cell.ljust(width) if to_left else cell.rjust(width)
            for cell, width, to_left in zip(line, widths, left, strict=True)
        ).rstrip()
        for line in (heading, tuple("-" * width for width in widths), *cells)
    ]
    return "\n".join(lines)


def shown(seconds: float) -> str:
    """A time in milliseconds."""
    return f"{seconds * 1000:,.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
