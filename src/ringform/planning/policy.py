"""Policy: how a manifest restricts plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ringform.model.address import Address
from ringform.model.guardrail import Limit


@dataclass(frozen=True, slots=True)
class Policy:
    """The protected objects, the limits of guardrails, and the manifest's names for several people."""

    protected: frozenset[Address] = frozenset()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
