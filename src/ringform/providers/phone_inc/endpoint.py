"""Where a Phone.inc account is and as whom, from the environment (API reference, authentication)."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.model.urls import checked_base_url
from ringform.providers.protocol import Endpoint
from ringform.providers.shared.keys import read_key

KEY = "PHONE_INC_API_KEY"
BASE_URL = "PHONE_INC_BASE_URL"
_DEFAULT = "https://app.phone.inc/api/v1"


def endpoint(environment: Mapping[str, str]) -> Endpoint:
    """Read the key and the base URL.

    Raises:
        RingformError: The key is missing or has characters that no key has, or the base URL may not be used.
    """
    key = read_key(environment, KEY, vendor="Phone.inc", prefix="phk_")
    url = checked_base_url(BASE_URL, environment.get(BASE_URL) or _DEFAULT)
    return Endpoint(url, {"X-Api-Key": key}, (key,))
