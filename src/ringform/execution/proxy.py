"""The proxy that the environment names for a server. Its value is input, and may be anything."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import IPv6Address
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from ringform.model.diagnostic import Diagnostic, RingformError

_DEFAULT_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy, and the ``variable`` that names it. ``auth`` is a user and a password."""

    variable: str
    scheme: str
    host: str
    port: int
    auth: tuple[bytes, bytes] | None = field(repr=False)

    @property
    def is_socks(self) -> bool:
        """Whether it speaks SOCKS instead of HTTP."""
        return self.scheme.startswith("socks")

    @property
    def url(self) -> str:
        """Where it is, without user and password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'socks5' if self.is_socks else self.scheme}://{host}:{self.port}"


def proxy_for(url: str) -> Proxy | None:
    """Return the proxy for an https URL: from ``HTTPS_PROXY`` or ``ALL_PROXY``, unless ``NO_PROXY`` has the host.

    Where no variable says anything, macOS and Windows have settings of their own.

    Raises:
        RingformError: There is no such proxy.
    """
    settings = getproxies()
    scheme = next((each for each in ("https", "all") if settings.get(each)), None)
    if scheme is None or proxy_bypass(urlsplit(url).netloc):
        return None
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
    return _parse(next(filter(os.environ.get, names), "the system's proxy setting"), settings[scheme])


def _parse(variable: str, text: str) -> Proxy:
    """Parse a proxy's URL. A message quotes nothing of it: it may hold a password."""
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, port = parts.hostname, parts.port
        if "[" in parts.netloc:
            IPv6Address(host or "")
    except ValueError:
        raise _refused(variable, "is not a URL") from None
    if not host or not text.isascii() or not text.isprintable() or " " in text:
        raise _refused(variable, "is not the URL of a proxy")
    if parts.scheme not in _DEFAULT_PORTS:
        raise _refused(variable, "names a kind of proxy that ringform does not speak")
    if parts.scheme.startswith("socks") and find_spec("socksio") is None:
        raise _refused(variable, "names a SOCKS proxy", hint="install what that needs: pip install 'ringform[socks]'")
    auth = None
    if parts.username is not None:
        auth = (unquote(parts.username).encode(), unquote(parts.password or "").encode())
    return Proxy(variable, parts.scheme, host, port or _DEFAULT_PORTS[parts.scheme], auth)


def _refused(variable: str, what: str, *, hint: str | None = None) -> RingformError:
    hint = hint or f"write {variable} like http://proxy.example.com:3128 or socks5://127.0.0.1:1080, or unset it"
    return RingformError(Diagnostic("bad-proxy", f"{variable} {what}", hint=hint))
