"""Parts of messages: suggestions, lists, quotations, counts and durations."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_SHOWN = 80
"""The most characters of a value that a message quotes: YAML lets one be as long as its file."""


def nearest(word: str, known: Iterable[str], *, most: int = 1) -> list[str]:
    """Return the known words that look most like ``word``, best first; empty when none is close.

    Case does not count. Only the first 64 characters of the word are looked at, so that a hostile one costs nothing.
    """
    # Imported here: a run without a misspelt word never needs it.
    from difflib import get_close_matches

    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    looked_for = word[:64].casefold()
    matches = get_close_matches(looked_for, by_folded, n=most, cutoff=0.6)
    if not matches and len(looked_for) > 2:
        # difflib hardly sees two letters that changed places, the commonest slip in a short name.
        matches = [candidate for candidate in by_folded if sorted(candidate) == sorted(looked_for)][:most]
    return [by_folded[match] for match in matches]


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint naming the nearest known word, or None when nothing is close enough to help."""
    matches = nearest(word, known)
    return f"did you mean {matches[0]!r}?" if matches else None


def listed(words: Iterable[str], *, last: str = "and", most: int = 12) -> str:
    """Return words as prose: ``a, b and c``; beyond ``most`` words, ``a, b, ... and N more``."""
    items = list(words)
    if len(items) > most:
        items = [*items[:most], f"{len(items) - most} more"]
        last = "and"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def cut(text: str) -> str:
    """Return a text cut to ``LONGEST_SHOWN`` characters."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def shown(value: object) -> str:
    """Return a manifest's value for a message: a text in quotes and cut, anything else by its type."""
    match value:
        case None:
            return "an empty value"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return repr(cut(str(value)))


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: ``1 call``, ``2,000 calls``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def duration(seconds: float) -> str:
    """Return a duration in the largest unit in which it is a whole number: ``15 min``, ``1 h``, ``90 s``."""
    for unit, name in ((3600, "h"), (60, "min")):
        if seconds >= unit and seconds % unit == 0:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds:.3g} s" if seconds < 100 else f"{seconds:.0f} s"


def hours_of(minutes: int) -> str:
    """Return minutes as hours, if they are an hour or more: ``45 minutes``, ``1 hour``, ``41.5 hours``."""
    if minutes < 60:
        return counted(minutes, "minute")
    hours = f"{minutes / 60:,.1f}".removesuffix(".0")
    return f"{hours} {'hour' if hours == '1' else 'hours'}"
