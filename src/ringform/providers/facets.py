"""What only some vendors have. A provider that has such a method is asked; no other need say that it does not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol, runtime_checkable

from ringform.callflow.answering import AnswersCalls
from ringform.model.address import Address
from ringform.model.api_error import ErrorBody
from ringform.model.call_record import ActiveCalls, CallFilter, CallRecord
from ringform.model.change import Call, Change
from ringform.model.desired import Desired, Reference
from ringform.model.diagnostic import Diagnostic
from ringform.model.snapshot import Snapshot
from ringform.model.values import FieldPath, Fields, Json
from ringform.planning.vendor import HasGuardrails
from ringform.providers.protocol import Reads
from ringform.providers.query import Query

__all__ = [
    "AnswersCalls",
    "Creates",
    "Exports",
    "FindsNumbers",
    "HasCallLog",
    "HasDirectory",
    "HasGuardrails",
    "HasSideEffects",
    "HasWarnings",
    "NamesIds",
    "NamesRejectedFields",
    "NotesPlans",
    "ParsesErrors",
    "Rechecks",
    "ResolvesReferences",
    "Sells",
    "ShortensHours",
]


@runtime_checkable
class ResolvesReferences(Protocol):
    """A manifest can name people whose ids only the account knows."""

    def resolve_references(
        self, references: Sequence[Reference], live: Snapshot, /
    ) -> tuple[Mapping[str, str], Sequence[Diagnostic]]:
        """Return the ids of references, by token, and the errors of those that have none."""


@runtime_checkable
class HasWarnings(Protocol):
    """``parse`` warns about lines of a manifest."""

    @property
    def warning_codes(self) -> frozenset[str]:
        """The codes of these warnings, which comments can silence."""


@runtime_checkable
class HasCallLog(Protocol):
    """The API shows an account's calls: ``calls``, ``replay``, and applies that wait for calls to end."""

    @property
    def call_states(self) -> Sequence[str]:
        """The states of a call that ``recent_calls`` can be asked for."""

    def recent_calls(self, reads: Reads, wanted: CallFilter, /) -> Sequence[CallRecord]:
        """Return the latest of the wanted calls, newest first, no more than one request gives.

        Raises:
            ApiError: The account gave no usable answer.
        """

    def find_call(self, reads: Reads, call_id: str, /) -> CallRecord:
        """Return one call by its id, of ASCII letters, digits, ``-`` and ``_``.

        Raises:
            ApiError: The account gave no usable answer; its status is 404 if there is no such call.
        """

    def names(self, reads: Reads, /) -> Mapping[Address, str | None]:
        """Return the names of the account's own numbers, with one request.

        Raises:
            ApiError: The account gave no usable answer.
        """

    def active_calls(self, reads: Reads, /) -> ActiveCalls:
        """Return the calls that are going on, with as few requests as the API allows.

        Raises:
            ApiError: The account gave no usable answer.
        """


@runtime_checkable
class HasDirectory(Protocol):
    """The API shows the account's people."""

    def people(self, reads: Reads, /) -> Mapping[str, Mapping[str, str]]:
        """Return the account's people as ``Snapshot.people`` has them, for display; none when the key may not."""


@runtime_checkable
class Creates(Protocol):
    """There are calls that create something, or buy it: POSTs, which are not sent twice without a look."""

    def created_id(self, answer: Json, /) -> str:
        """Return the id of a created object, from the answer, for the calls on it that follow.

        Raises:
            ValueError: The answer does not have the documented shape.
        """

    def find_created(self, call: Call, /) -> Query[Json]:
        """Return the GET that finds the object of a create whose answer was lost.

        Its parsed answer is that of the create, or None if the object is certainly not there: then the create is sent
        again. It raises ``ValueError`` if that is not certain, or a second create would cost money.
        """


@runtime_checkable
class Sells(Protocol):
    """The vendor sells what a manifest asks for, on terms that may move between a plan and its apply."""

    def choose_offers(self, desired: Desired, live: Snapshot, /) -> tuple[Desired, Sequence[Diagnostic]]:
        """Return the desired state with the account's offers in it, and the errors of what is not for sale."""

    def renew_offers(self, reads: Reads, purchases: Sequence[Change], /) -> Sequence[Change]:
        """Return the changes that buy something, as the vendor sells it now: searched for again just before an apply.

        Raises:
            Refused: A price or a term is not what was planned any more, or there is nothing to be bought.
            ApiError: The account gave no usable answer.
        """


@runtime_checkable
class Rechecks(Protocol):
    """One GET shows what a change is about to touch, where ``observe`` needs several."""

    def recheck(self, change: Change, /) -> Query[Fields | None]:
        """Return the GET that shows the object in normal form; None when it is not there."""


@runtime_checkable
class NotesPlans(Protocol):
    """There are changes that an account may not keep, though its API's document lets them be asked for."""

    def change_warnings(self, change: Change, /) -> Sequence[tuple[FieldPath, Diagnostic]]:
        """Return warnings about a change, each with the path of the field that it is about."""


@runtime_checkable
class HasSideEffects(Protocol):
    """A call may take with it what it was to leave as it is."""

    def side_effects(self, change: Change, call: Call, stored: Fields, /) -> Collection[str]:
        """Return the fields whose ``stored`` value is no failure of the call, though it carried another one."""


@runtime_checkable
class ParsesErrors(Protocol):
    """Refusals say why in their bodies; of other vendors' refusals the body is quoted."""

    def parse_error(self, body: Mapping[str, Json], /) -> ErrorBody:
        """Return the texts of a refusal's body; none, if it is not as documented."""


@runtime_checkable
class NamesRejectedFields(Protocol):
    """Refusals name fields by other keys than the last part of the field's name in normal form."""

    def rejected_field(self, call: Call, key: str, /) -> str:
        """Return the field, in normal form, that a refusal names by one of the request's keys."""


@runtime_checkable
class Exports(Protocol):
    """An account can be written down as a manifest."""

    def export(self, live: Snapshot, /) -> tuple[Mapping[str, object], Sequence[Diagnostic]]:
        """Return the account as a manifest document whose plan is empty, and what could not be written down."""


@runtime_checkable
class ShortensHours(Protocol):
    """Opening hours can be written in a short form, by days, and in the API's own."""

    def short_hours(self, value: object, /) -> Mapping[str, str] | None:
        """Return the short form of ``opening_hours`` as a manifest may have them; None if they are not valid."""


@runtime_checkable
class FindsNumbers(Protocol):
    """The account can be asked for one of its numbers, so that ``account:`` in a manifest can be held against it."""

    def has_number(self, reads: Reads, address: Address, /) -> bool:
        """Return whether the account has this number, with as few requests as the API allows.

        Raises:
            ApiError: The account gave no usable answer.
        """


@runtime_checkable
class NamesIds(Protocol):
    """The account can tell the names behind the ids in its objects, which an export then writes."""

    def names_of_ids(self, reads: Reads, live: Snapshot, /) -> Mapping[str, Mapping[str, str]]:
        """Return the account's names for ids as ``Snapshot.people`` has them, by section and id (``own_key``).

        There are none where the account does not tell them.
        """
