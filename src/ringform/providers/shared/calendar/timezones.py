"""Time zones by city (``Copenhagen``), after the last part of their IANA names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources

from ringform.model.messages import listed, nearest, shown


class UnknownTimezone(ValueError):  # noqa: N818 - it reads as what it says
    """A text names no time zone, or more than one; ``hint`` says what may be meant."""

    def __init__(self, summary: str, hint: str | None = None) -> None:
        super().__init__(summary)
        self.hint = hint


@lru_cache(maxsize=1024)
def to_city(name: str) -> str:
    """Return the city form (``Copenhagen``, ``New_York``) of a city or an IANA name.

    A full IANA name whose last part names several zones (``US/Central``, ``Canada/Central``) stays in full.

    Raises:
        UnknownTimezone: There is no such zone, or the city alone does not tell which.
    """
    names, by_city = _zones()
    if name in names:
        city = _city(name)
        return city if _is_one_zone(by_city[city]) else name
    if name not in by_city:
        # An abbreviation such as CEST stands for several zones, and the nearest one is somewhere else.
        matches = [] if name.isupper() and len(name) < 6 else nearest(name.replace(" ", "_"), [*by_city, *names])
        hint = f"did you mean {matches[0]!r}?" if matches else "use a city such as Copenhagen, or Europe/Copenhagen"
        raise UnknownTimezone(f"{shown(name)} is not a time zone", hint)
    if not _is_one_zone(by_city[name]):
        raise UnknownTimezone(f"{name!r} names several time zones", f"write {listed(by_city[name], last='or')}")
    return name


def normal(name: str) -> str:
    """Return the city form of what an account holds; a name that ringform does not know stays as it is."""
    try:
        return to_city(name)
    except UnknownTimezone:
        return name


def names() -> list[str]:
    """Return every name that ``to_city`` takes, sorted."""
    full, by_city = _zones()
    return sorted(full | {city for city, zones in by_city.items() if _is_one_zone(zones)})


@cache
def _zones() -> tuple[frozenset[str], Mapping[str, list[str]]]:
    """Return every IANA name, and the names that end in each city."""
    names = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    by_city: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_city[_city(name)].append(name)
    return frozenset(names), dict(by_city)


def _city(name: str) -> str:
    return name.rpartition("/")[2]


def _is_one_zone(names: Iterable[str]) -> bool:
    """Whether several names are one zone by different links: their rules are the same bytes."""
    first, *others = names
    return all(_rules(first) == _rules(other) for other in others)


def _rules(name: str) -> bytes:
    return resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


def iana_name(name: str) -> str:
    """Return the full IANA name behind the city form, for reading the zone's rules.

    Raises:
        UnknownTimezone: There is no such zone, or the city alone does not tell which.
    """
    names, by_city = _zones()
    city = to_city(name)
    return city if city in names else by_city[city][0]
