"""Public holidays, from the ``holidays`` package (the extra ``calendar``), imported only where it is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from ringform.core.words import did_you_mean, listed, shown

if TYPE_CHECKING:
    from types import ModuleType


class NoHolidays(ValueError):  # noqa: N818 - it reads as what it says
    """There are no holidays to be had; ``code`` and ``hint`` say why and what to do, ``field`` what is at fault."""

    def __init__(self, code: str, summary: str, hint: str, field: str | None = None) -> None:
        super().__init__(summary)
        self.code = code
        self.hint = hint
        self.field = field


def _package() -> ModuleType:
    try:
        import holidays
    except ImportError:
        hint = "pip install 'ringform[calendar]'"
        raise NoHolidays("calendar-not-installed", "holidays need the package of that name", hint) from None
    return holidays


@lru_cache(maxsize=64)
def check_place(country: str, subdivision: str | None) -> None:
    """That there are holidays for a country, by its ISO 3166-1 code, and for a part of it, by the package's code.

    Raises:
        NoHolidays: There are none, or the package is not installed.
    """
    known: Mapping[str, Sequence[str]] = _package().list_supported_countries(include_aliases=True)
    if country not in known:
        raise NoHolidays("unknown-country", f"{shown(country)} is not a country code", _country(country, known))
    parts = known[country]
    if subdivision is None or subdivision in parts:
        return
    if not parts:
        hint = f"{country} has the same holidays everywhere: remove the line"
    else:
        hint = did_you_mean(subdivision, parts) or f"it is one of {listed(parts, last='or', most=60)}"
    summary = f"{shown(subdivision)} is not a part of {country} with holidays of its own"
    raise NoHolidays("unknown-subdivision", summary, hint, "subdivision")


def _country(word: str, known: Mapping[str, Sequence[str]]) -> str:
    """A hint at the code that is meant: the name is known as well as the code."""
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
    # Without a language the names would be in that of the machine.
    language = getattr(package, country).default_language
    found: Mapping[date, str] = package.country_holidays(country, subdiv=subdivision, years=year, language=language)
    return {day: name for day, name in found.items() if day.year == year}


def between(country: str, subdivision: str | None, begin: date, end: date) -> dict[date, str]:
    """The holidays of ``[begin, end)`` with their names in the country's own language, for a place that was checked."""
    return {
        day: name
        for year in range(begin.year, end.year + 1)
        for day, name in sorted(_of_year(country, subdivision, year).items())
        if begin <= day < end
    }
