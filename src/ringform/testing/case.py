"""What the contract has to know of a provider, beside the provider itself: an account to work on, and a manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp

from ringform.sandbox.faults import Answer, FaultControl
from ringform.sandbox.gate import Gate, RecordedRequest, Recorder
from ringform.sandbox.server import running

State = dict[str, Any]

_IDENTITY = ("phone", "number", "phone_number", "digit", "day_of_week", "token", "id")
"""What tells the entries of a list apart, best first."""

_VOLATILE = frozenset({"id", "created_at", "updated_at", "counters"})
"""What an account sets itself, to something else each time."""


@dataclass(frozen=True)
class Emulator:
    """An account over HTTP that can be looked at and changed from behind.

    ``environment`` leads ringform to it, ``read`` gives a copy of all that it holds and ``write`` replaces that.
    ``base`` is the path of the base URL.
    """

    environment: Mapping[str, str]
    base: str
    faults: FaultControl
    recorder: Recorder
    read: Callable[[], State]
    write: Callable[[State], None]

    @property
    def requests(self) -> list[RecordedRequest]:
        """The requests so far."""
        return self.recorder.all()

    @property
    def writes(self) -> list[RecordedRequest]:
        """Those that were not GETs."""
        return [request for request in self.requests if request.method != "GET"]

    @classmethod
    @contextmanager
    def running(
        cls,
        app: ASGIApp,
        read: Callable[[], State],
        write: Callable[[State], None],
        settings: Callable[[str], Mapping[str, str]],
    ) -> Iterator[Emulator]:
        """Serve an emulator's application on a port of its own.

        ``settings`` gives the environment that leads to it, from its URL.
        """
        faults, recorder = FaultControl(), Recorder()
        with running(Gate(app, faults, recorder)) as port:
            yield cls(settings(f"http://127.0.0.1:{port}"), "", faults, recorder, read, write)

    def hold(self, state: State) -> None:
        """Begin anew with this state: no faults, no requests so far."""
        self.write(state)
        self.faults.clear()
        self.recorder.clear()


@dataclass(frozen=True)
class Refusal:
    """A value that the account refuses, though every rule known to ringform allows it.

    ``call`` is which call it befalls, counted from 0; ``key`` is a line of the manifest as it begins there, the one
    that is to be blamed; ``code`` is the diagnostic's.
    """

    call: int
    answer: Answer
    key: str
    code: str = "rejected"


@dataclass(frozen=True)
class Case:
    """One provider under contract.

    ``start`` runs its emulator with the documents' own example account. In ``folder``, the manifest
    ``manifests/NAME.yaml`` changes several things there and leaves others alone; the plan's calls are in
    ``golden/NAME-calls.json``, all that the apply changes in ``golden/NAME-changed.txt``, and what is still different
    after the undo in ``golden/NAME-left.txt``. ``documented`` is the one among the calls that is the update example of
    the API's document (None: it has no document).

    ``edited`` is the state after somebody has changed a field that the manifest manages; ``protected`` the manifest's
    text with ``protect: true`` for a number whose routing it changes. ``generated`` is a larger account.
    ``field`` is one that every number has, with another value for it, and ``called`` what the manifest calls a number.
    ``filled_in`` are the places in bodies, with dots, that the account could have filled in itself.
    ``listing`` are the arguments that ``export`` needs for a state, where the API has no list. ``secrets`` must not
    appear anywhere, and ``wrong_key`` is the environment with another key. ``allowed`` are the guardrails that the
    manifest trips, ``is_bought`` says that a POST costs money, so that nobody may send it twice.
    """

    name: str
    folder: Path
    start: Callable[[], AbstractContextManager[Emulator]]
    documented: Mapping[str, Any] | None
    refusals: Sequence[Refusal]
    edited: Callable[[State], State]
    generated: Callable[[], State]
    secrets: Sequence[str]
    wrong_key: Mapping[str, str]
    variables: Sequence[str]
    protected: tuple[str, str]
    field: tuple[str, str]
    called: str
    listing: Callable[[State], Sequence[str]] = lambda _: ()
    allowed: Sequence[str] = ()
    is_bought: bool = False
    filled_in: Sequence[str] = ()

    @property
    def manifest(self) -> str:
        """The manifest's text."""
        return (self.folder / "manifests" / f"{self.name}.yaml").read_text("utf-8")

    def golden(self, name: str) -> Path:
        """Return the file that holds what is expected, such as ``calls.json``."""
        return self.folder / "golden" / f"{self.name}-{name}"


def leaves(node: object, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Return every value of a state by its place, less what an account sets itself; entries of lists by what they are.

    An empty text is none.
    """
    found: dict[tuple[str, ...], Any] = {}
    if isinstance(node, dict):
        for name, value in node.items():
            if name not in _VOLATILE and not name.endswith("_audio_url"):
                found |= leaves(value, (*path, name))
        return found or {path: {}}
    if isinstance(node, list) and node and all(isinstance(each, dict) for each in node):
        for each in node:
            name = next((name for name in _IDENTITY if name in each), "")
            found |= leaves(each, (*path, f"{name}={each.get(name)}"))
        return found
    return {path: None if node == "" else json.loads(json.dumps(node))}


def difference(before: State, after: State) -> dict[tuple[str, ...], tuple[Any, Any]]:
    """Return every place where two states differ, with both values; ``...`` stands for nothing at all."""
    old, new = leaves(before), leaves(after)
    return {
        place: (old.get(place, ...), new.get(place, ...))
        for place in old | new
        if old.get(place, ...) != new.get(place, ...)
    }
