"""Processes of ``ringform`` that start warm: forked from one that has imported everything, built the models that
manifests are checked with, and done nothing else.

Each is a process of its own, with its own arguments, environment, folder, streams and exit code, as if a shell had
started it; what it is spared is half a second of imports. With ``RINGFORM_TESTS_COLD`` set, as ``make test-all``
does, and wherever a test is about starting, signals or terminals, processes are started from nothing instead.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_COLD = "RINGFORM_TESTS_COLD"

_PARENT = """
import array, json, os, signal, socket, sys, time
import ringform.api, ringform.checking, ringform.cli.main
import ringform.cli.session, ringform.cli.plan, ringform.cli.apply, ringform.cli.undo, ringform.cli.validate
import ringform.providers.phone_inc.provider, ringform.providers.zendesk_talk.provider
import ringform.providers.oneinbox.provider, ringform.providers.http, ringform.manifest.expression
import ringform.reports.json.documents, ringform.core.plan_file, ringform.engine.journaling
import ringform.providers.scalars
import phonenumbers, email_validator, filelock, tzdata

def build(base):
    for model in base.__subclasses__():
        model.model_rebuild()
        build(model)

build(ringform.providers.scalars.Strict)

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
    ringform.cli.main.main(request["arguments"])

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
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(fds[2], str(code).encode())
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


def run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], *, patience: float
) -> tuple[int, bytes, bytes]:
    """Run ``ringform`` with nothing for stdin; its exit code, and all that it has written to stdout and stderr.

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
        code = _read(told, patience)
        if code is None:
            raise subprocess.TimeoutExpired(["ringform", *arguments], patience)
        out.seek(0)
        err.seek(0)
        return code, out.read(), err.read()


def _read(told: int, patience: float) -> int | None:
    import select

    try:
        ready, _, _ = select.select([told], [], [], patience)
        return int(os.read(told, 16)) if ready else None
    finally:
        os.close(told)


@cache
def _parent() -> tuple[subprocess.Popen[bytes], socket.socket, threading.Lock]:
    """The process that others are forked from; it ends when this one does, and its end of the socket closes."""
    mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-c", _PARENT, str(its.fileno())]
    process = subprocess.Popen(command, pass_fds=[its.fileno()], start_new_session=True)
    its.close()
    return process, mine, threading.Lock()
