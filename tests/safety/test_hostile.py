"""Texts, answers and servers that mean harm."""

from __future__ import annotations

import base64
import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import quote

import pytest
from cli.harness import KEY, Ringform, unpainted
from hypothesis import given
from hypothesis import strategies as st
from support import twelve

from ringform.manifest.writing import to_yaml
from ringform.reports.json import documents
from ringform.reports.text.style import safe
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.account import Contact
from ringform.sandbox.phone_inc.example import SALES
from ringform.sandbox.server import Sandbox

HOSTILE = [
    "::error file=x::gone",
    "  ::set-output name=x::y",
    "a\n::stop-commands::x",
    "a\r::add-mask::x",
    "##vso[task.setvariable variable=x]y",
    "text ##[error]red",
    "###[group]x",
    "##teamcity[message text='x']",
    "section_start:1:x\r\x1b[0Kheader",
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m",
    "\u202egnp.exe",
    "\u2066isolated\u2069",
    "line\u2028line\u2029\x85",
    "\u200bzero\ufeff",
]
COMMANDS = re.compile(r"^\s*::|##(\[|vso\[|teamcity\[)|section_(start|end):\d+:\w+\r", re.MULTILINE)
"""How GitHub, Azure, TeamCity and GitLab find a command in a log."""
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters that can act on a terminal."""


def check_harmless(output: str) -> None:
    lines = unpainted(output)
    assert not COMMANDS.search(lines), lines
    assert not ACTING.search(lines), ascii(lines)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_text_is_safe_whatever_it_holds(text: str) -> None:
    for shown in (safe(text), safe(f" {text}"), documents.text({"key": text, text: [text]})):
        check_harmless(shown)
    assert json.loads(documents.text(text)) == text


@given(st.text(st.sampled_from("#:[]vso \t\r\n\x1b\u202eA0{}\\\"'")))
def test_any_text_is_safe_and_any_json_is_still_what_it_was(text: str) -> None:
    check_harmless(safe(text))
    check_harmless(documents.text({"key": text}))
    assert json.loads(documents.text({text: text})) == {text: text}


def test_an_account_cannot_start_a_command_in_any_report(ringform: Ringform) -> None:
    """Every hostile text in a contact of its own, and all of them in the number's name and in a refusal."""
    assert ringform.sandbox
    account = ringform.sandbox.account
    everything = "\n".join(HOSTILE)
    account.edit_main_number(
        SALES, name=everything, incoming_call_config={"type": "RejectConfig", "message": HOSTILE[0]}
    )
    entries: dict[str, object] = {twelve.PHONES[1]: {"absent": True}}
    for number, text in enumerate(HOSTILE):
        entries[f"+45200001{number:02}"] = {"note": "x"}
        with account.changing():
            id_, at = account.counters.new_contact_id(), account.now()
            account.contacts[id_] = Contact(id_, text, None, f"+45200001{number:02}", text, text, at, at)
    flow = {"type": "RejectConfig", "message": "x"}
    numbers = {"+14155551234": {"name": "New", "incoming_call_config": flow}}
    ringform.write(to_yaml({"version": 1, "main_numbers": numbers, "contacts": entries}))
    ringform.sandbox.faults.script(Fault.invalid({text: [text] for text in HOSTILE}), method="PATCH", times=None)
    for arguments in (
        ("plan",),
        ("plan", "--format", "json", "--out", "plan.json"),
        ("show", "plan.json"),
        ("apply", "--yes"),
        ("apply", "--yes", "--format", "json"),
        ("undo", "--yes"),
        ("history",),
    ):
        ended = ringform(*arguments)
        check_harmless(ended.out)
        check_harmless(ended.err)


FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent-encoded": lambda key: quote(key, safe=""),
    "base64": lambda key: base64.b64encode(key.encode()).decode(),
    "JSON": lambda key: json.dumps(key)[1:-1],
    "JSON without commands": lambda key: documents.text(key)[1:-1],
}
ODD_KEY = 'phk_a"b\\c<d>&e##f::g+h/i=j0123456789'


@pytest.mark.parametrize(
    ("key", "form"),
    [
        pytest.param(key, form, marks=() if (key, form) in ((ODD_KEY, "JSON"), (KEY, "plain")) else pytest.mark.slow)
        for key in (KEY, ODD_KEY)
        for form in FORMS
    ],
)
def test_the_key_is_hidden_in_every_form_in_which_it_comes_back(ringform: Ringform, key: str, form: str) -> None:
    text = FORMS[form](key)
    ringform.write(to_yaml({"version": 1, "contacts": {twelve.PHONES[0]: {"name": "x"}}, "main_numbers": {}}))
    with Sandbox(twelve.account(), key=key) as sandbox:
        with sandbox.account.changing():
            next(each for each in sandbox.account.contacts.values() if each.phone == twelve.PHONES[0]).name = text
        environment = {"PHONE_INC_API_KEY": key, "PHONE_INC_BASE_URL": sandbox.url}
        sandbox.faults.script(Fault.error(401, f"{text} is not a key"), method="PATCH")
        header = {
            "content-type": f"text/{quote(key, safe='')}",
            "location": f"https://{quote(key, safe='')}@x.example/",
        }
        for arguments in (("plan", "--format", "json"), ("apply", "--yes", "--debug")):
            _check_no_key(ringform, key, *arguments, **environment)
        for answer in (Answer(302, header), Answer(200, header, text.encode()), Answer.json(403, {text: text})):
            sandbox.faults.clear()
            sandbox.faults.script(Fault(answer), times=None)
            _check_no_key(ringform, key, "plan", **environment)


def _check_no_key(ringform: Ringform, key: str, *arguments: str, **environment: str) -> None:
    ended = ringform(*arguments, **environment)
    for name, form in FORMS.items():
        assert form(key).rstrip("=") not in ended.out + ended.err, (name, arguments)


@pytest.mark.parametrize("gzipped", [True, False], ids=["gzip bomb", "plain"])
def test_an_answer_of_200_mb_ends_in_an_error_with_little_memory(ringform: Ringform, gzipped: bool) -> None:
    ringform.write(to_yaml({"version": 1, "contacts": {twelve.PHONES[0]: {"name": "x"}}}))
    assert ringform.sandbox

    def memory() -> tuple[str, int]:
        code = (
            "import resource, subprocess, sys;"
            "p = subprocess.run([sys.executable, '-m', 'ringform', 'plan'], capture_output=True, text=True);"
            "print(p.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, p.stderr)"
        )
        ended = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ringform.folder,
            env=ringform.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        status, kilobytes, message = ended.stdout.split(" ", 2)
        return f"{status} {message}", int(kilobytes)

    assert resource.RUSAGE_CHILDREN  # kilobytes are what Linux counts in
    _, usual = memory()
    ringform.sandbox.faults.script(Fault.huge(200, gzipped=gzipped), path="/contacts", times=None)
    message, used = memory()
    assert message.startswith("1 ")
    assert "error[bad-answer]" in message
    # Packed it is given up after a few MB; unpacked it may be as large as the largest honest answer.
    assert used - usual < (24_000 if gzipped else 110_000)


@pytest.mark.parametrize(
    "url", ["http://192.0.2.1/api", "http://example.com", "ftp://127.0.0.1/", "http://127.0.0.1.example.com"]
)
def test_plain_http_goes_to_loopback_only(ringform: Ringform, url: str) -> None:
    ringform.write(to_yaml({"version": 1, "contacts": {twelve.PHONES[0]: {"name": "x"}}}))
    ended = ringform("plan", PHONE_INC_BASE_URL=url)
    assert ended.code == 1
    assert "error[bad-base-url]" in ended.err


@pytest.mark.parametrize(
    "host",
    ["xn--", "xn--a", "xn--ls8h.la", "a.xn--.example", "\u2603.example", "\uff11.example", "[v1.x]", "[x]", "[]"],
)
def test_a_host_that_cannot_be_is_told_of_by_the_variable_that_names_it(ringform: Ringform, host: str) -> None:
    ringform.write(to_yaml({"version": 1, "contacts": {twelve.PHONES[0]: {"name": "x"}}}))
    ended = ringform("plan", PHONE_INC_BASE_URL=f"https://{host}/api")
    assert ended.code == 1
    assert "error[bad-base-url]: PHONE_INC_BASE_URL " in ended.err


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("HTTPS_PROXY", "socks5://", "bad-proxy"),
        ("ALL_PROXY", "gopher://127.0.0.1:1", "bad-proxy"),
        ("HTTPS_PROXY", "://", "bad-proxy"),
        ("https_proxy", "http://127.0.0.1:9", "proxy-unreachable"),
        ("all_proxy", "socks5://127.0.0.1:9", "proxy-unreachable"),
    ],
)
@pytest.mark.parametrize("arguments", [("plan",), ("apply", "--yes"), ("doctor",), ("export",)], ids=str)
def test_what_is_wrong_with_a_proxy_is_told_by_every_command(
    ringform: Ringform, arguments: tuple[str, ...], variable: str, value: str, code: str
) -> None:
    ringform.write(to_yaml({"version": 1, "main_numbers": {"+14155551234": {"name": "x"}}}))
    environment = {"PHONE_INC_BASE_URL": "https://phone.invalid", "NO_PROXY": "[::1],\u00e9", variable: value}
    ended = ringform(*arguments, "--timeout", "1", **environment)
    assert ended.code == 1
    assert f"error[{code}]" in ended.err + ended.out
    assert variable in ended.err + ended.out


@pytest.mark.parametrize("status", [301, pytest.param(302, marks=pytest.mark.slow), 307])
def test_a_redirect_takes_the_key_nowhere(ringform: Ringform, status: int) -> None:
    ringform.write(to_yaml({"version": 1, "contacts": {twelve.PHONES[0]: {"name": "x"}}}))
    assert ringform.sandbox
    with Sandbox() as elsewhere:
        ringform.sandbox.faults.script(Fault.redirect(f"{elsewhere.url}/contacts", status), times=None)
        ended = ringform("apply", "--yes")
        assert elsewhere.requests == []
    assert ended.code == 1
    assert "error[redirected]" in ended.err
