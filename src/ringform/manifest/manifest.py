"""A manifest: its files read, checked and turned into a desired state. Offline; nothing is compared here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ringform.core import values
from ringform.core.address import Address
from ringform.core.calendar import Agenda, on_clock
from ringform.core.desired import Desired
from ringform.core.diagnostic import Diagnostic, Location, RingformError, in_reading_order, limited
from ringform.core.plan import ManifestId
from ringform.core.values import digest
from ringform.core.words import did_you_mean, listed, shown
from ringform.manifest import discovery, load, source, template, variables
from ringform.manifest.merge import merge
from ringform.manifest.placing import place, placed, positions, value_at
from ringform.manifest.tree import Map, locate
from ringform.providers import catalog
from ringform.providers.base import DocumentPath, Interpretation, Problem, Provider

_LOOK_BACK = 14
"""Days for which applies may have been missed: what an account was to be so long ago, it may still be."""
_NEED_EVERY_FILE = frozenset({"missing-variable", "unknown-employee"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """A valid manifest. ``diagnostics`` holds its warnings."""

    id: ManifestId
    provider: Provider
    desired: Desired
    diagnostics: tuple[Diagnostic, ...]
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

    def agenda(self, begin: datetime, days: int) -> Agenda:
        """What its dates come to from ``begin`` on, for so many days."""
        return self.provider.agenda(self._tree, begin, days)

    def locate(self, address: Address, path: values.Path = ()) -> Location | None:
        """Where the manifest says this about an object; an empty path means the object's own key.

        A field that the object takes from ``defaults`` is found there.
        """
        place = self._places.get(address)
        if place is None:
            return None
        entry = value_at(self._tree, place)
        if path and not (isinstance(entry, Map) and path[0] in entry):
            defaults = self._tree.get("defaults")
            place = ("defaults",) if isinstance(defaults, Map) and path[0] in defaults else place
        found = locate(self._tree, positions(self._tree, (*place, *path)), key=True)
        return found[0] if found else None

    def locate_test(self, index: int) -> Location | None:
        """Where a routing test stands."""
        found = locate(self._tree, ("tests", index, "name"), key=True)
        return found[0] if found else None


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
) -> Manifest:
    """Read the manifest in files and folders, as of a time: see ``check_manifest``.

    Raises:
        RingformError: It has errors; all of them are in it, and its warnings too.
    """
    checked = check_manifest(paths, var_files=var_files, assignments=assignments, as_of=as_of)
    if checked.manifest is None:
        raise RingformError(*checked.diagnostics)
    return checked.manifest


def check_manifest(
    paths: Sequence[Path],
    *,
    var_files: Sequence[Path] = (),
    assignments: Sequence[str] = (),
    as_of: datetime | None = None,
) -> Checked:
    """Read the manifest in files and folders, and collect everything that is wrong with it.

    Its dates come to what they have to be ``as_of``: now, if that is None. Without a zone it is a time on each object's
    own clock. Whether the manifest is valid does not depend on it.
    """
    found: list[Diagnostic] = []
    files, problems = discovery.discover(paths)
    found += problems
    trees = _trees(files, found)
    is_whole = len(trees) == len(files)
    names = tuple(source.display_name(path) for path in files)
    manifest = None
    if trees:
        root, problems = merge(trees)
        provider = _provider(trees, found)
        found += problems
        given = _variables(root, var_files, assignments, found)
        rendered, problems = template.render_tree(_without_variables(root), given)
        found += problems
        if provider is not None and isinstance(rendered, Map):
            manifest = _interpreted(rendered, provider, names, as_of or datetime.now(UTC), found)
    if not is_whole:
        # The names that these do not know may well stand in a file that could not be read.
        found = [each for each in found if each.code not in _NEED_EVERY_FILE]
    is_valid = not any(diagnostic.is_error for diagnostic in found)
    return Checked(manifest if is_valid else None, names, limited(in_reading_order(found)))


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


def _provider(trees: Sequence[Map], found: list[Diagnostic]) -> Provider | None:
    """The one provider of all files, once each file has told its version and provider rightly."""
    names: list[str] = []
    is_known = True
    for tree in trees:
        if "version" not in tree:
            hint = "begin the file with: version: 1"
            found.append(Diagnostic("missing-field", "this file has no 'version'", hint=hint).at(*tree.mark.locate()))
        elif tree["version"] != "1":
            summary = f"the version of the manifest's format is 1, not {shown(tree['version'])}"
            found.append(placed(Problem(("version",), "unknown-version", summary, hint="write version: 1"), tree))
        name = tree.get("provider", catalog.DEFAULT)
        if name not in catalog.NAMES:
            guess = did_you_mean(name, catalog.NAMES) if isinstance(name, str) else None
            hint = guess or f"write provider: {listed(catalog.NAMES, last='or')}"
            summary = f"{shown(name)} is not a provider"
            found.append(placed(Problem(("provider",), "unknown-provider", summary, hint=hint), tree))
            is_known = False
        names.append(str(name))
    return catalog.provider(names[0]) if is_known else None


def _interpreted(
    root: Map, provider: Provider, names: tuple[str, ...], as_of: datetime, found: list[Diagnostic]
) -> Manifest:
    interpretation = provider.interpret(root, as_of)
    found += place(interpretation.problems, root, {each.location for each in found})
    return Manifest(
        id=ManifestId(names, _digest(interpretation)),
        provider=provider,
        desired=interpretation.desired,
        diagnostics=in_reading_order(found),
        _tree=root,
        _places=interpretation.places,
        as_of=as_of,
    )


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
