"""``ringform`` as a real process against a sandbox, and everything that it prints in one piece."""

from __future__ import annotations

import errno
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from golden import check

from cli import warm
from ringform.sandbox.server import Sandbox
from ringform.version import __version__

KEY = "phk_7Yt3mWqZr8KcVbNs5HdLxPfGu2Ja"
"""No sandbox's own key: this one must not appear anywhere."""

TALK_EMAIL = "ada@example.com"
TALK_TOKEN = "Zt5RkWq9HsXm3LbVd8Pn"
TALK_PAIR = b64encode(f"{TALK_EMAIL}/token:{TALK_TOKEN}".encode()).decode()
"""What goes over the wire of the two."""
INBOX_KEY = "oi_sk_4GhTz9QwLx2NcVb7Rm"
SECRETS = (KEY, TALK_TOKEN, TALK_PAIR, INBOX_KEY)
"""What no output and no file may hold."""

GOLDEN = Path(__file__).parent / "golden"

_PATIENCE = 60.0
"""Seconds after which a process hangs; a busy machine may be slow."""

# What the person who runs the tests has set must not change what they see.
_FOREIGN = (
    *("PHONE_INC_", "ZENDESK_", "ONEINBOX_"),
    *("CI", "GITHUB_", "GITEA_", "FORGEJO_", "GITLAB_", "TF_BUILD", "BUILD_", "BITBUCKET_", "JENKINS_", "SYSTEM_"),
    *("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM", "LC_", "LANG", "CLICK_", "PYTHON"),
)


def sandbox_for_all(**accounts: Any) -> Sandbox:
    """A sandbox that takes these keys only."""
    return Sandbox(key=KEY, zendesk_email=TALK_EMAIL, zendesk_token=TALK_TOKEN, oneinbox_key=INBOX_KEY, **accounts)


def settings_for(sandbox: Sandbox) -> dict[str, dict[str, str]]:
    """The environment that leads to the sandbox, by provider."""
    return {
        "phone.inc": {"PHONE_INC_API_KEY": KEY, "PHONE_INC_BASE_URL": sandbox.url},
        "zendesk-talk": {
            "ZENDESK_EMAIL": TALK_EMAIL,
            "ZENDESK_API_TOKEN": TALK_TOKEN,
            "ZENDESK_BASE_URL": sandbox.zendesk_url,
        },
        "oneinbox": {"ONEINBOX_API_KEY": INBOX_KEY, "ONEINBOX_BASE_URL": sandbox.oneinbox_url},
    }


@dataclass(frozen=True)
class Ended:
    """A process that has ended. ``err`` holds all that was written to a terminal, and ``out`` what went past it."""

    code: int
    out: str
    err: str


_OWN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Lets the keys of a terminal, Ctrl-C above all, reach the process that it starts."""


class Terminal:
    """A process with a terminal for stdin and stderr, and for stdout too unless that is collected apart."""

    def __init__(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str], *, out: Path | None
    ) -> None:
        master, slave = pty.openpty()
        self._master = master
        self._file = out
        with open(out or os.devnull, "wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-ISc", _OWN_TERMINAL, *command],
                cwd=folder,
                env=environment,
                stdin=slave,
                stdout=file if out else slave,
                stderr=slave,
                start_new_session=True,
            )
        os.close(slave)
        self.seen = ""

    def wait_for(self, text: str) -> None:
        """Read until the text has appeared."""
        deadline = time.monotonic() + _PATIENCE
        while text not in self.seen:
            assert time.monotonic() < deadline, f"{text!r} did not appear in:\n{self.seen}"
            assert self._read(), f"it ended before {text!r} appeared:\n{self.seen}"

    def wait_until_it_reads(self) -> None:
        """Wait until it sleeps: Python notices a signal that comes just before it reads only after an answer."""
        state = Path(f"/proc/{self.process.pid}/stat")
        if not state.exists():
            time.sleep(0.5)
            return
        deadline = time.monotonic() + _PATIENCE
        while state.read_text().rpartition(")")[2].split()[0] != "S":
            assert time.monotonic() < deadline, f"it does not read:\n{self.seen}"
            time.sleep(0.01)

    def type(self, text: str) -> None:
        """Press these keys."""
        os.write(self._master, text.encode())

    def end(self) -> Ended:
        """Read to the end."""
        deadline = time.monotonic() + _PATIENCE
        while self._read():
            assert time.monotonic() < deadline, f"it does not end:\n{self.seen}"
        code = self.process.wait(_PATIENCE)
        os.close(self._master)
        return looked_through(Ended(code, self._file.read_text("utf-8") if self._file else "", self.seen))

    def _read(self) -> bool:
        if not select.select([self._master], [], [], _PATIENCE)[0]:
            return True
        try:
            chunk = os.read(self._master, 65536)
        except OSError as error:
            if error.errno == errno.EIO:  # how Linux says that the other side has closed
                return False
            raise
        self.seen += chunk.decode("utf-8", "replace")
        return bool(chunk)


class Ringform:
    """The command, in a folder of its own, with a sandbox to talk to.

    Without ``settings`` the environment is Phone.inc's only.
    """

    def __init__(self, folder: Path, sandbox: Sandbox | None = None, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.sandbox = sandbox
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
        # Coverage of processes and the tree under test are the test run's own business.
        self.environment |= {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
        self.environment |= {"LANG": "C.UTF-8", "TZ": "UTC", "LOGNAME": "tester", "TERM": "xterm-256color"}
        if settings is None:
            settings = settings_for(sandbox)["phone.inc"] if sandbox else {"PHONE_INC_API_KEY": KEY}
        self.environment |= settings

    def write(self, text: str, name: str = "ringform.yaml") -> Path:
        """Put a file into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start it with pipes, to be ended by ``finish``."""
        return subprocess.Popen(
            command(*arguments),
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def __call__(self, *arguments: str, **environment: str) -> Ended:
        """Run it with stdout and stderr collected and nothing for stdin."""
        everything = {**self.environment, **environment}
        if not warm.can_start(everything, environment):
            return finish(self.start(*arguments, **environment))
        run = warm.run(arguments, self.folder, everything, patience=_PATIENCE)
        return looked_through(Ended(run.code, run.stdout, run.stderr))

    def on_terminal(
        self, *arguments: str, out: Path | None = None, environment: Mapping[str, str] | None = None
    ) -> Terminal:
        """Start it on a terminal, with stdout going to a file if one is given."""
        return Terminal(command(*arguments), self.folder, {**self.environment, **(environment or {})}, out=out)

    def shell(self, script: str) -> Ended:
        """Run a shell script in which ``$RINGFORM`` is the command."""
        started = subprocess.Popen(
            ["/bin/bash", "-c", script],
            cwd=self.folder,
            env={**self.environment, "RINGFORM": " ".join(command())},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        return finish(started)

    @property
    def requests(self) -> list[str]:
        """The sandbox's requests so far, such as ``GET /main_numbers``."""
        assert self.sandbox
        return [f"{each.method} {each.path.removeprefix('/api/v1')}" for each in self.sandbox.requests]

    @property
    def writes(self) -> list[str]:
        """Those that were not GETs."""
        return [request for request in self.requests if not request.startswith("GET ")]


def command(*arguments: str) -> list[str]:
    """The command line that runs this tree's ringform."""
    return [sys.executable, "-m", "ringform", *arguments]


def finish(process: subprocess.Popen[bytes], interrupt: bool = False) -> Ended:
    """Wait for a process, after SIGINT to it if asked for."""
    if interrupt:
        process.send_signal(signal.SIGINT)
    if process.stdout and process.stdout.closed:
        process.stdout = None
    try:
        out, err = process.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return looked_through(Ended(process.returncode, (out or b"").decode("utf-8"), err.decode("utf-8")))


def looked_through(ended: Ended) -> Ended:
    """The same, once it is sure that it has neither the key nor a traceback."""
    everything = ended.out + ended.err
    assert not any(secret in everything for secret in SECRETS), "a key is in the output"
    assert "Traceback" not in everything, everything
    assert "error[defect]" not in everything, everything
    return ended


def transcript(*steps: tuple[str, Ended]) -> str:
    """Commands with all that came of them, as one text; what differs from run to run is made equal."""
    parts = []
    for line, ended in steps:
        parts.append(f"$ {line}\n{ended.out}")
        if ended.err:
            parts.append(f"--- stderr\n{ended.err}")
        parts.append(f"--- exit {ended.code}\n\n")
    return plain("".join(parts))


def golden(name: str, *steps: tuple[str, Ended]) -> None:
    """Hold a transcript against ``golden/NAME.txt``."""
    check(GOLDEN / f"{name}.txt", transcript(*steps))


def golden_json(name: str, ended: Ended, err: str = "") -> None:
    """Hold stdout against ``golden/NAME.json``; on stderr there must be nothing but ``err``."""
    assert plain(ended.err) == err
    check(GOLDEN / f"{name}.json", plain(ended.out))


def plain(text: str) -> str:
    """A text without ports, times, durations and versions."""
    for pattern, stand_in in (
        (r"(127\.0\.0\.1|localhost):[0-9]+", r"\1:PORT"),
        (r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|\.[0-9]+\+00:00)", "TIME"),
        (r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}\+00:00", "TIME"),
        (r"\b20[0-9]{2}(-[0-9]{2}){2}T[0-9]{2}(-[0-9]+){3}\.jsonl", "TIME.jsonl"),
        (r"\b(tester|ada)@[^\s,]+", r"\1@HOST"),
        (r'"checksum": "sha256:[0-9a-f]{64}"', '"checksum": "CHECKSUM"'),
        (r"\b[0-9]+ ms\b", "N ms"),
        (rf"\b{re.escape(__version__)}\b", "VERSION"),
    ):
        text = re.sub(pattern, stand_in, text)
    return text


def unpainted(text: str) -> str:
    """A text without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def screen(text: str) -> str:
    """What is to be seen on a terminal at the end: what was drawn over or erased is gone."""
    lines, row, column = [""], 0, 0
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|[\r\n]|[^\x1b\r\n]+", text):
        if part == "\r":
            column = 0
        elif part == "\n":
            row, column = row + 1, 0
            lines += [""] * (row == len(lines))
        elif part == "\x1b[2K":
            lines[row] = ""
        elif part.startswith("\x1b[") and part.endswith("A"):
            row = max(0, row - int(part[2:-1] or 1))
        elif not part.startswith("\x1b"):
            lines[row] = lines[row][:column].ljust(column) + part + lines[row][column + len(part) :]
            column += len(part)
    return "\n".join(line.rstrip() for line in lines)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process for good if it has not ended."""
    with suppress(ProcessLookupError):
        process.kill()
    process.wait(_PATIENCE)
