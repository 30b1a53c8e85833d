"""A manifest: its files read, checked and turned into a desired state. Offline; nothing is compared here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from ringform.core import values
from ringform.core.address import Address
from ringform.core.calendar import Agenda, next_change, on_clock
from ringform.core.desired import Desired
from ringform.core.diagnostic import Diagnostic, Excerpt, Location, RingformError, in_reading_order, limited
from ringform.core.plan import ManifestId
from ringform.core.values import digest
from ringform.core.words import did_you_mean, listed, shown
from ringform.manifest import discovery, load, source, template, variables
from ringform.manifest.ignoring import Ignores
from ringform.manifest.merge import merge
from ringform.manifest.placing import place, placed, positions, value_at
from ringform.manifest.tree import Map, Node, locate
from ringform.providers import catalog
from ringform.providers.base import DocumentPath, Interpretation, Problem, Provider

_LOOK_BACK = 14
"""Days for which applies may have been missed: what an account was to be so long ago, it may still be."""
_LOOK_AHEAD = 31
"""Days for which it is looked whether a plan still holds."""
_NEED_EVERY_FILE = frozenset({"missing-variable", "unknown-employee", "unknown-name"})


@dataclass(frozen=True, slots=True)
class Part:
    """What the files of one provider say about its account."""

    id: ManifestId
    provider: Provider
    desired: Desired
    _tree: Map = field(repr=False)
    _places: Mapping[Address, DocumentPath] = field(repr=False)
    as_of: datetime

    def desired_as_of(self, moment: datetime) -> Desired:
        """What it wants at another time; without a zone, one on each object's own clock."""
        return self.provider.interpret(self._tree, moment).desired if self.desired.is_dated else self.desired

    def earlier(self) -> list[Desired]:
        """Everything that it wanted in the last two weeks because of its dates, the latest last."""
        begin = self.as_of - timedelta(days=_LOOK_BACK)
        agenda = self.agenda(begin, _LOOK_BACK + 1)
        moments = dict.fromkeys(each.at for each in agenda.changes)
        past = [moment for moment in moments if moment <= on_clock(self.as_of, moment.tzinfo or UTC)]
        return [self.desired_as_of(moment) for moment in (begin, *past)]

    def holds_until(self, addresses: Collection[Address]) -> datetime | None:
        """When its dates next ask for something else of one of these objects; None: not within a month."""
        if not self.desired.is_dated:
            return None
        return next_change(self.agenda(self.as_of, _LOOK_AHEAD), addresses, self.as_of)

    def agenda(self, begin: datetime, days: int) -> Agenda:
        """What its dates come to from ``begin`` on, for so many days."""
        return self.provider.agenda(self._tree, begin, days)

    def locate(self, address: Address, path: values.Path = ()) -> Location | None:
        """Where the manifest says this about an object; an empty path means the object's own key.

        A field that the object takes from ``defaults`` is found there.
        """
        found = self.place(address, path, key=True)
        return found[0] if found else None

    def place(self, address: Address, path: values.Path, *, key: bool = False) -> tuple[Location, Excerpt] | None:
        """The same place with its line, ready for ``Diagnostic.at``: of a text its value, unless ``key``."""
        place = self._places.get(address)
        if place is None:
            return None
        entry = value_at(self._tree, place)
        # What is managed entry by entry can stand partly in the object and partly in the defaults.
        top = path[: 2 if path and path[0] in self.provider.partial_fields else 1]
        if path and not _leads_on(entry, top) and _leads_on(self._tree.get("defaults"), top):
            place = ("defaults",)
        return locate(self._tree, positions(self._tree, (*place, *path)), key=key)

    def locate_test(self, index: int) -> Location | None:
        """Where a routing test stands."""
        found = locate(self._tree, ("tests", index, "name"), key=True)
        return found[0] if found else None


def _leads_on(node: Node, path: values.Path) -> bool:
    """Whether every name of a path is there."""
    for name in path:
        if not isinstance(node, Map) or name not in node:
            return False
        node = node[name]
    return True


@dataclass(frozen=True, slots=True)
class Manifest:
    """A valid manifest: a part for each provider that its files name.

    ``diagnostics`` holds its warnings, ``ignores`` what its comments say of such.
    """

    id: ManifestId
    parts: tuple[Part, ...]
    diagnostics: tuple[Diagnostic, ...]
    ignores: Ignores = field(default=Ignores(), repr=False)

    @property
    def objects(self) -> int:
        """How many objects it manages."""
        return sum(len(part.desired.wanted) for part in self.parts)

    def aimed_at(self, targets: Collection[Address]) -> list[tuple[Part, list[Address]]]:
        """The parts that matter to ``targets``, each with its own; all of them when there are none.

        A target of a kind that no part knows goes to the first one, which will say so.
        """
        if not targets:
            return [(part, []) for part in self.parts]
        aims: dict[int, list[Address]] = {}
        for target in targets:
            part = self.part_of(target) or self.parts[0]
            aims.setdefault(self.parts.index(part), []).append(target)
        return [(self.parts[number], aimed) for number, aimed in sorted(aims.items())]

    def part_of(self, address: Address) -> Part | None:
        """The part of the provider that has objects of the address's kind."""
        return next((part for part in self.parts if address.kind in part.provider.kinds), None)


Lint: TypeAlias = Callable[[Part], Iterable[Diagnostic]]
"""What is to be said of a part of a valid manifest beyond what is wrong with it, each with its place."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found: the manifest, when it has no errors, and every diagnostic, in reading order."""

    manifest: Manifest | None
    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def load_manifest(
    paths: Sequence[Path],
    *,
    var_files: Sequence[Path] = (),
    assignments: Sequence[str] = (),
    as_of: datetime | None = None,
    lint: Lint | None = None,
) -> Manifest:
    """Read the manifest in files and folders, as of a time: see ``check_manifest``.

    Raises:
        RingformError: It has errors; all of them are in it, and its warnings too.
    """
    checked = check_manifest(paths, var_files=var_files, assignments=assignments, as_of=as_of, lint=lint)
    if checked.manifest is None:
        raise RingformError(*checked.diagnostics)
    return checked.manifest


def check_manifest(
    paths: Sequence[Path],
    *,
    var_files: Sequence[Path] = (),
    assignments: Sequence[str] = (),
    as_of: datetime | None = None,
    lint: Lint | None = None,
) -> Checked:
    """Read the manifest in files and folders, and collect everything that is wrong with it.

    Its dates come to what they have to be ``as_of``: now, if that is None. Without a zone it is a time on each object's
    own clock. Whether the manifest is valid does not depend on it.

    With ``lint`` what that finds is added, and warnings that a comment ignores are left out. Without it these comments
    have no effect: which of them are of use cannot be said.
    """
    found: list[Diagnostic] = []
    files, problems = discovery.discover(paths)
    found += problems
    trees = _trees(files, found)
    groups = _by_provider(trees, found)
    is_whole = len(trees) == len(files)
    parts = []
    for name, group in groups.items():
        provider = _provider(name, group[0], found)
        is_whole = is_whole and provider is not None
        part = _part(group, provider, var_files, assignments, as_of or datetime.now(UTC), found)
        parts += [part] if part else []
    if not is_whole:
        # The names that these do not know may well stand in a file that could not be read.
        found = [each for each in found if each.code not in _NEED_EVERY_FILE]
    found = list(dict.fromkeys(found))  # what is wrong with --var is wrong for every part
    names = tuple(source.display_name(path) for path in files)
    is_valid = bool(parts) and not any(diagnostic.is_error for diagnostic in found)
    ignores = Ignores()
    if lint is not None:
        found += [each for part in parts for each in lint(part)] if is_valid else ()
        ignores = Ignores.of(tree.mark.source for tree in trees)
        found = [*ignores.heeded(found), *(ignores.problems(found) if is_valid else ())]
    told = limited(in_reading_order(found))
    manifest = Manifest(ManifestId(names, _whole_digest(parts)), tuple(parts), told, ignores)
    return Checked(manifest if is_valid else None, names, told)


def _provider(name: str | None, tree: Map, found: list[Diagnostic]) -> Provider | None:
    """The provider that a file names; None when there is none that can be used, which has been told."""
    if name is None:
        return None
    try:
        return catalog.provider(name)
    except RingformError as error:
        place = locate(tree, ("provider",)) or tree.mark.locate()
        found += (each.at(*place) for each in error.diagnostics)
        return None


def _part(
    trees: Sequence[Map],
    provider: Provider | None,
    var_files: Sequence[Path],
    assignments: Sequence[str],
    as_of: datetime,
    found: list[Diagnostic],
) -> Part | None:
    """What the files of one provider come to; None when there is no such provider."""
    root, problems = merge(trees)
    found += problems
    given = _variables(root, var_files, assignments, found)
    rendered, problems = template.render_tree(_without_variables(root), given)
    found += problems
    if provider is None or not isinstance(rendered, Map):
        return None
    interpretation = provider.interpret(rendered, as_of)
    found += place(interpretation.problems, rendered, {each.location for each in found})
    files = tuple(dict.fromkeys(tree.mark.source.name for tree in trees))
    id_ = ManifestId(files, _digest(interpretation))
    desired = _with_locations(interpretation.desired, rendered)
    return Part(id_, provider, desired, rendered, interpretation.places, as_of)


def _with_locations(desired: Desired, root: Map) -> Desired:
    """Say of those whose ids only the account knows where in the files they are named."""
    places = [locate(root, each.place) for each in desired.references]
    return replace(
        desired,
        references=tuple(
            replace(each, location=place[0] if place else None)
            for each, place in zip(desired.references, places, strict=True)
        ),
    )


def _trees(files: Sequence[Path], found: list[Diagnostic]) -> list[Map]:
    trees = []
    for path in files:
        try:
            tree, problems = load.parse(source.read(path))
        except RingformError as error:
            found += error.diagnostics
        else:
            found += problems
            trees.append(tree)
    return trees


def _without_variables(root: Map) -> Map:
    """The tree without ``vars``: their values are plain text, and what is wrong with them has been said."""
    rest = Map(root.mark)
    rest.update((key, value) for key, value in root.items() if key != "vars")
    rest.marks.update(root.marks)
    return rest


def _variables(
    root: Map, var_files: Sequence[Path], assignments: Sequence[str], found: list[Diagnostic]
) -> dict[str, str]:
    declared, problems = variables.from_tree(root, ("vars",))
    found += problems
    section = root.get("vars")
    # A variable whose value is not usable is there all the same: its uses are no mistakes of their own.
    declared = {**{name: name for name in section or ()}, **declared} if isinstance(section, Map) else declared
    try:
        given, problems = variables.gather(declared, var_files, assignments)
    except RingformError as error:
        found += error.diagnostics
        return declared
    found += problems
    return given


def _by_provider(trees: Sequence[Map], found: list[Diagnostic]) -> dict[str | None, list[Map]]:
    """The files by their provider's name (None: one that is not known), and what is wrong with version and provider."""
    groups: dict[str | None, list[Map]] = {}
    for tree in trees:
        if "version" not in tree:
            hint = "begin the file with: version: 1"
            found.append(Diagnostic("missing-field", "this file has no 'version'", hint=hint).at(*tree.mark.locate()))
        elif tree["version"] != "1":
            summary = f"the version of the manifest's format is 1, not {shown(tree['version'])}"
            found.append(placed(Problem(("version",), "unknown-version", summary, hint="write version: 1"), tree))
        name = tree.get("provider", catalog.DEFAULT)
        is_known = isinstance(name, str) and catalog.is_known(name)
        if not is_known:
            known = catalog.every_name()
            guess = did_you_mean(name, known) if isinstance(name, str) else None
            hint = guess or f"write provider: {listed(known, last='or')}"
            summary = f"{shown(name)} is not a provider"
            found.append(placed(Problem(("provider",), "unknown-provider", summary, hint=hint), tree))
        groups.setdefault(name if is_known and isinstance(name, str) else None, []).append(tree)
    return groups


def _whole_digest(parts: Sequence[Part]) -> str:
    """The digest of everything that is wanted: that of the only part, or one over those of all."""
    if len(parts) == 1:
        return parts[0].id.digest
    return digest({part.provider.name: part.id.digest for part in parts})


def _digest(interpretation: Interpretation) -> str:
    """The digest of what is wanted: comments, layout and the spread over files do not count."""
    desired = interpretation.desired
    return digest(
        {
            "wanted": {
                str(address): {
                    "fields": wanted.fields,
                    "absent": wanted.absent,
                    "was": str(wanted.was) if wanted.was else None,
                    **({"purchase": wanted.purchase} if wanted.purchase is not None else {}),
                }
                for address, wanted in desired.wanted.items()
            },
            "exclusive": sorted(desired.exclusive),
            "references": {each.token: {each.by: each.value} for each in desired.references},
            "protected": sorted(map(str, desired.protected)),
            "limits": {name: [limit.least, limit.percent] for name, limit in desired.limits.items()},
            "groups": {name: list(members) for name, members in desired.groups.items()},
        }
    )
