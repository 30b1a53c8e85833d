"""A request that the sandbox holds for as long as a test wants, so that no test has to guess how long things take."""

from __future__ import annotations

import _thread
import threading
import time
from collections.abc import Callable

from ringform.sandbox.server import Sandbox

_PATIENCE = 60.0
"""Seconds after which a test gives up; that a machine is slow or busy must not fail it."""


def wait_until(condition: Callable[[], object]) -> None:
    """Wait for something that another thread or process does."""
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)


def let_go(sandbox: Sandbox, answer: threading.Event) -> None:
    """Let the one request that is held take effect, though nobody waits for it any more."""
    before = len(sandbox.requests)
    answer.set()
    wait_until(lambda: len(sandbox.requests) > before)


def let_go_when_struck(sandbox: Sandbox, answer: threading.Event) -> None:
    """Let requests go when all scripted faults have struck: when so many of them are under way at once."""

    def go() -> None:
        wait_until(lambda: not sandbox.faults.pending)
        answer.set()

    threading.Thread(target=go, daemon=True).start()


def press_while_held(sandbox: Sandbox, stop: threading.Event, *, answer: threading.Event, times: int = 1) -> None:
    """Press Ctrl-C when all scripted faults have struck, the one that waits for ``answer`` among them.

    ``stop`` is the connection's, by which is seen that a press was noticed. Pressed once, the answer is let go then;
    pressed twice, it never comes unless the test lets it go.
    """

    def press() -> None:
        wait_until(lambda: not sandbox.faults.pending)
        _thread.interrupt_main()
        stop.wait(_PATIENCE)
        if times > 1:
            _thread.interrupt_main()
        else:
            answer.set()

    threading.Thread(target=press, daemon=True).start()
