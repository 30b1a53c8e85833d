"""What a rule found, before it has a place in a file."""

from __future__ import annotations

from dataclasses import dataclass

from ringform.callflow.lint.number import FieldPath, Number


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a manifest says of a number, in the field at ``path``; ``other`` is a second place it is about.

    ``summary`` does not name the number: many numbers may have the field from one line.
    """

    number: Number
    path: FieldPath
    summary: str
    detail: str | None = None
    hint: str | None = None
    other: tuple[Number, FieldPath] | None = None
