"""The plan: everything that an apply would do, as data that can be stored, shown and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ringform.core.address import Address
from ringform.core.change import Action, Call, Change
from ringform.core.diagnostic import Diagnostic
from ringform.core.values import Fields, digest


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
class Plan:
    """What an apply would do to one account.

    ``unchanged`` counts managed objects that are as they should be. ``people`` maps the employee ids that occur in
    the changes to names. ``digest`` covers the manifest, every live object read and the calls; it does not change
    with time or with the version of ringform.
    """

    provider: str
    manifest: ManifestId
    changes: tuple[Change, ...]
    unchanged: int
    unmanaged: tuple[Address, ...]
    digest: str
    people: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

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


def plan_digest(manifest: str, live: Mapping[Address, Fields], changes: Sequence[Change]) -> str:
    """The digest of a plan from the manifest's digest, what was read (in normal form) and the calls."""
    return digest(
        {
            "manifest": manifest,
            "live": {str(address): fields for address, fields in live.items()},
            "calls": [
                {"method": call.method, "path": call.path, "body": call.body}
                for change in changes
                for call in change.calls
            ],
        }
    )
