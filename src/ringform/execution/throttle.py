"""How many requests may be under way at once: fewer after the account asked to slow down, slowly more again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Throttle:
    """Shared by all clients of an account.

    A 429 or 503 halves the limit and makes everybody wait as long as the account asked for; each success after that
    raises it by a fraction, so that a whole round of successes adds one. The limit is never below 1.
    """

    def __init__(self, limit: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(limit)
        self._limit = float(limit)
        self._clock = clock
        self._under_way = 0
        self._round = 0
        self._resume_at = 0.0
        self._asked = 0.0
        self._answers = 0
        self._changed = threading.Condition()

    @property
    def limit(self) -> int:
        """How many requests may be under way now."""
        return int(self._limit)

    @property
    def answers(self) -> int:
        """How many requests were answered so far."""
        return self._answers

    @property
    def waited(self) -> float:
        """Seconds for which the account has kept everybody waiting so far."""
        with self._changed:
            return self._asked - max(0.0, self._resume_at - self._clock())

    def delay(self) -> float:
        """Seconds until requests may be sent again."""
        with self._changed:
            return max(0.0, self._resume_at - self._clock())

    @contextmanager
    def slot(self) -> Iterator[int]:
        """Wait for a place and hold it for one request; the value is for ``slow_down``."""
        with self._changed:
            while self._under_way >= int(self._limit):
                self._changed.wait()
            self._under_way += 1
            current = self._round
        try:
            yield current
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify()

    def slow_down(self, current: int, seconds: float) -> bool:
        """Make everybody wait, since the account answered 429 or 503, and return whether it is the first of its round.

        Requests of one round that all get such an answer halve the limit once.
        """
        with self._changed:
            now = self._clock()
            if is_first := current == self._round:
                self._round += 1
                self._limit = max(1.0, self._limit / 2)
            until = now + seconds
            self._asked += max(0.0, until - max(now, self._resume_at))
            self._resume_at = max(self._resume_at, until)
            return is_first

    def speed_up(self) -> None:
        """A request was answered."""
        with self._changed:
            self._answers += 1
            if self._limit < self._most:
                self._limit = min(self._most, self._limit + 1.0 / self._limit)
                self._changed.notify()
