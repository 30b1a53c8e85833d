"""Public holidays, from the ``holidays`` package (the extra ``calendar``), imported only where it is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from ringform.model.messages import did_you_mean, listed, shown
from ringform.model.problem import Problem

if TYPE_CHECKING:
    from types import ModuleType


def _package() -> ModuleType | None:
    try:
        import holidays
    except ImportError:
        return None
    return holidays


@lru_cache(maxsize=64)
def problem_with(country: str, subdivision: str | None) -> Problem | None:
    """Return why there are no holidays for a country (ISO 3166-1) or a part of it (the package's code), or None.

    The problem's path is ``country`` or ``subdivision``, or empty if the package is not installed.
    """
    package = _package()
    if package is None:
        summary = "public holidays come from a package that is not installed"
        return Problem((), "calendar-not-installed", summary, hint="pip install 'ringform[calendar]'", on_key=True)
    known: Mapping[str, Sequence[str]] = package.list_supported_countries(include_aliases=True)
    if country not in known:
        summary = f"{shown(country)} is not a country code"
        return Problem(("country",), "unknown-country", summary, hint=_country(country, known))
    parts = known[country]
    if subdivision is None or subdivision in parts:
        return None
    if not parts:
        hint = f"{country} has the same holidays everywhere: remove the line"
    else:
        names: Mapping[str, str] = getattr(package, country).subdivisions_aliases
        code = names.get(subdivision)
        hint = (
            f"did you mean {code!r}?" if code else did_you_mean(subdivision, parts)
        ) or f"it is one of {listed(parts, last='or', most=60)}"
    summary = f"{shown(subdivision)} is not a part of {country} with holidays of its own"
    return Problem(("subdivision",), "unknown-subdivision", summary, hint=hint)


def _country(word: str, known: Mapping[str, Sequence[str]]) -> str:
    """Return a hint at the country code that is meant, for a code or the name of a country."""
    from holidays.registry import COUNTRIES

    if word.upper() in known:
        return f"did you mean {word.upper()!r}?"
    by_name = {name.replace("_", " "): str(entry[1]) for name, entry in COUNTRIES.items()}
    meant = did_you_mean(word.lower().replace("_", " "), by_name)
    code = next((code for name, code in by_name.items() if meant and repr(name) in meant), None)
    return f"did you mean {code!r}?" if code else "write the two letters of ISO 3166, such as DK, DE or US"


@lru_cache(maxsize=256)
def _of_year(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    package = _package()
    assert package is not None, "a place is checked before its holidays are asked for"
    # Without a language the names would be in that of the machine.
    language = getattr(package, country).default_language
    holidays: Mapping[date, str] = package.country_holidays(country, subdiv=subdivision, years=year, language=language)
    return {day: name for day, name in holidays.items() if day.year == year}


def between(country: str, subdivision: str | None, begin: date, end: date) -> dict[date, str]:
    """Return the holidays of ``[begin, end)`` in a checked place, with their names in the country's own language."""
    return {
        day: name
        for year in range(begin.year, end.year + 1)
        for day, name in sorted(_of_year(country, subdivision, year).items())
        if begin <= day < end
    }
