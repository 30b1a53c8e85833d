"""Sending one call and judging its answer, also when there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeVar

from ringform.execution.connection import Connection
from ringform.execution.http import Client
from ringform.execution.http_errors import INTERRUPTED
from ringform.execution.reader import observe
from ringform.model.api_error import ApiError
from ringform.model.change import Call, Change
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, Location
from ringform.model.messages import listed
from ringform.model.outcome import MOVED, STORED_OTHERWISE, Status
from ringform.model.values import Fields, Json, dotted, same
from ringform.planning.compare import changed_fields
from ringform.providers.facets import Creates, HasSideEffects, NamesRejectedFields, Rechecks
from ringform.providers.query import Query

T = TypeVar("T")

_LIMITED = "this account or key may not set the field, perhaps by its plan with the vendor: remove the line"

_CREATES = 3
"""How often a create is sent at most, each time after a look whether the one before took effect."""


@dataclass(frozen=True, slots=True)
class End:
    """How a call ended, and why, if it is not done.

    ``stored`` holds what the account keeps, in the fields that the call carried, where that is something else.
    ``created`` is the id of what a create has made.
    """

    status: Status
    diagnostic: Diagnostic | None = None
    stored: Fields | None = None
    created: str | None = None


class Sender:
    """Sends calls through one client. What may be repeated, the client repeats; a create is looked up first."""

    def __init__(self, connection: Connection, client: Client) -> None:
        self._connection = connection
        self._provider = connection.provider
        self._client = client

    def send(self, change: Change, call: Call) -> End:
        """Send a call and hold the answer against what it should show. Never raises for what an account does."""
        is_adopted = False
        try:
            if call.is_repeatable:
                answer = self._client.send(call.method, call.path, body=call.body)
            else:
                answer, is_adopted = self._create(call)
        except ApiError as error:
            if call.method == "DELETE" and error.status == 404:
                return End(Status.DONE)
            if error.diagnostic.code == INTERRUPTED and not error.was_sent:
                return End(Status.NOT_ATTEMPTED)
            status = Status.UNKNOWN if error.is_unclear else Status.FAILED if error.was_sent else Status.NOT_ATTEMPTED
            return End(status, self._explained(change, error, call))
        if call.method == "DELETE":
            return End(Status.DONE)
        try:
            shown = self._provider.parse_response(change, call, answer)
            created = None
            if not call.is_repeatable and isinstance(self._provider, Creates):
                created = self._provider.created_id(answer)
        except ValueError as error:
            return End(Status.UNKNOWN, _not_documented(change, str(call), error))
        return replace(self._compared(change, call, shown, is_adopted=is_adopted), created=created)

    def recheck(self, change: Change, expected: Fields | None) -> End | None:
        """Look at an object once more before it is written: None when it is as expected, else why it is left alone."""
        try:
            now = self._seen_now(change)
        except ApiError as error:
            if error.status != 404:
                return End(Status.NOT_ATTEMPTED, self._explained(change, error))
            now = None
        if now is expected is None or (now is not None and expected is not None and _agree(now, expected)):
            return None
        what = (
            "it was deleted"
            if now is None
            else "it was created"
            if expected is None
            else (f"{listed(changed_fields(expected, now))} changed")
        )
        diagnostic = Diagnostic(
            MOVED,
            f"left alone: {what} since the plan was made",
            hint="plan again, and look at what is different",
            address=change.address,
            location=change.source,
        )
        return End(Status.NOT_ATTEMPTED, diagnostic)

    def _seen_now(self, change: Change) -> Fields | None:
        """Return the object that a change is about to touch, in normal form; None when it is not there.

        Raises:
            ApiError: The account gave no usable answer.
        """
        if isinstance(self._provider, Rechecks):
            return self._ask(self._provider.recheck(change))
        address = change.previous or change.address
        live = observe(self._connection, Scope(frozenset({address}), frozenset({address.kind})))
        return live.resources[address].fields if address in live.resources else None

    def _ask(self, query: Query[T]) -> T:
        return query.read(self._client.send("GET", query.path))

    def _create(self, call: Call) -> tuple[Json, bool]:
        """Return the answer to a create, and whether it was looked up since the real one was lost.

        Raises:
            ApiError: It was refused, or nobody knows whether it took effect.
        """
        lost: ApiError | None = None
        for _ in range(_CREATES):
            try:
                return self._client.send(call.method, call.path, body=call.body), False
            except ApiError as error:
                # A refusal may be the answer to a repeat of a create that had worked.
                is_answer_to_repeat = lost is not None and error.status == 422
                if not error.is_unclear and not is_answer_to_repeat:
                    raise error if lost is None else error.unclear() from None
                created = self._look_up(call, error.unclear())
                if created is not None:
                    return created, True
                if is_answer_to_repeat:
                    raise
                lost = error
        assert lost is not None
        raise lost

    def _look_up(self, call: Call, lost: ApiError) -> Json:
        """Return what a create whose answer was lost has made, or None when it made nothing.

        Raises:
            ApiError: That cannot be found out: the create stays unclear.
        """
        if not isinstance(self._provider, Creates):
            raise lost
        try:
            return self._ask(self._provider.find_created(call))
        except ApiError:
            raise lost from None

    def _compared(self, change: Change, call: Call, shown: Fields, *, is_adopted: bool) -> End:
        """Return whether the account now holds what was asked for. Fields that the call did not carry do not count."""
        others = [name for name, value in call.expect.items() if not same(shown.get(name), value)]
        if not others:
            return End(Status.DONE)
        stored = {name: shown.get(name) for name in call.expect}
        if isinstance(self._provider, HasSideEffects):
            side_effects = self._provider.side_effects(change, call, stored)
            if all(name in side_effects for name in others):
                return End(Status.DONE, stored=stored)
        differs = f"something else in {', '.join(others)}"
        diagnostic = Diagnostic(
            STORED_OTHERWISE,
            # Somebody else may have created it in that very moment: then this call had no effect.
            f"no answer came to {call}, and what the account now holds there has {differs}"
            if is_adopted
            else f"the account took {call} but stored {differs}",
            hint="plan again to see what it holds, and write that into the manifest or tell the vendor",
            address=change.address,
            location=_line_of(change, others[0]),
        )
        if is_adopted:
            return End(Status.UNKNOWN, diagnostic)
        return End(Status.FAILED, diagnostic, stored)

    def _explained(self, change: Change, error: ApiError, call: Call | None = None) -> Diagnostic:
        """Return the failure with the object's address and, for a refused value, the manifest's line of its field."""
        keys = (error.rejected or _named(call, error)) if call else ()
        fields = [self._field(call, key) for key in keys] if call else []
        lines = list(dict.fromkeys(_line_of(change, field) for field in fields)) or [change.source]
        others = [str(line) for line in lines[1:] if line != change.source]
        details = [error.diagnostic.detail, f"(see also {listed(others)})" if others else None]
        return replace(
            error.diagnostic,
            detail=" ".join(filter(None, details)) or None,
            hint=_LIMITED if fields and error.status == 403 else error.diagnostic.hint,
            address=change.address,
            location=lines[0],
        )

    def _field(self, call: Call, key: str) -> str:
        """Return the field, in normal form, that a refusal names by a key of the request."""
        if isinstance(self._provider, NamesRejectedFields):
            return self._provider.rejected_field(call, key)
        inner = (name for name in call.expect if name.rpartition(".")[2] == key)
        return key if key in call.expect else next(inner, key)


def _named(call: Call, error: ApiError) -> list[str]:
    """Return the fields that a refusal names in its one message, where it does not keep its messages by field.

    Only names that no plain sentence has count, such as ``group_ids``.
    """
    words = set(re.findall(r"[a-z]+(?:_[a-z]+)+", error.diagnostic.detail or "")) if error.status in (403, 422) else ()
    return [name for name in call.expect if name.rpartition(".")[2] in words]


def _agree(now: Fields, expected: Fields) -> bool:
    """Return whether an object is as expected in every field that is known of both."""
    return all(same(now[name], value) for name, value in expected.items() if name in now)


def _not_documented(change: Change, request: str, error: ValueError) -> Diagnostic:
    summary = f"the answer to {request} is not what the API documents: {error}"
    hint = "plan again to see what the account holds now"
    return Diagnostic("bad-answer", summary, hint=hint, address=change.address)


def _line_of(change: Change, field: str) -> Location | None:
    """Return where the manifest sets a field of a change, else where it has the object."""
    lines = [each.source for each in change.fields if each.source and _is_about(dotted(each.path), field)]
    return lines[0] if lines else change.source


def _is_about(path: str, field: str) -> bool:
    """Return whether one of the two places is the other, or lies in it."""
    return f"{path}.".startswith(f"{field}.") or f"{field}.".startswith(f"{path}.")
