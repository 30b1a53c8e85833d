"""The manifest's own names for things of which an API has only ids, such as groups and agents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ringform.model.messages import did_you_mean, shown
from ringform.model.people import own_key
from ringform.model.problem import DocumentPath, Problem
from ringform.model.values import Json

_MOST_SUGGESTIONS = 50
"""How many unknown names get a suggestion, which takes time to find."""


@dataclass
class Names:
    """The ids that the names in a manifest stand for.

    ``fields`` maps the names of fields, wherever they stand, to the section with the names for their ids; ``sections``
    holds the ids by name. ``read_id`` gives the id that a text is, or None. Names that are not complete, since a
    section could not be read, leave no name unknown.
    """

    fields: Mapping[str, str]
    read_id: Callable[[object], Json]
    sections: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    is_complete: bool = True
    _suggested: int = 0

    @property
    def shown(self) -> dict[str, str]:
        """The names as plans show them: by field and id."""
        return {
            own_key(name, id_): alias
            for name, section in self.fields.items()
            for alias, id_ in reversed(list(self.sections.get(section, {}).items()))
        }

    def own(self) -> list[Problem]:
        """Return the problems of the names themselves: one that is an id could mean two things."""
        hint = "use a name, such as support"
        return [
            Problem((section, name), "bad-name", f"{shown(name)} is an id, not a name for one", hint=hint, on_key=True)
            for section, names in self.sections.items()
            for name in names
            if self.read_id(name) is not None
        ]

    def ids(self, value: Json, key: str = "") -> Json:
        """Return a value that has been checked, with ids in the place of names."""
        if isinstance(value, Mapping):
            return {name: self.ids(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.ids(each, key) for each in value]
        return value if value is None or key not in self.fields else self._id(value, key)

    @property
    def keys(self) -> Mapping[str, str]:
        """The keys whose values are ids. See ``Naming``."""
        return self.fields

    def written(self, key: str, ids: Json, before: object) -> Json:
        """Return ids as the manifest writes them: as it does there already, or else by their names. See ``Naming``."""
        section = self.sections.get(self.fields[key], {})
        names: dict[Json, Json] = {id_: name for name, id_ in reversed(list(section.items()))}
        there = before if isinstance(before, list) else [before]
        names |= {self._id(each, key): each for each in there if isinstance(each, str) and each in section}
        if not isinstance(ids, list):
            return names.get(ids, ids)
        return [names.get(each, each) for each in ids]

    def obstacle(self, key: str, before: object) -> str | None:
        """Nothing stands in the way. See ``Naming``."""
        return None

    def check(self, written: object, path: DocumentPath, key: str = "") -> Iterator[Problem]:
        """Yield the problems of the names in an entry as it is written, whatever else may be wrong with it."""
        if isinstance(written, Mapping):
            for name, inner in written.items():
                yield from self.check(inner, (*path, name), str(name))
        elif isinstance(written, list):
            yield from self._check_list(written, path, key)
        elif isinstance(written, str | int) and self._is_unknown(written, key):
            yield self._unknown(written, self.fields[key], path)

    def _check_list(self, written: list[object], path: DocumentPath, key: str) -> Iterator[Problem]:
        first: dict[object, int] = {}
        for position, each in enumerate(written):
            yield from self.check(each, (*path, position), key)
            id_ = self._id(each, key) if key in self.fields and isinstance(each, str | int) else None
            if id_ is not None and first.setdefault(id_, position) != position:
                summary = f"{shown(each)} is given twice"
                other = (*path, first[id_])
                yield Problem((*path, position), "repeated-entry", summary, hint="remove one of the two", other=other)

    def _is_unknown(self, written: object, key: str) -> bool:
        return self.is_complete and key in self.fields and self._id(written, key) is None

    def _id(self, written: object, key: str) -> Json:
        names = self.sections.get(self.fields[key], {})
        return names[written] if isinstance(written, str) and written in names else self.read_id(written)

    def _unknown(self, written: object, section: str, path: DocumentPath) -> Problem:
        self._suggested += 1
        known = self.sections.get(section, {})
        guess = did_you_mean(str(written), known) if self._suggested <= _MOST_SUGGESTIONS else None
        summary = f"{shown(written)} is neither an id nor a name under '{section}:'"
        return Problem(path, "unknown-name", summary, hint=guess or f"add it under '{section}:', with its id")
