"""The one HTTP client. It sends one request at a time, retries what may be repeated, and explains what went wrong.

The key goes to one host: redirects are never followed, and plain http (loopback only) never goes through a proxy.
An instance belongs to one thread; several threads have one each, since httpx's connection pool slows down with the
number of its connections.
"""

from __future__ import annotations

import json
import os
import random
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from types import TracebackType
from typing import Any, Self

import httpx

from ringform.execution import http_errors
from ringform.execution.http_date import asked_wait, http_date
from ringform.execution.network import Network, pool
from ringform.execution.proxy import Proxy, proxy_for
from ringform.execution.throttle import Throttle
from ringform.execution.unpacking import Damaged, TooLarge, unpacked
from ringform.model.api_error import ApiError, ErrorBody
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.masking import mask
from ringform.model.values import Json
from ringform.providers.protocol import Endpoint
from ringform.version import __version__

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of an answer, unpacked, that are read at most. 50,000 contacts come to about 15 MB."""

_ERRNO = re.compile(r"\[Errno -?[0-9]+\] ")
"""A number that means something to programmers only."""

_UNTRUSTED = re.compile(r"CERTIFICATE_VERIFY_FAILED\] certificate verify failed: (.*) \(_ssl")

_WAIT_UNASKED = 1.0
"""Seconds to wait after a 429 that does not say how long."""

_LEAST_WAIT = 0.25
"""Seconds to wait after any 429: they do not count as failures, and ``Retry-After: 0`` must not become a flood."""

_MASK = "***"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try. All times are in seconds.

    ``request`` bounds one attempt from its first to its last byte, ``total`` everything that one request may take,
    waits included. ``attempts`` counts failures. Being asked to slow down is none: an answer 429, nor a 503 while the
    account answers other requests.
    """

    request: float = 30.0
    total: float = 120.0
    first_backoff: float = 0.25
    attempts: int = 6


class _Retry(Exception):  # noqa: N818 - never leaves this module
    """A failure after which the request may be sent again.

    ``asked_wait`` is how long the account asked to wait, ``is_news`` says that it did not ask others before.
    """

    def __init__(self, error: ApiError, asked_wait: float | None = None, *, is_news: bool = True) -> None:
        super().__init__()
        self.error = error
        self.asked_wait = asked_wait
        self.is_news = is_news


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False


class Client:
    """A connection to one account, for one thread."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        parse_error: http_errors.ParseError = lambda body: ErrorBody(),
        patience: Patience = Patience(),
        throttle: Throttle | None = None,
        on_exchange: Callable[[str, str, float], None] = lambda request, answer, seconds: None,
        on_wait: Callable[[float, str], None] = lambda seconds, reason: None,
        sleep: Callable[[float], bool] = _sleep,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._endpoint = endpoint
        self._parse_error = parse_error
        self._patience = patience
        self._throttle = throttle or Throttle(1)
        self._on_exchange = on_exchange
        self._on_wait = on_wait
        self._sleep = sleep
        self._is_stopped = is_stopped
        is_https = endpoint.base_url.startswith("https:")
        self.server_time: datetime | None = None
        """When the last answer was sent, by the server's clock."""
        # A proxy sees nothing of https but the host's name; it would see the key of plain http (loopback only).
        self._proxy = proxy_for(endpoint.base_url) if is_https else None
        self._network = Network(httpx.URL(endpoint.base_url).raw_host.decode("ascii"))
        self._transport = _Transport(self._proxy, _certificates() if is_https else None, self._network)
        self._http = httpx.Client(
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
                "User-Agent": f"ringform/{__version__}",
                **endpoint.headers,
            },
            timeout=httpx.Timeout(patience.request, connect=min(10.0, patience.request)),
            follow_redirects=False,
            trust_env=False,
            transport=self._transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._http.close()

    def send(self, method: str, path: str, *, body: Json = None, params: Mapping[str, str] | None = None) -> Json:
        """Send a request until it is answered or patience ends, and return the answer's JSON (None: no content).

        ``path`` is relative to the base URL and begins with a slash. A POST is sent once more only when the first
        one certainly had no effect: the connection was refused, or the answer was 429.

        Once ``is_stopped`` says so no write is sent any more, nor sent again.

        Raises:
            ApiError: There is no usable answer. ``is_unclear`` says whether the request may have had an effect,
                ``was_sent`` whether any attempt of it has left.
        """
        deadline = time.monotonic() + self._patience.total
        failures = tries = 0
        answers = self._throttle.answers
        was_sent = may_have_worked = False
        while True:
            try:
                return self._attempt(method, path, body, params, deadline)
            except ApiError as error:
                raise error.repeated(is_unclear=may_have_worked) if was_sent else error from None
            except _Retry as retry:
                was_sent = was_sent or retry.error.was_sent
                may_have_worked = may_have_worked or retry.error.is_unclear
                # Being asked to slow down is no failure: only the deadline ends that. A 503 may ask for it (nginx says
                # so by default) or come from a server that is down, which then answers nobody.
                tries += 1
                is_heard = retry.error.status == 503 and self._throttle.answers > answers
                failures += not (retry.error.status == 429 or is_heard)
                answers = self._throttle.answers
                wait = self._backoff(tries) if retry.asked_wait is None else retry.asked_wait
                is_late = time.monotonic() + wait > deadline
                if failures == self._patience.attempts or is_late:
                    final = retry.error
                    if is_late and final.status == 429:
                        final = http_errors.too_long_a_wait(f"{method} {path}", wait, final)
                    raise final.repeated(is_unclear=may_have_worked) if was_sent else final from None
                if retry.is_news:
                    self._on_wait(wait, retry.error.diagnostic.summary)
                if self._sleep(wait):
                    stopped = http_errors.interrupted_repeat(f"{method} {path}", retry.error)
                    raise stopped.repeated(is_unclear=may_have_worked) if was_sent else stopped from None

    def _wait_for_leave(self, label: str, deadline: float) -> None:
        """Wait while the account has asked every client to.

        Raises:
            ApiError: That takes longer than there is time, or the wait was interrupted. Nothing was sent.
        """
        while pause := self._throttle.delay():
            if time.monotonic() + pause > deadline:
                raise http_errors.too_long_a_wait(label, pause)
            if self._sleep(pause):
                raise http_errors.interrupted(label)

    def _attempt(self, method: str, path: str, body: Json, params: Mapping[str, str] | None, deadline: float) -> Json:
        """One request and its answer.

        Raises:
            _Retry: It failed in a way that allows to send it again.
            ApiError: It failed for good, or was not sent.
        """
        label = f"{method} {path}"
        while True:
            self._wait_for_leave(label, deadline)
            with self._throttle.slot() as current:
                if method != "GET" and self._is_stopped():
                    raise http_errors.interrupted(label)
                if self._throttle.delay():
                    continue  # the account has asked for a pause while this request waited for its place
                if (now := time.monotonic()) >= deadline:
                    raise http_errors.no_time_left(label)
                self._network.ends_at = min(now + self._patience.request, deadline)
                return self._judge(label, method, current, *self._answer(label, method, path, body, params))

    def _answer(
        self, label: str, method: str, path: str, body: Json, params: Mapping[str, str] | None
    ) -> tuple[httpx.Response, bytes]:
        started = time.monotonic()
        ended = "no answer"
        try:
            response, content = self._exchange(method, path, body, params)
            ended = str(response.status_code)
        except Exception as error:
            # Whatever a proxy answers, also what the libraries have not thought of, it is no answer of the account.
            is_refused = self._proxy is not None and not self._network.is_through
            if is_refused or isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
                self._network.close()
                self._transport.start_anew()
                refused = http_errors.no_connection(label, _reason(error), self._endpoint.base_url, self._proxy)
                raise _Retry(refused) from None
            if not isinstance(error, httpx.HTTPError):
                raise
            lost = http_errors.no_answer(label, _reason(error), self._endpoint.base_url, is_unclear=method != "GET")
            raise lost if method == "POST" else _Retry(lost) from None
        finally:
            self._on_exchange(label, ended, time.monotonic() - started)
        return response, content

    def _judge(self, label: str, method: str, current: int, response: httpx.Response, content: bytes) -> Json:
        self.server_time = http_date(response.headers.get("date", ""))
        status = response.status_code
        if status < 500 and status != 429:
            self._throttle.speed_up()
        # A server, or a proxy before it, may send back what it was sent. Whole texts are masked, before a message
        # cuts them: half a key is too much too.
        headers = {name: self._masked(value) for name, value in response.headers.items()}
        if status < 300:
            return self._parse(label, method, status, headers, content)
        failure = http_errors.for_status(
            label, status, headers, self._masked_bytes(content), self._parse_error, self._endpoint.base_url
        )
        asked = asked_wait(response.headers.get("retry-after", ""))
        if status == 429:
            asked = _WAIT_UNASKED if asked is None else asked
        if asked is not None:
            asked = max(asked, _LEAST_WAIT)
        is_news = status not in (429, 503) or self._throttle.slow_down(current, asked or _LEAST_WAIT)
        if status == 429 or (status >= 500 and method != "POST"):
            raise _Retry(failure, asked if status in (429, 503) else None, is_news=is_news)
        raise failure

    def _exchange(
        self, method: str, path: str, body: Json, params: Mapping[str, str] | None
    ) -> tuple[httpx.Response, bytes]:
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        received = bytearray()
        with self._http.stream(
            method, self._endpoint.base_url + path, content=content, headers=headers, params=params
        ) as response:
            try:
                for chunk in unpacked(
                    response.iter_raw(), response.headers.get("content-encoding", ""), LARGEST_ANSWER
                ):
                    received += chunk
            except Damaged:
                raise httpx.DecodingError("damaged") from None
            except TooLarge:
                is_unclear = method != "GET"
                raise http_errors.too_large(f"{method} {path}", LARGEST_ANSWER, is_unclear=is_unclear) from None
            finally:
                _close_unless_clean(response)
        return response, bytes(received)

    def _parse(self, label: str, method: str, status: int, headers: Mapping[str, str], content: bytes) -> Json:
        if status == 204 or (method == "DELETE" and not content):
            return None
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        fault = kind or "nothing named"
        if kind == "application/json" or kind.endswith("+json"):
            try:
                parsed: Json = json.loads(content)
            except (ValueError, RecursionError):
                fault = "damaged JSON"
            else:
                return parsed
        raise http_errors.not_json(label, fault, self._masked_bytes(content), is_unclear=method != "GET")

    def _masked(self, text: str) -> str:
        for secret in self._endpoint.secrets:
            text = mask(text, secret, _MASK)
        return text

    def _masked_bytes(self, content: bytes) -> bytes:
        # Every byte a character, so that what is no UTF-8 survives. Keys travel in headers, and are ASCII.
        return self._masked(content.decode("latin-1")).encode("latin-1")

    def _backoff(self, tries: int) -> float:
        """Jitter over a doubling wait: clients that failed together do not come back together."""
        longest: float = self._patience.first_backoff * 2.0 ** min(tries - 1, 4)
        return longest * (0.5 + random.random() / 2)  # noqa: S311 - spreads load, guards nothing


class _Transport(httpx.HTTPTransport):
    """httpx over a pool of our own, which has no public way to be handed in."""

    def __init__(self, proxy: Proxy | None, certificates: ssl.SSLContext | None, network: Network) -> None:
        self._new_pool = partial(pool, proxy, certificates, network)
        self._pool = self._new_pool()

    def start_anew(self) -> None:
        """Forget the connections. A pool would send through a tunnel again that a proxy has never opened."""
        self._pool.close()
        self._pool = self._new_pool()


def _close_unless_clean(response: httpx.Response) -> None:
    """Close the connection if more came on it than the answer: it would be taken for the next one.

    httpx sees only what comes later, while the connection rests; what came with the answer lies in a buffer that it
    has no public way to. Should a version keep that elsewhere, each answer ends its connection: slow, and safe.
    """
    stream: Any = response.stream
    try:
        connection = stream._stream._httpcore_stream._stream._connection
        is_clean = not connection._h11_state.trailing_data[0]
    except AttributeError:
        response.extensions["network_stream"].close()
    else:
        if not is_clean:
            connection.close()


@cache
def _certificates() -> ssl.SSLContext:
    """Return the trusted certificates, read once for all clients: it takes 20 ms.

    Raises:
        RingformError: The environment names a place for them that cannot be read.
    """
    try:
        return httpx.create_ssl_context(trust_env=True)
    except OSError as error:
        if error.filename and error.filename == os.environ.get("SSLKEYLOGFILE"):
            summary = f"SSLKEYLOGFILE names a file that cannot be written: {error.strerror}"
            raise RingformError(Diagnostic("bad-key-log", summary, hint="correct SSLKEYLOGFILE, or unset it")) from None
        summary = f"the trusted certificates cannot be read: {error.strerror or error}"
        hint = "correct SSL_CERT_FILE or SSL_CERT_DIR in the environment, or unset it"
        raise RingformError(Diagnostic("no-certificates", summary, hint=hint)) from None


def _reason(error: Exception) -> str:
    match error:
        case httpx.ConnectTimeout():
            return "no connection within the time limit"
        case httpx.TimeoutException():
            return "no answer within the time limit"
        case httpx.ConnectError() if untrusted := _UNTRUSTED.search(str(error)):
            return f"{http_errors.UNTRUSTED} ({untrusted[1]})"
        case httpx.ProxyError():
            return f"it answered {error}"
        case httpx.ConnectError():
            return f"no connection ({_ERRNO.sub('', str(error))})"
        case httpx.RemoteProtocolError():
            return "the connection was closed before the answer was complete"
        case httpx.DecodingError():
            return "the answer's compression is damaged"
        case _:
            return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
