"""Checking: the files of a manifest are read, put together and turned into a desired state. Offline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from ringform.calendar.dates import on_clock
from ringform.manifest import composer, template, variables
from ringform.manifest.files import DISK, Files
from ringform.manifest.manifest import Manifest, Part, Reading
from ringform.manifest.merge import merge
from ringform.manifest.source_map import place, placed
from ringform.manifest.suppressions import Suppressions
from ringform.manifest.tree import Map, locate
from ringform.model.desired import Desired
from ringform.model.diagnostic import Diagnostic, RingformError, in_reading_order, limited
from ringform.model.messages import did_you_mean, listed, shown
from ringform.model.plan import ManifestId
from ringform.model.problem import Problem
from ringform.model.values import digest
from ringform.planning.ignoring import SECTION, ended, ignored_fields, is_in_force
from ringform.planning.policy import Policy
from ringform.providers import registry
from ringform.providers.protocol import Provider

_NEED_EVERY_FILE = frozenset({"missing-variable", "no-contacts", "unknown-employee", "unknown-name", "unknown-number"})
"""Codes of what may be right as soon as every file can be read."""

Lint: TypeAlias = Callable[[Part], Iterable[Diagnostic]]
"""What is to be said of a part of a valid manifest beyond what is wrong with it, each with its place."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found: the manifest, when it has no errors, and every diagnostic, in reading order."""

    manifest: Manifest | None
    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]

    def valid(self) -> Manifest:
        """Return the manifest.

        Raises:
            RingformError: It has errors; all of them are in it, and its warnings too.
        """
        if self.manifest is None:
            raise RingformError(*self.diagnostics)
        return self.manifest


def check_manifest(
    paths: Sequence[Path],
    *,
    var_files: Sequence[Path] = (),
    assignments: Sequence[str] = (),
    as_of: datetime | None = None,
    lint: Lint | None = None,
    files: Files = DISK,
) -> Checked:
    """Read the manifest in files and folders, of the disk or of other ``files``, and collect all that is wrong with it.

    Its dates come to what they have to be ``as_of``: now, if that is None. Without a zone it is a time on each object's
    own clock. Whether the manifest is valid does not depend on it.

    With ``lint`` what that finds is added, and warnings that a comment ignores are left out. Without it these comments
    have no effect: which of them are of use cannot be said.
    """
    diagnostics: list[Diagnostic] = []
    found, problems = files.discover(paths)
    diagnostics += problems
    trees = tuple(_trees(found, files, diagnostics))
    names = tuple(map(files.name, found))
    reading = Reading(trees, tuple(var_files), tuple(assignments), as_of or datetime.now(UTC), files)
    return _check(reading, names, diagnostics, lint=lint)


def check_again(reading: Reading) -> Checked:
    """Check what files say that have been read already, without lint. Nothing but the files of variables is opened."""
    return _check(reading, tuple(tree.mark.source.name for tree in reading.trees), [])


def _check(
    reading: Reading, names: tuple[str, ...], diagnostics: list[Diagnostic], lint: Lint | None = None
) -> Checked:
    """Check what files say; ``names`` are those of all of them, and ``diagnostics`` what was found in reading them."""
    groups = _by_provider(reading.trees, diagnostics)
    is_whole = len(reading.trees) == len(names)
    parts = []
    for name, group in groups.items():
        provider = _provider(name, group[0], diagnostics)
        is_whole = is_whole and provider is not None
        part = _part(group, provider, reading, diagnostics)
        parts += [part] if part else []
    if not is_whole:
        # The names that these do not know may well stand in a file that could not be read.
        diagnostics = [each for each in diagnostics if each.code not in _NEED_EVERY_FILE]
    diagnostics = list(dict.fromkeys(diagnostics))  # what is wrong with --var is wrong for every part
    is_valid = bool(parts) and not any(diagnostic.is_error for diagnostic in diagnostics)
    suppressions = Suppressions()
    if lint is not None:
        diagnostics += [each for part in parts for each in lint(part)] if is_valid else ()
        suppressions = Suppressions.of(tree.mark.source for tree in reading.trees)
        providers = [part.provider for part in parts]
        comment_problems = suppressions.problems(diagnostics, providers) if is_valid else ()
        diagnostics = [*suppressions.filter(diagnostics), *comment_problems]
    ordered = limited(in_reading_order(diagnostics))
    manifest = Manifest(ManifestId(names, _whole_digest(parts)), tuple(parts), ordered, reading, suppressions)
    return Checked(manifest if is_valid else None, names, ordered)


def _provider(name: str | None, tree: Map, diagnostics: list[Diagnostic]) -> Provider | None:
    """Return the provider that a file names; None, with a diagnostic, if it cannot be used."""
    if name is None:
        return None
    try:
        return registry.provider(name)
    except RingformError as error:
        place = locate(tree, ("provider",)) or tree.mark.locate()
        diagnostics += (each.at(*place) for each in error.diagnostics)
        return None


def _part(
    trees: Sequence[Map], provider: Provider | None, reading: Reading, diagnostics: list[Diagnostic]
) -> Part | None:
    """Return the part that the files of one provider make; None if there is no such provider."""
    root, problems = merge(trees)
    diagnostics += problems
    given = _variables(root, reading, diagnostics)
    rendered, problems = template.render_tree(_without_variables(root), given)
    diagnostics += problems
    if provider is None or not isinstance(rendered, Map):
        return None
    as_of = reading.as_of
    document = provider.parse(rendered, on_clock(as_of, UTC).date())
    diagnostics += place(document.problems, rendered, {each.location for each in diagnostics})
    files = tuple(dict.fromkeys(tree.mark.source.name for tree in trees))
    id_ = ManifestId(files, _digest(document.desired(as_of), document.policy, as_of))
    part = Part(id_, provider, document, rendered, as_of, root)
    diagnostics += _ended_rules(part)
    return part


def _ended_rules(part: Part) -> Iterator[Diagnostic]:
    """Warn at the line of each rule of ``ignore_changes`` that has no effect any more."""
    for address, wanted in part.document.state.wanted.items():
        for rule in wanted.ignore:
            place = None if is_in_force(rule, part.as_of) else part.place(address, (SECTION, rule.field))
            if place:
                yield ended(rule).at(*place)


def _trees(found: Sequence[Path], files: Files, diagnostics: list[Diagnostic]) -> list[Map]:
    trees = []
    for path in found:
        try:
            tree, problems = composer.parse(files.read(path))
        except RingformError as error:
            diagnostics += error.diagnostics
        else:
            if _is_saved_plan(tree):
                diagnostics.append(_saved_plan(tree.mark.source.name))
                continue
            diagnostics += problems
            trees.append(tree)
    return trees


def _is_saved_plan(tree: Map) -> bool:
    """Whether the file is what ``plan --out`` writes: ``apply plan.json`` is a slip that is easily made."""
    name = tree.get("format")
    return isinstance(name, str) and name.startswith("ringform.plan/")


def _saved_plan(name: str) -> Diagnostic:
    hint = f"ringform apply --plan {name} applies it, and ringform show {name} shows it"
    return Diagnostic("not-a-manifest", f"{name} is a saved plan, not a manifest", hint=hint)


def _without_variables(root: Map) -> Map:
    """Return the tree without ``vars``: their values are plain text, and have been checked."""
    rest = Map(root.mark)
    rest.update((key, value) for key, value in root.items() if key != "vars")
    rest.marks.update(root.marks)
    return rest


def _variables(root: Map, reading: Reading, diagnostics: list[Diagnostic]) -> dict[str, str]:
    declared, problems = variables.from_tree(root, ("vars",))
    diagnostics += problems
    section = root.get("vars")
    # A variable whose value is not usable is there all the same: its uses are no mistakes of their own.
    declared = {**{name: name for name in section or ()}, **declared} if isinstance(section, Map) else declared
    try:
        given, problems = variables.gather(declared, reading.var_files, reading.assignments, reading.files.read)
    except RingformError as error:
        diagnostics += error.diagnostics
        return declared
    diagnostics += problems
    return given


def _by_provider(trees: Sequence[Map], diagnostics: list[Diagnostic]) -> dict[str | None, list[Map]]:
    """Return the files by their provider's name, None for an unknown one, and check every version and provider."""
    groups: dict[str | None, list[Map]] = {}
    for tree in trees:
        if "version" not in tree:
            hint = "begin the file with: version: 1"
            missing = Diagnostic("missing-field", "this file has no 'version'", hint=hint)
            diagnostics.append(missing.at(*tree.mark.locate()))
        elif tree["version"] != "1":
            summary = f"the version of the manifest's format is 1, not {shown(tree['version'])}"
            diagnostics.append(placed(Problem(("version",), "unknown-version", summary, hint="write version: 1"), tree))
        name = tree.get("provider", registry.DEFAULT)
        is_known = isinstance(name, str) and registry.is_known(name)
        if not is_known:
            known = registry.every_name()
            guess = did_you_mean(name, known) if isinstance(name, str) else None
            hint = guess or f"write provider: {listed(known, last='or')}"
            summary = f"{shown(name)} is not a provider"
            diagnostics.append(placed(Problem(("provider",), "unknown-provider", summary, hint=hint), tree))
        groups.setdefault(name if is_known and isinstance(name, str) else None, []).append(tree)
    return groups


def _whole_digest(parts: Sequence[Part]) -> str:
    """Return the digest of everything that is wanted: that of the only part, or one over those of all."""
    if len(parts) == 1:
        return parts[0].id.digest
    return digest({part.provider.name: part.id.digest for part in parts})


def _digest(desired: Desired, policy: Policy, as_of: datetime) -> str:
    """Return the digest of what is wanted: comments, layout and the spread over files do not count."""
    return digest(
        {
            "wanted": {
                str(address): {
                    "fields": wanted.fields,
                    "absent": wanted.absent,
                    "was": str(wanted.was) if wanted.was else None,
                    **({"ignored": list(ignored)} if (ignored := ignored_fields(wanted, as_of)) else {}),
                    **({"purchase": wanted.purchase} if wanted.purchase is not None else {}),
                }
                for address, wanted in desired.wanted.items()
            },
            "exclusive": sorted(desired.exclusive),
            "references": {each.token: {each.by: each.value} for each in desired.references},
            "protected": sorted(map(str, policy.protected)),
            "limits": {name: [limit.least, limit.percent] for name, limit in policy.limits.items()},
            "groups": {name: list(members) for name, members in policy.groups.items()},
        }
    )
