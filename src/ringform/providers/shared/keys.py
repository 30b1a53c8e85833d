"""Keys from the environment, for vendors whose credential is one word."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.model.diagnostic import Diagnostic, RingformError


def read_key(environment: Mapping[str, str], variable: str, *, vendor: str, prefix: str) -> str:
    """Return the key that a variable holds; ``prefix`` is how the vendor's keys begin, for the hints.

    Raises:
        RingformError: It is not set, or has characters that no key has.
    """
    key = environment.get(variable, "").strip()
    if not key:
        hint = f"make a key in the {vendor} dashboard, then: export {variable}={prefix}..."
        raise RingformError(Diagnostic("missing-key", f"{variable} is not set", hint=hint))
    if not is_word(key):
        hint = f"copy the key again: it is one word of letters and digits that begins with {prefix}"
        raise RingformError(Diagnostic("malformed-key", f"{variable} does not hold a key", hint=hint))
    return key


def is_word(text: str) -> bool:
    """Whether a text can be sent as a credential: printable, and without a space."""
    return text.isascii() and text.isprintable() and " " not in text
