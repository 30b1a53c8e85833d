"""What every vendor's account has: a lock, a clock, and a listener for changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(kw_only=True)
class Section:
    """One vendor's part of the state. Whoever reads or changes it outside a request holds ``lock``."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    on_change: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.lock = threading.RLock()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock for a change of anything, then save the state."""
        with self.lock:
            yield
            self.on_change()

    def now(self) -> str:
        """Return the time as the documents' examples write it, in whole seconds."""
        return self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
