"""Every place of every documented answer, holding something else: a bad answer or nothing, and never a defect."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cli.harness import sandbox_for_all, settings_for

from ringform.cli.app import main
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.oneinbox.example import FRONT_DESK
from ringform.sandbox.server import Sandbox

MUTANTS: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, "", "x", "09:00:00", "2026-11-24T09:00:00Z", [], [None], {}, {"id": None}, ...,
)  # fmt: skip
"""What is put into each place; ``...`` takes the place out."""

CODES = {0, 1, 2, 3, 4}
SALES = "+14155551234"
ADDRESS = f"oneinbox_phone_number:{FRONT_DESK}"
PHONE_INC = f"""version: 1
employees: {{maria: {{email: maria@example.com}}}}
main_numbers:
  "{SALES}":
    name: Sales Europe
    timezone: Oslo
    incoming_call_config: {{type: TransferConfig, employee_ids: [maria]}}
    no_answer_config: null
    opening_hours: {{mon-fri: 08:00-16:00, sat-sun: closed}}
contacts:
  "+4520123456": {{name: Niklas}}
  "+4520123457": {{name: New}}
"""
ZENDESK = """version: 1
provider: zendesk-talk
phone_numbers:
  "{number}": {nickname: New, group_ids: [], settings: {voicemail: false, maximum_queue_size: 9}}
"""
ONEINBOX = f"""version: 1
provider: oneinbox
phone_numbers:
  {FRONT_DESK}: {{friendly_name: New, inbound_routing: {{voicemail_message: "", fallback: null}}}}
"""
COMMANDS = {
    "phone.inc": [
        "plan", "apply --yes", "drift", "export --provider phone.inc", "doctor", "replay",
        "calls --show-personal-data --number Sales", "graph --live --format svg",
        f"simulate --live --to {SALES}", "plan --format json --replay", "drift --format json",
    ],
    "zendesk-talk": ["plan", "apply --yes", "drift", "export --provider zendesk-talk", "doctor"],
    "oneinbox": ["plan", "apply --yes", "drift", f"export --provider oneinbox --only {ADDRESS}"],
}  # fmt: skip
CASES = [(provider, command) for provider, commands in COMMANDS.items() for command in commands]


def manifest(provider: str, sandbox: Sandbox) -> str:
    number = next(iter(sandbox.zendesk.phone_numbers.values())).number
    return {"phone.inc": PHONE_INC, "zendesk-talk": ZENDESK.replace("{number}", number), "oneinbox": ONEINBOX}[provider]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value; of a list's entries the first two, as the others are like them."""
    yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from places(inner, (*path, key))


def mutated(value: Any, path: tuple[Any, ...], mutant: Any) -> Any:
    if not path:
        return None if mutant is ... else mutant
    changed = copy.deepcopy(value)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    if mutant is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = mutant
    return changed


class Bench:
    """A command in this process, again and again, with the account as it was."""

    def __init__(self, provider: str, command: str, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
        self.arguments = [*command.split(), *(["--call-timeout", "5"] if "call" not in command else [])]
        self.sandbox = sandbox
        self.capsys = capsys
        accounts: dict[str, Any] = {
            "phone.inc": sandbox.account, "zendesk-talk": sandbox.zendesk, "oneinbox": sandbox.oneinbox
        }  # fmt: skip
        self.account = accounts[provider]
        self.before = copy.deepcopy(self.account.to_state())

    def run(self, *, at: int = 0, change: Callable[[Any], Any] | None = None) -> tuple[int, str]:
        """Run it, with the answer to the request ``at`` changed. Return its exit code and output."""
        fresh = type(self.account).from_state(copy.deepcopy(self.before))
        with self.account.changing():
            for name, value in vars(fresh).items():
                if name not in ("lock", "clock", "on_change"):
                    setattr(self.account, name, value)
        self.sandbox.faults.clear()
        self.sandbox.recorder.clear()
        if change is not None:
            self.sandbox.faults.script(Fault(_changing(change)), at=at + 1)
        with pytest.raises(SystemExit) as ended:
            main(self.arguments)
        captured = self.capsys.readouterr()
        return int(ended.value.code or 0), captured.out + captured.err


def _changing(change: Callable[[Any], Any]) -> Callable[[Answer], Answer]:
    def answer(given: Answer) -> Answer:
        return Answer(given.status, given.headers, json.dumps(change(json.loads(given.body))).encode())

    return answer


def check(
    provider: str,
    command: str,
    mutants: Callable[[int], tuple[Any, ...]],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Put the mutants of each place there, one at a time."""
    with sandbox_for_all() as sandbox:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("NO_COLOR", "1")
        for name, value in settings_for(sandbox)[provider].items():
            monkeypatch.setenv(name, value)
        (folder / "ringform.yaml").write_text(manifest(provider, sandbox), "utf-8")
        bodies: list[Answer] = []

        def keep(given: Answer) -> Answer:
            bodies.append(given)
            return given

        bench = Bench(provider, command, sandbox, capsys)
        sandbox.faults.script(Fault(keep), times=None)
        with pytest.raises(SystemExit):
            main([*bench.arguments, *(["--parallelism", "1"] if "doctor" not in command else [])])
        capsys.readouterr()
        if "doctor" not in command:
            bench.arguments += ["--parallelism", "1"]
        tried = 0
        for at, given in enumerate(bodies):
            if given.status >= 300 or not given.body:
                continue
            answer = json.loads(given.body)
            for number, path in enumerate(places(answer)):
                for mutant in mutants(number):
                    tried += 1
                    code, output = bench.run(at=at, change=partial(_apply, path=path, mutant=mutant))
                    story = f"answer {at} {path} = {mutant!r}:\n{output}"
                    assert "defect" not in output, story
                    assert "Traceback" not in output, story
                    assert code in CODES, story
        assert tried, "there was no answer to change"


def _apply(body: Any, *, path: tuple[Any, ...], mutant: Any) -> Any:
    try:
        return mutated(body, path, mutant)
    except (LookupError, TypeError):  # the answer is another one in this run
        return body


@pytest.mark.parametrize(("provider", "command"), CASES)
def test_a_changed_answer_is_never_a_defect(
    provider: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One mutant for each place, another one for the next."""
    shift = CASES.index((provider, command)) * 4

    def one(number: int) -> tuple[Any, ...]:
        return (MUTANTS[(number + shift) % len(MUTANTS)],)

    check(provider, command, one, tmp_path, monkeypatch, capsys)


@pytest.mark.slow
@pytest.mark.parametrize(("provider", "command"), CASES)
def test_every_changed_answer_is_never_a_defect(
    provider: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    check(provider, command, lambda _: MUTANTS, tmp_path, monkeypatch, capsys)
