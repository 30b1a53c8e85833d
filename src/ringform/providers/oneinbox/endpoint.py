"""Where a OneInbox account is and as whom, from the environment (document, "Authorizations")."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.model.urls import checked_base_url
from ringform.providers.protocol import Endpoint
from ringform.providers.shared.keys import read_key

KEY = "ONEINBOX_API_KEY"
BASE_URL = "ONEINBOX_BASE_URL"
_DEFAULT = "https://api.oneinbox.ai/v1"


def endpoint(environment: Mapping[str, str]) -> Endpoint:
    """Read the key and the base URL.

    Raises:
        RingformError: The key is missing or has characters that no key has, or the base URL may not be used.
    """
    key = read_key(environment, KEY, vendor="OneInbox", prefix="oi_sk_")
    url = checked_base_url(BASE_URL, environment.get(BASE_URL) or _DEFAULT)
    return Endpoint(url, {"Authorization": f"Bearer {key}"}, (key,))
