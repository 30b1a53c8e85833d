"""Reading a Zendesk Talk account: the list, page by page, each managed number with its settings, numbers for sale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TypeVar
from urllib.parse import urlencode

from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT, ApiError, bad_answer
from ringform.model.desired import Scope
from ringform.model.people import own_key
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Fields, Json
from ringform.providers.protocol import Reads
from ringform.providers.query import Query
from ringform.providers.zendesk_talk import phone_number
from ringform.providers.zendesk_talk.phone_number import PATH, WITH_SETTINGS

MOST_PAGES = 1_000
"""Pages of a list that are read at most: a list that goes on for longer goes in a circle."""

MOST_PAGES_FOR_SALE = 10
"""Pages of numbers for sale that are looked through at most; more can be had only by a narrower search."""

_SEARCH = ("country", "area_code", "toll_free", "contains")
"""What a search can ask for ("Search for Available Phone Numbers", parameters)."""

_INCLUDES = {"groups": "all_groups", "ivrs": "ivrs", "schedules": "all_schedules", "greetings": "all_greetings"}
"""What can be included of that which numbers refer to by id, by the section of the manifest's names for it."""

_OFFER = ("number", "location", "price", "address_requirements", "token")
T = TypeVar("T")


def observe(reads: Reads, scope: Scope) -> Snapshot:
    """Read the list of numbers, each number in scope, and one search for each different purchase."""
    there = dict(chain.from_iterable(_pages(reads, Query(PATH, _addresses_and_ids), MOST_PAGES)))
    paths = {address: phone_number.path_of(id_) + WITH_SETTINGS for address, id_ in there.items()}
    shown = {
        address: Query(path, partial(_shown, address, path)) for address, path in paths.items() if scope.covers(address)
    }
    answers = reads.get_all([query.path for query in shown.values()])
    resources = {address: query.read(answer) for (address, query), answer in zip(shown.items(), answers, strict=True)}
    unmanaged = tuple(address for address in there if address not in resources)
    wanted = {address: purchase for address, purchase in scope.purchases.items() if address not in there}
    return Snapshot(resources, unmanaged, offers=offers(reads, wanted))


def has_number(reads: Reads, address: Address) -> bool:
    """Return whether a number is in the account's list, which is read until it is found."""
    pages = _pages(reads, Query(PATH, _addresses_and_ids), MOST_PAGES)
    return any(address == listed for page in pages for listed, _ in page)


def names_of_ids(reads: Reads, live: Snapshot) -> dict[str, dict[str, str]]:
    """Return the names that the account tells beside one of its numbers ("Including additional information").

    The document lists what can be included, and not where it then is: it is looked for in the number, as the settings
    are, and beside it. An account that refuses to include it, or answers something else, tells no names.
    """
    first = next(iter(live.resources.values()), None)
    try:
        answer = (
            reads.get(f"{phone_number.path_of(first.id)}?include={','.join(_INCLUDES.values())}") if first else None
        )
    except ApiError as error:
        if error.status is None:
            raise
        return {}
    beside = answer if isinstance(answer, Mapping) else {}
    within = beside.get("phone_number")
    names: dict[str, dict[str, str]] = {}
    for place in (beside, within if isinstance(within, Mapping) else {}):
        for section, include in _INCLUDES.items():
            for entries in (place.get(section), place.get(include)):
                for entry in entries if isinstance(entries, list) else []:
                    id_, name = (entry.get("id"), entry.get("name")) if isinstance(entry, Mapping) else (None, None)
                    if isinstance(id_, int) and isinstance(name, str):
                        names[own_key(section, id_)] = {"name": name}
    return names


def query(purchase: Fields) -> str:
    """Return the path and query of the search that a purchase asks for."""
    given = {name: purchase[name] for name in _SEARCH if purchase.get(name) is not None}
    texts = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}
    return f"{PATH}/search?{urlencode(texts)}"


def offers(reads: Reads, wanted: Mapping[Address, Fields]) -> dict[Address, Sequence[Fields]]:
    """Return what is for sale by the number that is wanted, with one search, of one or more pages, for equal ones."""
    searches = {address: query(purchase) for address, purchase in wanted.items()}
    for_sale = {path: _for_sale(reads, path) for path in dict.fromkeys(searches.values())}
    return {address: for_sale[path] for address, path in searches.items()}


def _for_sale(reads: Reads, path: str) -> list[Fields]:
    return list(chain.from_iterable(_pages(reads, Query(path, _offered), MOST_PAGES_FOR_SALE, is_cut=True)))


def _addresses_and_ids(answer: Json) -> list[tuple[Address, str]]:
    return [(phone_number.address_of(phone), phone_number.id_of(phone)) for phone in phone_number.listed(answer)]


def _offered(answer: Json) -> list[Fields]:
    offered: list[Fields] = []
    for phone in phone_number.listed(answer):
        number = phone_number.address_of(phone).key
        if not isinstance(phone.get("token"), str) or not phone["token"]:
            raise ValueError(f"{number} has no token to buy it with")
        offered.append({**{name: phone.get(name) for name in _OFFER}, "number": number})
    return offered


def _shown(address: Address, path: str, answer: Json) -> Resource:
    number = phone_number.resource(phone_number.unwrapped_at(path, answer))
    if number.address != address:
        raise ValueError(ANOTHER_OBJECT)
    return number


def _pages(reads: Reads, query: Query[list[T]], most: int, *, is_cut: bool = False) -> Iterator[list[T]]:
    """Yield the entries of a list, page by page. ``next_page`` is a whole URL, and followed only within the account.

    ``is_cut``: beyond ``most`` pages the rest is left out, where else it is an error.
    """
    path = here = query.path
    seen = {path}
    for _ in range(most):
        answer = reads.get(here)
        yield replace(query, path=here).read(answer)
        following = answer.get("next_page") if isinstance(answer, Mapping) else None
        if not following:
            return
        here = reads.path_of(str(following))
        if here in seen:
            raise bad_answer(f"GET {path}", "its pages go in a circle")
        seen.add(here)
    if not is_cut:
        raise bad_answer(f"GET {path}", f"it has more than {most:,} pages")
