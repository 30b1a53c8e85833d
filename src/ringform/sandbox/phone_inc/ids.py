"""New ids and addresses: the same seed and the same requests give the same ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

STORAGE = "https://app.phone.inc/rails/active_storage/blobs/redirect"
"""Where the documents' examples have their audio."""


@dataclass
class Counters:
    """How many of each kind were made so far."""

    seed: int = 1
    contact: int = 0
    menu_option: int = 0
    audio: int = 0

    def new_contact_id(self) -> str:
        """Make an id like the documents' 01JVWX...: a ULID's look, without a clock or chance in it."""
        self.contact += 1
        value = int.from_bytes(_digest(self.seed, "contact", self.contact, 10), "big")
        return "01JVWX" + _base32(self.contact, 4) + _base32(value, 16)

    def new_menu_option_id(self) -> int:
        """Make the next option's id; ids are never used twice."""
        self.menu_option += 1
        return self.menu_option

    def new_audio_url(self) -> str:
        """Make the address of a newly generated announcement."""
        self.audio += 1
        return f"{STORAGE}/{_digest(self.seed, 'audio', self.audio, 12).hex()}/audio.mp3"


def uuid(seed: int, kind: str, count: int) -> str:
    """Make an id like the documents' 0193f4a9-7c34-7c00-9e3d-2b2b8a7f1c01."""
    text = _digest(seed, kind, count, 16).hex()
    return f"0193f4a9-{text[:4]}-7{text[4:7]}-9{text[7:10]}-{text[10:22]}"


def _digest(seed: int, kind: str, count: int, size: int) -> bytes:
    return hashlib.blake2b(f"{seed}:{kind}:{count}".encode(), digest_size=size).digest()


def _base32(value: int, length: int) -> str:
    """Write a number in Crockford's base 32, as ULIDs are."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "".join(alphabet[value >> (5 * place) & 31] for place in reversed(range(length)))
