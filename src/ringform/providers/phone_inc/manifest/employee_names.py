"""Employees as a manifest writes them: by ring groups, aliases, and ids where there is neither."""

from __future__ import annotations

from dataclasses import dataclass

from ringform.model.values import Json
from ringform.providers.phone_inc.manifest.employee_book import EmployeeBook


@dataclass(frozen=True)
class EmployeeNames:
    """The names of a manifest, whose ids may be tokens as in the book. See ``Naming``."""

    book: EmployeeBook
    keys = ("employee_ids",)

    def written(self, key: str, ids: Json, before: object) -> Json:
        """Return names for employees: a ring group that is exactly these, or else what is there, and who is new."""
        wanted = {str(each) for each in ids} if isinstance(ids, list) else set()
        for name, members in self.book.groups.items():
            if name not in self.book.rotating and set(members) == wanted:
                return [name]
        there = [each for each in before if isinstance(each, str)] if isinstance(before, list) else []
        kept = [name for name in there if set(self.book.everybody([name])) <= wanted]
        missing = wanted.difference(self.book.everybody(kept))
        named = [alias for id_, alias in self.book.people.items() if id_ in missing]
        return [*kept, *named, *sorted(missing.difference(self.book.people))]

    def obstacle(self, key: str, before: object) -> str | None:
        """Whoever is on call by a rotation was not put there by the account."""
        names = before if isinstance(before, list) else []
        rotating = next((name for name in names if name in self.book.rotating), None)
        return None if rotating is None else f"the rotation {rotating} decides who rings here"
