"""Interrupts: Ctrl-C and SIGTERM, counted where an exception in the middle of things would lose what happened."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Count SIGINT and SIGTERM instead of letting them act; the value is how many there were so far.

    A signal that whoever started the program has had ignored (``nohup``, a job in the background) stays ignored.
    Signals reach the main thread alone: in any other one nothing is counted.
    """
    seen: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        seen.append(number)

    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, note)
    try:
        yield lambda: len(seen)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
