"""What the contract's tests have to know of a provider, beside the provider itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ringform.sandbox.faults import Answer, Fault, FaultControl
from ringform.sandbox.gate import RecordedRequest, Recorder

State = dict[str, Any]
MANIFESTS = Path(__file__).parent / "manifests"

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

    ``start`` runs its emulator with the documents' own example account. The manifest ``manifests/NAME.yaml`` changes
    several things there and leaves others alone; the plan's calls are in ``golden/NAME-calls.json``, and ``documented``
    is the one among them that is the update example of the API's document (None: it has no document).

    ``edited`` is the state after somebody has changed a field that the manifest manages; ``protected`` the manifest's
    text with ``protect: true`` for a number whose routing it changes. ``generated`` is a larger account.
    ``field`` is one that every number has, with another value for it, and ``called`` what the manifest calls a number.
    ``filled_in`` are the places in bodies, with dots, that the account could have filled in itself.
    ``listing`` are the arguments that ``export`` needs for a state, where the API has no list. ``secrets`` must not
    appear anywhere, and ``wrong_key`` is the environment with another key. ``allowed`` are the guardrails that the
    manifest trips, ``is_bought`` says that a POST costs money, so that nobody may send it twice.
    """

    name: str
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
    packages: Callable[[Path], Path | None] = lambda _: None

    @property
    def manifest(self) -> str:
        """The manifest's text."""
        return (MANIFESTS / f"{self.name}.yaml").read_text("utf-8")


def leaves(node: object, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Every value of a state by its place, less what an account sets itself; entries of lists by what they are.

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
    """Every place where two states differ, with both values; ``...`` stands for nothing at all."""
    old, new = leaves(before), leaves(after)
    return {
        place: (old.get(place, ...), new.get(place, ...))
        for place in old | new
        if old.get(place, ...) != new.get(place, ...)
    }


SERVER_ERROR = Fault(Answer.json(500, {"error": "Something went wrong"}))
