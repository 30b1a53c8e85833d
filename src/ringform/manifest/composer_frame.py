"""What ``load`` remembers of a file's mappings and sequences while it reads them."""

from __future__ import annotations

from dataclasses import dataclass

from ringform.manifest.tree import Map, Mark, Node, Seq


class Frame:
    """A mapping or sequence whose end has not been seen yet."""

    __slots__ = ("anchor", "height", "is_key_next", "is_merge_next", "key", "key_mark", "merged", "node", "size")

    def __init__(self, node: Map | Seq, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.size = 1  # nodes in it and itself, aliases expanded
        self.height = 1  # collections within each other, itself one of them
        # Of a mapping only: what is next, and the key for it if that is a value; no key if it is to be dropped.
        self.is_key_next = isinstance(node, Map)
        self.is_merge_next = False
        self.key: str | None = None
        self.key_mark = node.mark
        self.merged: tuple[Node, Mark] | None = None


@dataclass(frozen=True, slots=True)
class Anchored:
    """What an anchor names, complete."""

    node: Node
    size: int
    height: int
