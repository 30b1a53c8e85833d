"""The way in: every request is recorded here, and here it meets its fault."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import threading
import time
from collections import deque
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ringform.sandbox.faults import Answer, Fault, FaultControl

TRANSPORT = "ringform.transport"
"""The scope's key under which the server leaves the connection's transport, to be closed on a drop."""

KEPT_REQUESTS = 10_000

LARGEST_BODY = 4 * 1024 * 1024
"""Bytes; the largest honest request, a contact with a note of 10,000 characters, is a hundredth of it."""

_LOCAL_HOST = re.compile(r"localhost|127(\.\d{1,3}){3}|\[::1\]", re.IGNORECASE)

_log = logging.getLogger("ringform.sandbox")


@dataclass(frozen=True)
class RecordedRequest:
    """One request as it came in; ``status`` is None when the connection was dropped without an answer.

    ``body`` is the parsed JSON, the text where it is not JSON, or None where there was none. ``time`` is the
    monotonic clock at arrival.
    """

    method: str
    path: str
    query: dict[str, str]
    body: object
    status: int | None
    time: float


class Recorder:
    """The last requests, in the order in which they were finished."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: deque[RecordedRequest] = deque(maxlen=KEPT_REQUESTS)

    def add(self, request: RecordedRequest) -> None:
        """Keep one more."""
        with self._lock:
            self._requests.append(request)

    def all(self) -> list[RecordedRequest]:
        """Return a copy."""
        with self._lock:
            return list(self._requests)

    def clear(self) -> None:
        """Forget them."""
        with self._lock:
            self._requests.clear()


class Gate:
    """An ASGI application around the vendors' ones."""

    def __init__(self, app: ASGIApp, faults: FaultControl, recorder: Recorder, host: str = "127.0.0.1") -> None:
        self._app = app
        self._host = f"[{host}]" if ":" in host else host
        self._faults = faults
        self._recorder = recorder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through."""
        arrived = time.monotonic()
        refusal = self._refusal(scope)
        body = await _read(receive) if refusal is None else b""
        if body is None:
            return
        if len(body) > LARGEST_BODY:
            refusal = Answer.json(413, {"error": f"The sandbox takes at most {LARGEST_BODY:,} bytes in one request"})
        if refusal is not None:
            await _send(send, refusal, refusal.body)
            return
        fault = self._faults.take(scope["method"], scope["path"])
        if fault.delay:
            await asyncio.sleep(fault.delay)
        while fault.until is not None and not fault.until.is_set():
            await asyncio.sleep(0.005)
        answer = await self._answer(fault, scope, body)
        dropped = answer is None or fault.drop is not None
        # Recorded before the answer leaves, so that a client that has its answer finds the record too.
        self._recorder.add(
            RecordedRequest(
                method=scope["method"],
                path=scope["path"],
                query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
                body=_readable(body),
                status=None if dropped or answer is None else answer.status,
                time=arrived,
            )
        )
        if answer is not None and fault.drop is None:
            await _send(send, answer, answer.body)
            return
        if answer is not None and fault.drop == "midway":
            await _send(send, answer, answer.body[: len(answer.body) // 2], more=True)
        scope[TRANSPORT].close()
        while (await receive())["type"] != "http.disconnect":
            pass

    def _refusal(self, scope: Scope) -> Answer | None:
        """Refuse a name that is not this machine's: a web page can point its own name here (DNS rebinding)."""
        given = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        name = re.sub(r":\d*$", "", given)
        if name == self._host or _LOCAL_HOST.fullmatch(name):
            return None
        return Answer.json(421, {"error": "The sandbox answers for this machine's own addresses only"})

    async def _answer(self, fault: Fault, scope: Scope, body: bytes) -> Answer | None:
        if fault.drop == "before":
            return None
        if isinstance(fault.answer, Answer) and not fault.effect:
            return fault.answer
        if fault.stores is not None and body:
            body = json.dumps(fault.stores(json.loads(body))).encode()
        answer = await self._ask(scope, body)
        if fault.meanwhile is not None:
            fault.meanwhile()
        if isinstance(fault.answer, Answer):
            return fault.answer
        return answer if fault.answer is None else fault.answer(answer)

    async def _ask(self, scope: Scope, body: bytes) -> Answer:
        messages: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            messages.append(message)

        try:
            await self._app(scope, receive, send)
        except Exception as error:
            _log.exception("the sandbox could not answer %s %s", scope["method"], scope["path"])
            return Answer.json(500, {"error": f"Internal error of the sandbox: {error}"})
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in messages[0]["headers"]}
        return Answer(messages[0]["status"], headers, b"".join(part["body"] for part in messages[1:]))


async def _read(receive: Receive) -> bytes | None:
    """Return the whole body, of one that is too large only more than is allowed, or None when the client has gone."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if not message.get("more_body", False) or size > LARGEST_BODY:
            return b"".join(parts)


async def _send(send: Send, answer: Answer, body: bytes, *, more: bool = False) -> None:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if answer.status != 204:
        headers["content-length"] = str(len(answer.body))
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": body, "more_body": more})


def _readable(body: bytes) -> object:
    if not body:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")
