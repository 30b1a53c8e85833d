"""Where a OneInbox account is and as whom, from the environment (document, "Authorizations")."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.core.diagnostic import Diagnostic, RingformError
from ringform.providers.base import Endpoint
from ringform.providers.urls import checked_base_url

KEY = "ONEINBOX_API_KEY"
BASE_URL = "ONEINBOX_BASE_URL"
_DEFAULT = "https://api.oneinbox.ai/v1"


def endpoint(environment: Mapping[str, str]) -> Endpoint:
    """Read the key and the base URL.

    Raises:
        RingformError: The key is missing or has characters that no key has, or the base URL may not be used.
    """
    key = environment.get(KEY, "").strip()
    if not key:
        hint = f"make a key in the OneInbox dashboard, then: export {KEY}=oi_sk_..."
        raise RingformError(Diagnostic("missing-key", f"{KEY} is not set", hint=hint))
    if not (key.isascii() and key.isprintable() and " " not in key):
        hint = "copy the key again: it is one word of letters and digits that begins with oi_sk_"
        raise RingformError(Diagnostic("malformed-key", f"{KEY} does not hold a key", hint=hint))
    url = checked_base_url(BASE_URL, environment.get(BASE_URL) or _DEFAULT)
    return Endpoint(url, {"Authorization": f"Bearer {key}"}, (key,))
