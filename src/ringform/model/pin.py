"""A pin: the number by which a manifest names the only account that it is for."""

from __future__ import annotations

from dataclasses import dataclass

from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic, Excerpt, Location


@dataclass(frozen=True, slots=True)
class Pin:
    """The account that has the number at ``address``. ``place`` is where the manifest says so."""

    address: Address
    place: tuple[Location, Excerpt] | None = None

    def mismatch(self) -> Diagnostic:
        """Return the refusal of an account that lacks the number."""
        summary = f"this key is for another account: it has no number {self.address.key}, which the manifest names"
        hint = "use the key of the account that has this number; if the manifest is wrong, correct its line account:"
        return self._refusal(summary, hint)

    def unknown(self, provider: str) -> Diagnostic:
        """Return the refusal of an account of which it cannot be found out whether it has the number."""
        return self._refusal(
            f"an account of {provider} cannot be asked for one of its numbers", "remove the line account:"
        )

    def _refusal(self, summary: str, hint: str) -> Diagnostic:
        refusal = Diagnostic("wrong-account", summary, hint=hint)
        return refusal.at(*self.place) if self.place else refusal
