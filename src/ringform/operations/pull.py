"""Pull: write what was changed in the account into the manifest's files, and nothing else of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ringform.execution.connection import Connections
from ringform.execution.reader import observe
from ringform.manifest.manifest import Manifest, Part
from ringform.manifest.pull.accept import accept
from ringform.manifest.pull.proposals import Proposal, propose
from ringform.model.address import Address
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import did_you_mean
from ringform.model.pulled import FileEdit, Left, Pulled, PulledChange
from ringform.model.snapshot import Snapshot
from ringform.operations import file_edits

_COMMAND = "ringform pull"
DECLINED = "you said no"
_STILL = "the manifest still says something else"

Choose = Callable[[PulledChange], bool]
"""Says whether a change is to be written."""


def observe_all(
    manifest: Manifest, connections: Connections, *, only: Collection[Address] = (), add_unmanaged: bool = False
) -> dict[str, Snapshot]:
    """Read the accounts, by provider; with ``add_unmanaged`` everything in them that a manifest can hold.

    Raises:
        RingformError: One of them gives no usable answer.
    """
    live: dict[str, Snapshot] = {}
    for part, _ in manifest.select(only):
        connection = connections[part.provider.name]
        scope = replace(Scope.of(part.desired), people=bool(part.document.references))
        if add_unmanaged:
            scope = replace(scope, addresses=None, kinds=frozenset(part.provider.kinds))
        try:
            live[part.provider.name] = observe(connection, scope)
        except RingformError as error:
            if not add_unmanaged or error.diagnostics[0].code != "ids-needed":
                raise
            live[part.provider.name] = observe(connection, Scope.of(part.desired))  # it has no list of objects
    return live


def pull(
    manifest: Manifest,
    live: Mapping[str, Snapshot],
    *,
    only: Collection[Address] = (),
    add_unmanaged: bool = False,
    choose: Choose | None = None,
) -> Pulled:
    """Return what the files become when they say what the accounts in ``live``, by provider, hold.

    With ``only``, just these objects. With ``add_unmanaged``, objects enter that it lacks. ``choose`` is asked
    about every change. Nothing is written; see ``write``.

    Raises:
        RingformError: ``only`` names what neither the manifest nor an account has, or a file has changed meanwhile.
    """
    parts = [part for part, _ in manifest.select(only) if part.provider.name in live]
    _refuse_unknown(only, parts, live)
    proposals = [
        each
        for part in parts
        for each in propose(part, live[part.provider.name], only=only, add_unmanaged=add_unmanaged)
    ]
    possible = [each for each in proposals if each.obstacle is None]
    chosen = [each for each in possible if choose is None or choose(_change(each))]
    accepted = accept(manifest, chosen, live)
    taken = {id(each) for each in chosen}
    reasons = {id(each): DECLINED for each in possible if id(each) not in taken}
    reasons |= {id(each): reason for each, reason in accepted.refused}
    left = [
        _left(each, each.obstacle or reasons[id(each)]) for each in proposals if each.obstacle or id(each) in reasons
    ]
    left += _overlooked(accepted.manifest, live, left, only)
    return Pulled(
        changes=tuple(map(_change, accepted.made)),
        left=tuple(left),
        files=tuple(_files(manifest, {name: tree.mark.source.text for name, tree in accepted.trees.items()})),
        people=people_of(manifest, live),
    )


def people_of(manifest: Manifest, live: Mapping[str, Snapshot]) -> dict[str, str]:
    """Return the manifest's names for ids, for display."""
    read = [part.resolved(live[part.provider.name])[0] for part in manifest.parts if part.provider.name in live]
    return {id_: name for part in read for id_, name in part.people.items()}


def _change(each: Proposal) -> PulledChange:
    return PulledChange(each.address, each.name, each.action, each.fields, each.source)


def _left(each: Proposal, reason: str) -> Left:
    return Left(each.address, each.name, each.path, reason, each.source)


def _overlooked(
    manifest: Manifest, live: Mapping[str, Snapshot], left: list[Left], only: Collection[Address]
) -> Iterator[Left]:
    """Yield what still differs and is not among what is left: there is none, unless there is a mistake in here."""
    known = {(each.address, each.path[:depth]) for each in left for depth in range(len(each.path) + 1)}
    whole = {each.address for each in left if not each.path}
    for part in manifest.parts:
        for each in propose(part, live[part.provider.name], only=only) if part.provider.name in live else ():
            is_known = each.address in whole or all((each.address, field.path) in known for field in each.fields)
            if not is_known:
                yield _left(each, each.obstacle or _STILL)


def _refuse_unknown(only: Collection[Address], parts: list[Part], live: Mapping[str, Snapshot]) -> None:
    known = {address for part in parts for address in part.desired.wanted}
    known |= {address for snapshot in live.values() for address in (*snapshot.resources, *snapshot.unmanaged)}
    unknown = [address for address in only if address not in known]
    if unknown:
        names = [str(address) for address in known]
        example = f"an address looks like {min(names, default='kind:key')}"
        raise RingformError(
            *(
                Diagnostic(
                    "unknown-target",
                    f"neither the manifest nor the account has {address}",
                    hint=did_you_mean(str(address), names) or example,
                )
                for address in unknown
            )
        )


def _files(manifest: Manifest, texts: Mapping[str, str]) -> Iterator[FileEdit]:
    for tree in manifest.reading.trees:
        source = tree.mark.source
        if source.name not in texts or texts[source.name] == source.text:
            continue
        yield file_edits.edit(source, texts[source.name], _COMMAND)


def write(pulled: Pulled, manifest: Manifest) -> None:
    """Write the files, each whole or not at all, and only if every one of them is still what was read.

    Raises:
        RingformError: A file has changed meanwhile (then none was written), or cannot be written.
    """
    paths = {tree.mark.source.name: tree.mark.source.path for tree in manifest.reading.trees}
    file_edits.write([(each, paths[each.name] or Path(each.name)) for each in pulled.files], _COMMAND)
