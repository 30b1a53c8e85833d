"""The codes that a manifest can ignore: warnings and notes about a place in it. Errors cannot be ignored."""

from __future__ import annotations

OFFLINE = frozenset(
    {
        "almost-same-text",
        "bidirectional-control",
        "closure-without-effect",
        "date-over",
        "dates-without-hours",
        "dates-without-timezone",
        "flow-without-timer",
        "key-not-in-menu",
        "key-not-mentioned",
        "long-text",
        "no-holidays",
        "nobody-reachable",
        "odd-employee-id",
        "one-key-menu",
        "prompt-not-played",
        "rotation-not-begun",
        "same-name",
        "same-outside",
        "timer-without-flow",
        "unreachable-flow",
    }
)
"""Those that ``validate`` finds: an ignore that silences none of them is of no use."""

LIVE = frozenset({"invitation-pending"})
"""Those that only the account tells: whether an ignore of one is of use cannot be said offline."""
