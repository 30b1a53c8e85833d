"""Addresses: how ringform names one object of an account, the same in plans, reports and flags."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """The name of one object, such as ``number:+14155551234``.

    ``kind`` is the provider's word for the object (``number``, ``contact``); ``key`` is what tells objects of a
    kind apart in a manifest, for numbers the E.164 form. The vendor's own id is not part of it.
    """

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    def labelled(self, name: str | None) -> str:
        """Return what people call the object: its name, if it has one, and its key."""
        return f"{name} ({self.key})" if name else self.key

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read ``kind:key``.

        Raises:
            ValueError: The text has no colon, or nothing on one side of it.
        """
        kind, _, key = text.partition(":")
        if not kind or not key:
            raise ValueError(f"{text!r} is not an address: it has the form kind:key")
        return cls(kind, key)
