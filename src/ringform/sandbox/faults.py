"""What goes wrong on purpose: random faults for demos, scripted ones for tests."""

from __future__ import annotations

import gzip
import json
import math
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Drop = Literal["before", "midway", "after"]


@dataclass(frozen=True)
class Answer:
    """One HTTP answer, whole."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def json(cls, status: int, value: object, **headers: str) -> Answer:
        """Build an answer with a JSON body; underscores in header names become hyphens."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return cls(status, {"content-type": "application/json", **named}, json.dumps(value).encode())


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with one request.

    ``answer`` is either a ready answer, given in place of the vendor's (the request has no effect unless
    ``effect``), or a function of the vendor's own answer. ``drop`` closes the connection: "before" the
    effect, "midway" through the answer's body, or "after" the effect without an answer. ``delay`` is in
    seconds; after it, and before its effect, a request is held until ``until`` is set. ``stores`` changes the
    request's JSON object before the vendor sees it, so that it stores something else than was sent.
    ``meanwhile`` is called after the effect and before the answer, for a change by somebody else in that
    very moment.
    """

    answer: Answer | Callable[[Answer], Answer] | None = None
    effect: bool = False
    drop: Drop | None = None
    delay: float = 0.0
    until: threading.Event | None = None
    stores: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    meanwhile: Callable[[], object] | None = None

    @classmethod
    def error(cls, status: int, message: str = "Something went wrong", *, effect: bool = False) -> Fault:
        """Answer with an error status; with ``effect`` the request is carried out all the same."""
        return cls(Answer.json(status, {"error": message}), effect=effect)

    @classmethod
    def invalid(cls, errors: Mapping[str, list[str]]) -> Fault:
        """Refuse the request with 422 and these errors by field."""
        return cls(Answer.json(422, {"errors": dict(errors)}))

    @classmethod
    def too_many_requests(cls, retry_after: float | str | None = None, status: int = 429) -> Fault:
        """Answer 429, or another status, with any ``Retry-After`` or none."""
        headers = {} if retry_after is None else {"retry_after": str(retry_after)}
        return cls(Answer.json(status, {"error": "Rate limit exceeded"}, **headers))

    @classmethod
    def html(cls, status: int = 502) -> Fault:
        """Answer with a web page, as a proxy in front of an API does."""
        page = f"<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
        return cls(Answer(status, {"content-type": "text/html; charset=utf-8"}, page.encode()))

    @classmethod
    def truncated(cls) -> Fault:
        """Cut the body in the middle; the HTTP framing stays sound, the JSON does not."""
        return cls(lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]))

    @classmethod
    def content_type(cls, value: str) -> Fault:
        """Label the vendor's own answer with another content type."""
        return cls(lambda answer: replace(answer, headers={**answer.headers, "content-type": value}))

    @classmethod
    def redirect(cls, url: str, status: int = 302) -> Fault:
        """Send the client to another address."""
        return cls(Answer(status, {"location": url}))

    @classmethod
    def huge(cls, megabytes: int, *, gzipped: bool = False) -> Fault:
        """Answer with a JSON string of this size; gzipped it is a thousand times smaller on the wire."""
        body = b'"' + b"0" * (megabytes * 1_000_000) + b'"'
        headers = {"content-type": "application/json"}
        if gzipped:
            return cls(Answer(200, {**headers, "content-encoding": "gzip"}, gzip.compress(body, 9)))
        return cls(Answer(200, headers, body))


@dataclass(frozen=True)
class Faults:
    """Random trouble for every request.

    ``rate_limit`` is in requests per second (a token bucket that holds one second's worth; over it 429 with
    ``Retry-After``). With ``rate_limit_status`` 503 it answers as nginx's ``limit_req`` does: without ``Retry-After``,
    and with a web page. ``error_rate`` is the share of requests answered 500 or 503 without effect,
    ``drop_rate`` the share whose connection is closed without an answer, half of them before and half after
    the request took effect. A ``seed`` makes the sequence repeatable.
    """

    latency_ms: int = 0
    rate_limit: float | None = None
    rate_limit_status: int = 429
    error_rate: float = 0.0
    drop_rate: float = 0.0
    seed: int | None = None

    def __post_init__(self) -> None:
        if self.latency_ms < 0:
            raise ValueError("latency_ms must not be negative")
        if self.rate_limit is not None and self.rate_limit <= 0:
            raise ValueError("rate_limit must be more than 0 requests per second")
        if not (0 <= self.error_rate <= 1 and 0 <= self.drop_rate <= 1):
            raise ValueError("error_rate and drop_rate must be between 0 and 1")


@dataclass
class _Script:
    fault: Fault
    at: int
    times: int | None
    method: str | None
    path: re.Pattern[str]
    seen: int = 0
    fired: int = 0

    def turn(self, method: str, path: str) -> bool:
        """Count the request if it matches, and say whether its turn has come."""
        if (self.method is not None and method != self.method) or not self.path.search(path):
            return False
        self.seen += 1
        return self.seen >= self.at and (self.times is None or self.fired < self.times)


class FaultControl:
    """Decides what goes wrong with each request; safe to use from any thread."""

    def __init__(self, faults: Faults | None = None) -> None:
        self._lock = threading.Lock()
        self._scripts: list[_Script] = []
        self.use(faults or Faults())

    def use(self, faults: Faults) -> None:
        """Take these random faults from now on, with a full bucket and a fresh sequence."""
        with self._lock:
            self._faults = faults
            self._random = random.Random(faults.seed)  # noqa: S311 - nothing secret hangs on it
            self._capacity = max(1.0, faults.rate_limit or 1.0)
            self._tokens = self._capacity
            self._filled_at = time.monotonic()

    def script(
        self,
        fault: Fault,
        *,
        at: int = 1,
        times: int | None = 1,
        method: str | None = None,
        path: str = "",
    ) -> None:
        """Let the ``at``-th matching request from now on suffer the fault, and ``times`` in all.

        ``times=None`` means every one from there on. ``path`` is a regular expression, searched in the
        whole path. Scripts go before random faults; of several due, the first scripted is taken.
        """
        with self._lock:
            self._scripts.append(_Script(fault, at, times, method, re.compile(path)))

    def clear(self) -> None:
        """Forget every script."""
        with self._lock:
            self._scripts.clear()

    @property
    def pending(self) -> int:
        """How many scripts have faults left."""
        with self._lock:
            return sum(script.fired < (script.times or 1) for script in self._scripts)

    def take(self, method: str, path: str) -> Fault:
        """Count a request and return what is to happen to it."""
        with self._lock:
            due = [script for script in self._scripts if script.turn(method, path)]
            if due:
                due[0].fired += 1
                fault = due[0].fault
            else:
                fault = self._chance()
            return replace(fault, delay=fault.delay + self._faults.latency_ms / 1000)

    def _chance(self) -> Fault:
        if self._faults.rate_limit is not None:
            now = time.monotonic()
            refill = (now - self._filled_at) * self._faults.rate_limit
            self._tokens = min(self._capacity, self._tokens + refill)
            self._filled_at = now
            if self._tokens < 1:
                wait = math.ceil((1 - self._tokens) / self._faults.rate_limit)
                return (
                    Fault.too_many_requests(max(1, wait)) if self._faults.rate_limit_status == 429 else Fault.html(503)
                )
            self._tokens -= 1
        if self._random.random() < self._faults.error_rate:
            return Fault.error(self._random.choice((500, 503)))
        if self._random.random() < self._faults.drop_rate:
            return Fault(drop=self._random.choice(("before", "after")))
        return Fault()
