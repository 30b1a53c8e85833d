"""Which of the proposed edits can be made: each must leave a valid manifest that says what the account holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ringform.manifest.check import check_again
from ringform.manifest.edit.editor import Editing
from ringform.manifest.edit.splices import CannotEditError
from ringform.manifest.manifest import Manifest, Part, Reading
from ringform.manifest.pull.proposals import Proposal
from ringform.manifest.tree import Map
from ringform.model.change import Action
from ringform.model.snapshot import Snapshot
from ringform.model.values import Json, at_path, same

_NOT_WANTED = "the manifest would not say what the account holds"


@dataclass(frozen=True)
class Accepted:
    """The files with everything done that can be done, what that is, and what could not be done, with the reasons."""

    trees: Mapping[str, Map]
    manifest: Manifest
    made: tuple[Proposal, ...]
    refused: tuple[tuple[Proposal, str], ...]


def accept(manifest: Manifest, proposals: Sequence[Proposal], live: Mapping[str, Snapshot]) -> Accepted:
    """Make as many of the edits as can be made, and prove each file and the whole manifest afterwards.

    If together they are not right, halves of them are tried, until it is known which ones are to be left.
    """
    return _Accepting(manifest, live).run(proposals)


@dataclass
class _Trial:
    """What came of some edits: the trees that changed, and why they are not right together, if they are not."""

    made: list[Proposal]
    trees: dict[str, Map] = field(default_factory=dict)
    manifest: Manifest | None = None
    reason: str | None = None


class _Accepting:
    def __init__(self, manifest: Manifest, live: Mapping[str, Snapshot]) -> None:
        self.manifest = manifest
        self.live = live
        self.refused: dict[int, str] = {}
        self.last = _Trial([], {}, manifest)
        self.originals = {tree.mark.source.name: tree for tree in manifest.reading.trees}

    def run(self, proposals: Sequence[Proposal]) -> Accepted:
        made = self._settle([], list(proposals))
        if len(self.last.made) != len(made):
            self.last = self._try(made)
        assert self.last.manifest is not None
        refused = tuple((each, self.refused[id(each)]) for each in proposals if id(each) in self.refused)
        return Accepted(self.last.trees, self.last.manifest, tuple(self.last.made), refused)

    def _settle(self, base: list[Proposal], new: list[Proposal]) -> list[Proposal]:
        """Return the base with as many of the new ones as are right together with it."""
        new = [each for each in new if id(each) not in self.refused]
        if not new:
            return base
        trial = self._try([*base, *new])
        if trial.reason is None:
            self.last = trial
            return trial.made
        if len(new) == 1:
            self.refused[id(new[0])] = trial.reason
            return base
        half = len(new) // 2
        return self._settle(self._settle(base, new[:half]), new[half:])

    def _try(self, proposals: list[Proposal]) -> _Trial:
        editings: dict[str, Editing] = {}
        made: list[Proposal] = []
        for each in proposals:
            tree = self.originals[each.file]
            editing = editings.get(each.file) or Editing.of(tree.mark.source.text, tree)
            try:
                editings[each.file] = editing.make(each.edits)
            except CannotEditError as error:
                self.refused[id(each)] = str(error)
            else:
                made.append(each)
        trial = _Trial(made)
        try:
            for name, editing in editings.items():
                trial.trees[name] = editing.proved(self.originals[name].mark.source)
        except CannotEditError as error:
            trial.reason = str(error)
            return trial
        reading = replace(
            self.manifest.reading,
            trees=tuple(trial.trees.get(tree.mark.source.name, tree) for tree in self.manifest.reading.trees),
        )
        return self._judged(trial, reading)

    def _judged(self, trial: _Trial, reading: Reading) -> _Trial:
        checked = check_again(reading)
        if checked.manifest is None:
            # Without its place: that would be one in a text which nobody gets to see.
            trial.reason = next(each.summary for each in checked.diagnostics if each.is_error)
            return trial
        parts = {part.provider.name: part.resolved(self.live[part.provider.name])[0]
                 for part in checked.manifest.parts if part.provider.name in self.live}  # fmt: skip
        wrong = [each for each in trial.made if not self._is_right(each, parts[each.provider])]
        if not wrong:
            trial.manifest = checked.manifest
        elif len(wrong) < len(trial.made):
            self.refused |= {id(each): _NOT_WANTED for each in wrong}
            return self._try([each for each in trial.made if each not in wrong])
        else:
            trial.reason = _NOT_WANTED
        return trial

    def _is_right(self, proposal: Proposal, part: Part) -> bool:
        """Whether a manifest wants what the account holds of the object that a proposal is about."""
        wanted = part.desired.wanted.get(proposal.address)
        if proposal.action is Action.DELETE:
            return wanted is None
        live = self.live[proposal.provider].resources[proposal.address]
        if wanted is None or wanted.absent:
            return False
        if proposal.action is Action.CREATE:
            return all(same(value, live.fields.get(name)) for name, value in wanted.fields.items())
        now = part.provider.kinds[proposal.address.kind].nested(wanted.fields)
        week = (part.document.form.week,)
        return all(_holds(at_path(now, each.path), each.after, in_part=each.path == week) for each in proposal.fields)


def _holds(now: Json, goal: Json, *, in_part: bool) -> bool:
    """Whether a value is what was wanted; ``in_part`` only those of a mapping that are named."""
    if in_part and isinstance(now, Mapping) and isinstance(goal, Mapping):
        return all(same(now.get(name), value) for name, value in goal.items())
    return same(now, goal)
