"""Checks of base URLs: a key must never be sent unencrypted, or to another host than was meant."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, unquote, urlsplit

from ringform.model.api_error import bad_answer
from ringform.model.diagnostic import Diagnostic, RingformError


def checked_base_url(variable: str, url: str) -> str:
    """Return a base URL without a slash at its end. ``variable`` names the setting in messages.

    Raises:
        RingformError: It is not an http(s) URL, holds a user name or a query, or is plain http to another machine.
    """

    def refuse(summary: str, hint: str) -> RingformError:
        return RingformError(Diagnostic("bad-base-url", f"{variable} {summary}", hint=hint))

    example = "write it like https://app.example.com/api/v1"
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise refuse("is not a URL", example) from None
    if parts.scheme not in ("http", "https") or not host:
        raise refuse("is not an http or https URL", example)
    if parts.username or parts.password or parts.query or parts.fragment:
        raise refuse("holds more than a host and a path", "a key goes into its own variable, not into the URL")
    if not all(character.isprintable() and not character.isspace() for character in url.strip()):
        raise refuse("has characters that no URL has", example)
    if not _is_host(parts.netloc, host):
        raise refuse("names a host that cannot exist", example)
    if parts.scheme == "http" and not _is_loopback(host):
        raise refuse(f"is plain http to {host}: the key would travel unencrypted", "use https")
    return url.strip().rstrip("/")


def path_below(base_url: str, url: str) -> str:
    """Return the path and query, relative to the base URL, of the next page's URL in an answer.

    Raises:
        ApiError: It leads to another host, port or scheme, or out of the base URL's path: the key must not go there.
    """
    try:
        base, given = urlsplit(base_url), urlsplit(url)
        is_same_host = _origin(base) == _origin(given) and not given.username and not given.password
    except ValueError:
        is_same_host = False
    below = given.path.removeprefix(base.path) if is_same_host and given.path.startswith(f"{base.path}/") else ""
    if not below or ".." in unquote(below).split("/") or not (url.isascii() and url.isprintable() and " " not in url):
        raise bad_answer("a list", f"it puts its next page elsewhere, at {url[:200]!r}")
    return f"{below}?{given.query}" if given.query else below


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def _is_host(netloc: str, host: str) -> bool:
    """Whether it is an address, or a name in the letters of any language or in their encoding (``xn--``)."""
    # Imported here: the HTTP client loads it too, and commands that work offline need neither.
    import idna

    try:
        if {"[", "]"} & {*netloc}:
            ipaddress.IPv6Address(host)
            return re.fullmatch(r"\[[^][]*\](:\d*)?", netloc) is not None
        if not host.isascii():
            idna.encode(host)
        elif "xn--" in host:
            idna.decode(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
