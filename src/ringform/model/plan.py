"""The plan: everything that an apply would do, as data that can be stored, shown and compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ringform.model.address import Address
from ringform.model.change import Action, Call, Change
from ringform.model.dated_change import DatedChange
from ringform.model.diagnostic import Diagnostic
from ringform.model.fingerprint import Fingerprint
from ringform.model.guardrail import Violation
from ringform.model.left_alone import LeftAlone
from ringform.model.values import Json, digest

LEFT_AS_IT_IS = "moved-since"
"""The code of the diagnostic for an object, or field, that an undo leaves as it is."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many objects a plan creates, updates, deletes or leaves, and by how many calls."""

    create: int
    update: int
    delete: int
    unchanged: int
    unmanaged: int
    calls: int


@dataclass(frozen=True, slots=True)
class ManifestId:
    """The manifest of a plan: its files as the user named them, and the digest of the desired state."""

    files: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class PlannedScope:
    """The kinds that were read for a plan, and those whose unlisted objects are all unwanted."""

    kinds: tuple[str, ...]
    exclusive: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes that an apply makes to one account, or to one account of each of several providers.

    ``unchanged`` counts the managed objects that already match. ``people`` maps the ids in the changes to names
    (``model.people``). ``live`` holds the fingerprints of every live object that was compared, and ``scope`` what must
    be read to take them again. ``guardrails`` are the violations that stop an apply. ``digest`` covers the manifest,
    the compared objects, the calls and the terms of purchases; it does not change with time or the version of ringform.
    ``dates`` is what closures, special hours and rotations ask of later applies, the next ones in order of time, and
    ``valid_until`` when they next change an object of the plan (None: not within a year). ``read_at`` is when the
    account was read, in seconds of this process's monotonic clock (None: in another process). ``is_undo`` says that it
    takes back an apply. ``left_alone`` are the fields that differ and stay as they are, by ``ignore_changes``.
    """

    providers: tuple[str, ...]
    manifest: ManifestId
    changes: tuple[Change, ...]
    unchanged: int
    unmanaged: tuple[Address, ...]
    digest: str
    live: Mapping[Address, Fingerprint] = field(default_factory=dict)
    scope: PlannedScope = field(default_factory=lambda: PlannedScope((), ()))
    guardrails: tuple[Violation, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    dates: tuple[DatedChange, ...] = ()
    valid_until: datetime | None = None
    read_at: float | None = field(default=None, compare=False)
    is_undo: bool = False
    left_alone: tuple[LeftAlone, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the live account already matches the manifest."""
        return not self.changes

    @property
    def leaves_some(self) -> bool:
        """Whether the plan of an undo leaves something that the apply changed."""
        return any(diagnostic.code == LEFT_AS_IT_IS for diagnostic in self.diagnostics)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call, change by change."""
        return tuple(call for change in self.changes for call in change.calls)

    @property
    def summary(self) -> Summary:
        """The totals of the plan."""
        actions = [change.action for change in self.changes]
        return Summary(
            create=actions.count(Action.CREATE),
            update=actions.count(Action.UPDATE),
            delete=actions.count(Action.DELETE),
            unchanged=self.unchanged,
            unmanaged=len(self.unmanaged),
            calls=len(self.calls),
        )

    def limited_to(self, kinds: Collection[str]) -> Plan:
        """Return the plan with only the changes to these kinds of objects, to apply it account by account."""
        return replace(self, changes=tuple(change for change in self.changes if change.address.kind in kinds))


def merge_plans(plans: Sequence[Plan], manifest: ManifestId) -> Plan:
    """Return one plan of those for several accounts; ``manifest`` is the whole manifest."""
    if len(plans) == 1:
        return replace(plans[0], manifest=manifest)
    changes = tuple(change for plan in plans for change in plan.changes)
    live = {address: fingerprint for plan in plans for address, fingerprint in plan.live.items()}
    return Plan(
        providers=tuple(name for plan in plans for name in plan.providers),
        manifest=manifest,
        changes=changes,
        unchanged=sum(plan.unchanged for plan in plans),
        unmanaged=tuple(address for plan in plans for address in plan.unmanaged),
        digest=plan_digest(manifest.digest, live, changes),
        live=live,
        scope=PlannedScope(
            tuple(kind for plan in plans for kind in plan.scope.kinds),
            tuple(kind for plan in plans for kind in plan.scope.exclusive),
        ),
        guardrails=tuple(violation for plan in plans for violation in plan.guardrails),
        people={id_: name for plan in plans for id_, name in plan.people.items()},
        diagnostics=tuple(diagnostic for plan in plans for diagnostic in plan.diagnostics),
        left_alone=tuple(each for plan in plans for each in plan.left_alone),
        dates=tuple(sorted((change for plan in plans for change in plan.dates), key=lambda change: change.at)),
        valid_until=min((plan.valid_until for plan in plans if plan.valid_until), default=None),
        read_at=min((plan.read_at for plan in plans if plan.read_at is not None), default=None),
    )


def plan_digest(manifest: str, live: Mapping[Address, Fingerprint], changes: Sequence[Change]) -> str:
    """Return the digest of a plan: it covers the manifest's digest, the live objects, the calls and terms of purchases.

    The token that an offer is bought by is left out: the same offer has another one each time it is searched for.
    """
    covered: dict[str, Json] = {
        "manifest": manifest,
        "live": {str(address): fingerprint for address, fingerprint in live.items()},
        "calls": [
            {"method": call.method, "path": call.path, "body": _without(change.offer_token, call.body)}
            for change in changes
            for call in change.calls
        ],
    }
    terms: Json = {str(change.address): change.terms for change in changes if change.purchase is not None}
    return digest({**covered, "terms": terms} if terms else covered)


def _without(token: Json, value: Json) -> Json:
    """Return a call's body without an offer's token."""
    if isinstance(value, Mapping):
        return {key: _without(token, inner) for key, inner in value.items()}
    return None if token is not None and value == token else value
