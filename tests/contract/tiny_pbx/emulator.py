"""Tiny PBX's API, emulated from its description alone: it shares no code with the provider."""

from __future__ import annotations

import copy
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


def example() -> dict[str, Any]:
    """An account of three numbers."""
    return {
        "numbers": [
            {
                "id": 11,
                "number": "+4570100001",
                "label": "Desk",
                "ring_secs": 20,
                "forward_to": None,
                "registered": True,
            },
            {"id": 12, "number": "+4570100002", "label": "", "ring_secs": 30, "forward_to": "11", "registered": True},
            {
                "id": 13,
                "number": "+4570100003",
                "label": "Lift",
                "ring_secs": 5,
                "forward_to": None,
                "registered": False,
            },
        ]
    }


class Pbx:
    """The application ``app`` around the ``state``, which may be replaced."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.state = example()
        self.app = Starlette(
            routes=[
                Route("/numbers", self._list, methods=["GET"]),
                Route("/numbers/{id:int}", self._show, methods=["GET"]),
                Route("/numbers/{id:int}", self._update, methods=["PATCH"]),
            ]
        )

    async def _list(self, request: Request) -> Response:
        return self._refusal(request) or JSONResponse(copy.deepcopy(self.state["numbers"]))

    async def _show(self, request: Request) -> Response:
        return self._refusal(request) or JSONResponse(self._number(request))

    async def _update(self, request: Request) -> Response:
        refused = self._refusal(request)
        if refused:
            return refused
        body: dict[str, Any] = await request.json()
        errors: dict[str, list[str]] = {
            name: ["is unknown"] for name in body if name not in ("label", "ring_secs", "forward_to")
        }
        if not 1 <= body.get("ring_secs", 1) <= 60:
            errors["ring_secs"] = ["must be 1 to 60"]
        if errors:
            return JSONResponse({"errors": errors}, 422)
        number = self._number(request)
        number.update(body)
        return JSONResponse(number)

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("x-pbx-key") != self.key:
            return JSONResponse({"error": "wrong key"}, 401)
        known = [number["id"] for number in self.state["numbers"]]
        if "id" in request.path_params and request.path_params["id"] not in known:
            return JSONResponse({"error": "not found"}, 404)
        return None

    def _number(self, request: Request) -> dict[str, Any]:
        found: dict[str, Any] = next(
            number for number in self.state["numbers"] if number["id"] == request.path_params["id"]
        )
        return found
