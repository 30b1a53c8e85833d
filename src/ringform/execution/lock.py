"""One apply at a time: a lock for each account, kept by the machine's user and freed by the system if we die."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ringform.execution.connection import Connections
from ringform.model.diagnostic import Diagnostic, Refused, RingformError


@dataclass(slots=True)
class AccountLock:
    """The lock of some accounts, by their connections' identities; only ``lock_accounts`` makes one.

    ``since`` is when it was taken, in seconds of this process's monotonic clock.
    """

    accounts: frozenset[str]
    since: float
    is_held: bool = True

    def covers(self, connections: Connections) -> bool:
        """Whether it is held, and for all of these accounts."""
        return self.is_held and {connection.identity for connection in connections.values()} <= self.accounts


@contextmanager
def lock_accounts(connections: Connections) -> Iterator[AccountLock]:
    """Hold the lock of every account until the block ends.

    Raises:
        Refused: Another apply to one of these accounts is under way on this machine.
        RingformError: No lock can be made.
    """
    accounts = frozenset(connection.identity for connection in connections.values())
    with ExitStack() as files:
        # In one order: two applies to the same accounts must not hold one lock each.
        for name in sorted(accounts):
            files.enter_context(_locked(name))
        lock = AccountLock(accounts, time.monotonic())
        try:
            yield lock
        finally:
            lock.is_held = False


@contextmanager
def _locked(name: str) -> Iterator[None]:
    # Imported here: only an apply needs it.
    from filelock import FileLock, Timeout

    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(folder / f"{name}.lock", timeout=0)
        lock.acquire()
    except Timeout:
        hint = "wait until it has ended, or answer its question if it is asking one in another window; then plan again"
        raise Refused(Diagnostic("locked", "another apply to this account is under way", hint=hint)) from None
    except OSError as error:
        summary = f"no lock can be made in {folder}: {error.strerror}"
        hint = "set XDG_STATE_HOME to a folder that you may write to"
        raise RingformError(Diagnostic("lock-failed", summary, hint=hint)) from None
    try:
        yield
    finally:
        lock.release()


def _folder() -> Path:
    """Return where this user's programs keep what should outlive them (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "ringform"
