"""What an account's answers mean for the user: one error for each way in which a request can fail."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import urlsplit

from ringform.execution.proxy import Proxy
from ringform.model.api_error import ApiError, ErrorBody
from ringform.model.diagnostic import Diagnostic
from ringform.model.values import Json

ParseError: TypeAlias = Callable[[Mapping[str, Json]], ErrorBody]
"""How a provider reads the body of an answer that says no."""

INTERRUPTED = "interrupted"
"""The code of the failure that is no failure: the user wanted no more requests."""

_LONGEST_QUOTE = 300
"""Characters of an answer that a message quotes at most."""

_SERVER_FAILED: tuple[str, str, str | None] = ("server-error", "the account's server failed", "try again later")
_REFUSED: tuple[str, str, str | None] = ("bad-request", "the account refused the request", None)
_ADVICE: dict[int, tuple[str, str, str | None]] = {
    400: ("bad-request", "the account found the request malformed", None),
    401: ("unauthorized", "the account does not accept this key", "check that the key is complete and not revoked"),
    403: ("forbidden", "this key may not do that", "use the key of somebody who may, or have the permission granted"),
    404: ("not-found", "the account has no such object", "it may have been deleted since it was read: plan again"),
    409: ("conflict", "the account says that this conflicts with something else", "plan again"),
    422: ("rejected", "the account refused the values", "correct them in the manifest, and plan again"),
    429: ("rate-limited", "the account asked to slow down", "try again later, or allow more time with --timeout"),
}

_LIST = re.compile(r"GET /[^/?]+(\?.*)?")
"""A request for a list: every account has it, so what is not there is the API."""

_CHECK_BASE_URL = "check the base URL (the variable that ends in _BASE_URL, if it is set), path and all"

UNTRUSTED = "its certificate is not trusted"
"""Why there is no connection to a server that cannot show who it is."""


def no_answer(request: str, reason: str, base_url: str, *, is_unclear: bool) -> ApiError:
    """Nothing came back to what was sent: reset, timed out, or broken off."""
    return ApiError(_unreachable(request, reason, base_url), is_unclear=is_unclear)


def no_connection(request: str, reason: str, base_url: str, proxy: Proxy | None) -> ApiError:
    """Nothing was sent: the server, or the proxy that the environment names, is not to be reached."""
    diagnostic = _unreachable(request, reason, base_url)
    if reason.startswith(UNTRUSTED):
        hint = "if your network or proxy has certificates of its own, name the file that holds them in SSL_CERT_FILE"
        diagnostic = replace(diagnostic, hint=hint)
    elif proxy:
        diagnostic = Diagnostic(
            "proxy-unreachable",
            f"{request} did not get through the proxy {proxy.url}, which {proxy.variable} names: {reason}",
            hint=f"correct {proxy.variable} or unset it, or name {urlsplit(base_url).hostname} in NO_PROXY",
        )
    return ApiError(diagnostic, was_sent=False)


def _unreachable(request: str, reason: str, base_url: str) -> Diagnostic:
    summary = f"no answer from {urlsplit(base_url).netloc} to {request}: {reason}"
    return Diagnostic("unreachable", summary, hint="check the network and the base URL, then try again")


def too_long_a_wait(request: str, seconds: float, failure: ApiError | None = None) -> ApiError:
    """Return the error of a wait that is longer than there is time: after ``failure``, or for everybody before this."""
    code, summary, hint = _ADVICE[429]
    summary = f"{summary} for longer than ringform waits: {seconds:.0f} more seconds before {request}"
    detail = failure.diagnostic.detail if failure else None
    return ApiError(Diagnostic(code, summary, detail=detail, hint=hint), status=429, was_sent=failure is not None)


def no_time_left(request: str) -> ApiError:
    """Requests were slowed down so much that the time for this one was over before its turn. It was not sent."""
    code, summary, hint = _ADVICE[429]
    summary = f"{summary}, and the time for {request} ran out before its turn came"
    return ApiError(Diagnostic(code, summary, hint=hint), status=429, was_sent=False)


def interrupted(request: str) -> ApiError:
    """Return the error of a request that was not sent, as the user wanted no more."""
    return ApiError(Diagnostic(INTERRUPTED, f"interrupted before {request}"), was_sent=False)


def interrupted_repeat(request: str, failure: ApiError) -> ApiError:
    """Return the error of a request that waited to be sent again when the user wanted no more."""
    summary = f"interrupted before {request} could be sent again"
    return ApiError(Diagnostic(INTERRUPTED, summary, detail=failure.diagnostic.summary), was_sent=failure.was_sent)


def too_large(request: str, limit: int, *, is_unclear: bool) -> ApiError:
    """More bytes than any honest answer has."""
    summary = f"the answer to {request} is larger than {limit // (1024 * 1024)} MB, so it was not read"
    return ApiError(
        Diagnostic("bad-answer", summary, hint="check that the base URL is the API's"), is_unclear=is_unclear
    )


def not_json(request: str, kind: str, content: bytes, *, is_unclear: bool) -> ApiError:
    """Success by its status, and yet no JSON: a login page, a proxy's notice, a body cut short."""
    return ApiError(
        Diagnostic(
            "bad-answer",
            f"the answer to {request} is not JSON but {kind}",
            detail=_quote(content),
            hint="check that the base URL is the API's, and that no proxy or login page is in between",
        ),
        is_unclear=is_unclear,
    )


def for_status(
    request: str, status: int, headers: Mapping[str, str], content: bytes, parse_error: ParseError, base_url: str = ""
) -> ApiError:
    """Return what an answer that says no means."""
    if 300 <= status < 400:
        target = urlsplit(headers.get("location", "")).netloc or "another path"
        summary = f"{request} was redirected to {target}, and redirects are not followed"
        advice = "set the base URL to where the API is: following could hand the key to somebody else"
        return ApiError(Diagnostic("redirected", summary, hint=advice), status=status)
    said = _read(content, parse_error)
    code, summary, hint = _SERVER_FAILED if status >= 500 else _ADVICE.get(status, _REFUSED)
    if status == 404 and _LIST.fullmatch(request):
        summary, hint = f"there is no such list at {base_url}", _CHECK_BASE_URL
    fields = "; ".join(f"{field}: {', '.join(texts)}" for field, texts in said.by_field.items())
    detail = ": ".join(filter(None, [said.message, fields])) or None
    return ApiError(
        Diagnostic(code, f"{summary} ({status} to {request})", detail=detail, hint=hint),
        status=status,
        rejected=said.by_field,
        is_unclear=status >= 500 and not request.startswith("GET"),
    )


def _read(content: bytes, parse_error: ParseError) -> ErrorBody:
    """Return what an error body says; one that is not what the provider documents is quoted."""
    try:
        body: Json = json.loads(content)
        said = parse_error(body) if isinstance(body, Mapping) else ErrorBody()
    except (ValueError, RecursionError):
        body, said = None, ErrorBody()
    if not (said.message or said.by_field):
        return ErrorBody(_quote(content) if body != {} else None)
    texts_by_field = {field: [_cut(text) for text in texts] for field, texts in said.by_field.items()}
    return ErrorBody(said.message and _cut(said.message), texts_by_field)


def _quote(content: bytes) -> str | None:
    text = " ".join(content[: 4 * _LONGEST_QUOTE].decode("utf-8", "replace").split())
    return f"It begins: {_cut(text)}" if text else None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "..."
