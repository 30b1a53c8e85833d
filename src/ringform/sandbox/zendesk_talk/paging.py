"""Lists in pages, which a client follows by ``next_page``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.datastructures import URL, QueryParams

_Item = TypeVar("_Item")


def page_of(url: URL, items: Sequence[_Item], size: int, view: Callable[[_Item], dict[str, Any]]) -> dict[str, Any]:
    """Return one page of a list, with whole addresses of its neighbours on the host that was asked.

    ``count`` is of the whole list. How a page is named in the address is not documented, and so nothing that a
    client may build by itself; a page that cannot be is the first.
    """
    text = QueryParams(url.query).get("page", "")
    page = max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    start = (page - 1) * size

    def neighbour(number: int) -> str:
        return str(url.include_query_params(page=number))

    return {
        "count": len(items),
        "next_page": neighbour(page + 1) if start + size < len(items) else None,
        "phone_numbers": [view(item) for item in items[start : start + size]],
        "previous_page": neighbour(page - 1) if page > 1 else None,
    }
