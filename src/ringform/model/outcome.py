"""The outcome of applying a plan: every call with its status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ringform.model.change import Call, Change
from ringform.model.diagnostic import Diagnostic
from ringform.model.plan import Plan


class Status(StrEnum):
    """How a call ended. Unknown: it was sent, and no answer says whether it took effect."""

    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_ATTEMPTED = "not_attempted"


@dataclass(frozen=True, slots=True)
class CallResult:
    """One call of a change and how it ended. ``diagnostic`` says why it is not done."""

    change: Change
    call: Call
    status: Status
    diagnostic: Diagnostic | None = None

    @property
    def may_have_worked(self) -> bool:
        """Whether the account is, or may be, another because of this call."""
        stored_otherwise = self.diagnostic is not None and self.diagnostic.code == STORED_OTHERWISE
        return self.status in (Status.DONE, Status.UNKNOWN) or stored_otherwise


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of every call of a plan, in the plan's order.

    ``waited`` is how many seconds the account made everybody wait (429). ``diagnostics`` are the problems beside the
    calls, such as a journal that could not be written to the end.
    """

    plan: Plan
    results: tuple[CallResult, ...]
    was_interrupted: bool = False
    waited: float = 0.0
    diagnostics: tuple[Diagnostic, ...] = ()

    @classmethod
    def merge(cls, plan: Plan, outcomes: Sequence[Outcome]) -> Outcome:
        """Return one outcome for a plan that was applied account by account."""
        return cls(
            plan,
            tuple(result for outcome in outcomes for result in outcome.results),
            was_interrupted=any(outcome.was_interrupted for outcome in outcomes),
            waited=sum(outcome.waited for outcome in outcomes),
            diagnostics=tuple(each for outcome in outcomes for each in outcome.diagnostics),
        )

    @classmethod
    def untouched(cls, plan: Plan) -> Outcome:
        """Return the outcome of a plan none of whose calls was attempted."""
        results = (CallResult(change, call, Status.NOT_ATTEMPTED) for change in plan.changes for call in change.calls)
        return cls(plan, tuple(results))

    def count(self, status: Status) -> int:
        """Return how many calls ended with this status."""
        return sum(result.status is status for result in self.results)

    @property
    def is_complete(self) -> bool:
        """Whether the account is now what the plan's manifest says."""
        return all(result.status is Status.DONE for result in self.results)

    @property
    def skipped_some(self) -> bool:
        """Whether some object was skipped because somebody else had changed it."""
        return any(result.diagnostic is not None and result.diagnostic.code == MOVED for result in self.results)

    @property
    def changed_nothing(self) -> bool:
        """Whether certainly no call took effect."""
        return not any(result.may_have_worked for result in self.results)

    @property
    def verdict(self) -> str:
        """The outcome in a few words: ``Applied in part``."""
        if self.is_complete:
            return "Applied" if self.results else "Nothing to apply"
        if self.was_interrupted:
            return "Interrupted"
        if self.changed_nothing:
            return "Nothing applied"
        return "Applied in part" if self.count(Status.DONE) else "Perhaps applied in part"

    @property
    def is_partial(self) -> bool:
        """Whether a part of the plan was done, may have been, or was skipped, and the rest was not done."""
        return not self.is_complete and (not self.changed_nothing or self.skipped_some)


MOVED = "moved"
"""The code of a change that was skipped because somebody else changed the object after planning."""

STORED_OTHERWISE = "stored-otherwise"
"""The code of the one failure that is also a change: the account accepted the call and stored something else."""
