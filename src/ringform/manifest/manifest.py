"""A manifest: its files read, checked and turned into a desired state. Offline; nothing is compared here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ringform.core import values
from ringform.core.address import Address
from ringform.core.desired import Desired
from ringform.core.diagnostic import Diagnostic, Location, RingformError, in_reading_order, limited
from ringform.core.plan import ManifestId
from ringform.core.values import digest
from ringform.core.words import did_you_mean, listed, shown
from ringform.manifest import discovery, load, source, template, variables
from ringform.manifest.merge import merge
from ringform.manifest.placing import place, placed, positions, value_at
from ringform.manifest.tree import Map, Node, locate
from ringform.providers import catalog
from ringform.providers.base import DocumentPath, Interpretation, Problem, Provider

_NEED_EVERY_FILE = frozenset({"missing-variable", "unknown-employee", "unknown-name"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """A valid manifest. ``diagnostics`` holds its warnings."""

    id: ManifestId
    provider: Provider
    desired: Desired
    diagnostics: tuple[Diagnostic, ...]
    _tree: Map = field(repr=False)
    _places: Mapping[Address, DocumentPath] = field(repr=False)

    def locate(self, address: Address, path: values.Path = ()) -> Location | None:
        """Where the manifest says this about an object; an empty path means the object's own key.

        A field that the object takes from ``defaults`` is found there.
        """
        place = self._places.get(address)
        if place is None:
            return None
        entry = value_at(self._tree, place)
        # What is managed entry by entry can stand partly in the object and partly in the defaults.
        top = path[: 2 if path and path[0] in self.provider.partial_fields else 1]
        if path and not _leads_on(entry, top) and _leads_on(self._tree.get("defaults"), top):
            place = ("defaults",)
        found = locate(self._tree, positions(self._tree, (*place, *path)), key=True)
        return found[0] if found else None

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
class Checked:
    """What checking found: the manifest, when it has no errors, and every diagnostic, in reading order."""

    manifest: Manifest | None
    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def load_manifest(
    paths: Sequence[Path], *, var_files: Sequence[Path] = (), assignments: Sequence[str] = ()
) -> Manifest:
    """Read the manifest in files and folders.

    Raises:
        RingformError: It has errors; all of them are in it, and its warnings too.
    """
    checked = check_manifest(paths, var_files=var_files, assignments=assignments)
    if checked.manifest is None:
        raise RingformError(*checked.diagnostics)
    return checked.manifest


def check_manifest(
    paths: Sequence[Path], *, var_files: Sequence[Path] = (), assignments: Sequence[str] = ()
) -> Checked:
    """Read the manifest in files and folders, and collect everything that is wrong with it."""
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
            manifest = _interpreted(rendered, provider, names, found)
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


def _interpreted(root: Map, provider: Provider, names: tuple[str, ...], found: list[Diagnostic]) -> Manifest:
    interpretation = provider.interpret(root)
    found += place(interpretation.problems, root, {each.location for each in found})
    return Manifest(
        id=ManifestId(names, _digest(interpretation)),
        provider=provider,
        desired=interpretation.desired,
        diagnostics=in_reading_order(found),
        _tree=root,
        _places=interpretation.places,
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
