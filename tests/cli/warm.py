"""Processes of ``ringform`` that start warm: forked from one that has imported everything, built the models that
manifests are checked with, and done nothing else.

Each is a process of its own, with its own arguments, environment, folder, streams and exit code, as if a shell had
started it; what it is spared is half a second of imports. With ``RINGFORM_TESTS_COLD`` set, as ``make test-all``
does, and wherever a test is about starting, signals or terminals, processes are started from nothing instead.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_COLD = "RINGFORM_TESTS_COLD"

_PARENT = """
import array, json, os, signal, socket, sys, time
import ringform.api, ringform.operations.check, ringform.cli.app
import ringform.cli.session, ringform.cli.commands.plan, ringform.cli.commands.apply
import ringform.cli.commands.undo, ringform.cli.commands.validate
import ringform.providers.phone_inc.provider, ringform.providers.zendesk_talk.provider
import ringform.providers.oneinbox.provider, ringform.execution.http, ringform.manifest.expression
import ringform.reports.json.documents, ringform.planning.codec, ringform.execution.journaling
import ringform.providers.shared.field_types
import phonenumbers, email_validator, filelock, tzdata

def build(base):
    for model in base.__subclasses__():
        model.model_rebuild()
        build(model)

build(ringform.providers.shared.field_types.Strict)

def run(request):
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    for number, fd in enumerate([os.open(os.devnull, os.O_RDONLY), *fds[:2]]):
        os.dup2(fd, number)
    os.closerange(3, 1024)
    sys.stdin, sys.stdout, sys.stderr = (open(fd, mode, closefd=False) for fd, mode in enumerate("rww"))
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    sys.argv = ["ringform", *request["arguments"]]
    ringform.cli.app.main(request["arguments"])

requests = socket.socket(fileno=int(sys.argv[1]))
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    data, fds, _, _ = socket.recv_fds(requests, 1 << 20, 3)
    if not data:
        break
    if os.fork() == 0:
        # One that waits for the other and passes on how it ended.
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        child = os.fork()
        if child == 0:
            os.setsid()
            requests.close()
            os.close(fds[2])
            run(json.loads(data))
            os._exit(70)  # main never returns
        started = time.perf_counter()
        _, status, usage = os.wait4(child, 0)
        seconds, busy = time.perf_counter() - started, usage.ru_utime + usage.ru_stime
        took = [os.waitstatus_to_exitcode(status), seconds, busy, usage.ru_maxrss / 1024]
        os.write(fds[2], json.dumps(took).encode())
        os._exit(0)
    for fd in fds:
        os.close(fd)
"""


def can_start(environment: Mapping[str, str], additions: Mapping[str, str]) -> bool:
    """Whether a process with this environment can start warm; ``additions`` are what the test itself puts there."""
    is_other_python = any(
        name.startswith("PYTHON") and os.environ.get(name) != environment[name] for name in environment
    )
    # Other systems lack the kind of socket that is needed here, or fork with care only.
    is_possible = sys.platform == "linux" and _COLD not in os.environ
    return is_possible and not is_other_python and not any(map(_is_about_the_start, additions))


def _is_about_the_start(name: str) -> bool:
    """What an interpreter looks at when it starts can only be had by starting one."""
    return name.startswith(("PYTHON", "LC_", "LANG"))


@dataclass(frozen=True)
class Run:
    """One run: its output, how long it took, on the wall and of a processor, and its most memory."""

    code: int
    stdout: str
    stderr: str
    seconds: float
    busy_seconds: float
    megabytes: float


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], *, patience: float) -> Run:
    """Run ``ringform`` with nothing for stdin.

    Raises:
        subprocess.TimeoutExpired: It does not end within ``patience`` seconds.
    """
    _, parent, lock = _parent()
    told, telling = os.pipe()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        request = {"arguments": list(arguments), "folder": str(folder), "environment": dict(environment)}
        with lock:
            socket.send_fds(parent, [json.dumps(request).encode()], [out.fileno(), err.fileno(), telling])
        os.close(telling)
        took = _read(told, patience)
        if took is None:
            raise subprocess.TimeoutExpired(["ringform", *arguments], patience)
        code, seconds, busy, megabytes = json.loads(took)
        out.seek(0)
        err.seek(0)
        return Run(code, out.read().decode("utf-8"), err.read().decode("utf-8"), seconds, busy, megabytes)


def _read(told: int, patience: float) -> bytes | None:
    try:
        ready, _, _ = select.select([told], [], [], patience)
        return os.read(told, 200) if ready else None
    finally:
        os.close(told)


@cache
def _parent() -> tuple[subprocess.Popen[bytes], socket.socket, threading.Lock]:
    """The process that others are forked from; it ends when this one does, and its end of the socket closes."""
    mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-c", _PARENT, str(its.fileno())]
    process = subprocess.Popen(command, pass_fds=[its.fileno()], start_new_session=True)
    its.close()
    atexit.register(process.wait)
    atexit.register(mine.close)  # goes first: what is registered last is
    return process, mine, threading.Lock()
