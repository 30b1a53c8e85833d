"""The plan: everything that an apply would do, as data that can be stored, shown and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ringform.core.address import Address
from ringform.core.change import Action, Call, Change
from ringform.core.diagnostic import Diagnostic
from ringform.core.fingerprint import Fingerprint
from ringform.core.guardrails import Tripped
from ringform.core.values import digest


@dataclass(frozen=True, slots=True)
class Summary:
    """What a plan comes to, in numbers of objects (and of calls)."""

    create: int
    update: int
    delete: int
    unchanged: int
    unmanaged: int
    calls: int


@dataclass(frozen=True, slots=True)
class ManifestId:
    """Which manifest a plan was made from: its files as the user named them, and the digest of what they want."""

    files: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class PlannedScope:
    """What a plan was made from: the kinds that were read, and those of which every unlisted object is unwanted."""

    kinds: tuple[str, ...]
    exclusive: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an apply would do to one account.

    ``unchanged`` counts managed objects that are as they should be. ``people`` maps the ids that occur in the changes
    to names (``core.people``). ``live`` holds the fingerprints of every live object that was compared, and ``scope``
    what must be read to take them again. ``guardrails`` are those that stand in the way of an apply. ``digest`` covers
    the manifest, the compared objects and the calls; it does not change with time or with the version of ringform.
    ``read_at`` is when the account was read, in seconds of this process's monotonic clock (None: in another process).
    """

    provider: str
    manifest: ManifestId
    changes: tuple[Change, ...]
    unchanged: int
    unmanaged: tuple[Address, ...]
    digest: str
    live: Mapping[Address, Fingerprint] = field(default_factory=dict)
    scope: PlannedScope = field(default_factory=lambda: PlannedScope((), ()))
    guardrails: tuple[Tripped, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    read_at: float | None = field(default=None, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether the live account already is what the manifest says."""
        return not self.changes

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call, change by change."""
        return tuple(call for change in self.changes for call in change.calls)

    @property
    def summary(self) -> Summary:
        """The plan in six numbers."""
        actions = [change.action for change in self.changes]
        return Summary(
            create=actions.count(Action.CREATE),
            update=actions.count(Action.UPDATE),
            delete=actions.count(Action.DELETE),
            unchanged=self.unchanged,
            unmanaged=len(self.unmanaged),
            calls=len(self.calls),
        )


def plan_digest(manifest: str, live: Mapping[Address, Fingerprint], changes: Sequence[Change]) -> str:
    """The digest of a plan from the manifest's digest, what was compared and the calls."""
    return digest(
        {
            "manifest": manifest,
            "live": {str(address): fingerprint for address, fingerprint in live.items()},
            "calls": [
                {"method": call.method, "path": call.path, "body": call.body}
                for change in changes
                for call in change.calls
            ],
        }
    )
