"""Where a Zendesk account is and as whom, from the environment (API reference, "Basic authentication, API token")."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.urls import checked_base_url
from ringform.providers.protocol import Endpoint
from ringform.providers.shared.keys import is_word

SUBDOMAIN = "ZENDESK_SUBDOMAIN"
EMAIL = "ZENDESK_EMAIL"
TOKEN = "ZENDESK_API_TOKEN"  # noqa: S105 - the variable's name, not a token
BASE_URL = "ZENDESK_BASE_URL"

_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
"""One label of a host name (RFC 1123): nothing else may stand in front of .zendesk.com."""


def endpoint(environment: Mapping[str, str]) -> Endpoint:
    """Read the account's name, the agent's e-mail address and the token; a base URL makes the name unnecessary.

    Raises:
        RingformError: One of them is missing or cannot be one, or the base URL may not be used.
    """
    given = {name: environment.get(name, "").strip() for name in (SUBDOMAIN, EMAIL, TOKEN, BASE_URL)}
    problems = [_missing(name) for name in (EMAIL, TOKEN) if not given[name]]
    if not given[BASE_URL] and not given[SUBDOMAIN]:
        problems.insert(0, _missing(SUBDOMAIN))
    if given[EMAIL] and not _is_email(given[EMAIL]):
        hint = "write the e-mail address alone, without /token"
        problems.append(Diagnostic("malformed-key", f"{EMAIL} does not hold an e-mail address", hint=hint))
    if given[TOKEN] and not is_word(given[TOKEN]):
        hint = "copy the token again: it is one word of letters and digits"
        problems.append(Diagnostic("malformed-key", f"{TOKEN} does not hold a token", hint=hint))
    if given[SUBDOMAIN] and not given[BASE_URL] and not _LABEL.fullmatch(given[SUBDOMAIN]):
        hint = "write only the part before .zendesk.com in the account's address, such as acme"
        problems.append(Diagnostic("bad-base-url", f"{SUBDOMAIN} is not the name of an account", hint=hint))
    if problems:
        raise RingformError(*problems)
    url = given[BASE_URL] or f"https://{given[SUBDOMAIN].lower()}.zendesk.com/api/v2/channels/voice"
    pair = f"{given[EMAIL]}/token:{given[TOKEN]}"
    encoded = base64.b64encode(pair.encode()).decode()
    headers = {"Authorization": f"Basic {encoded}"}
    # The longest first: each is masked as a whole.
    return Endpoint(checked_base_url(BASE_URL, url), headers, (encoded, pair, given[TOKEN]))


def _missing(name: str) -> Diagnostic:
    examples = {SUBDOMAIN: "acme", EMAIL: "you@example.com", TOKEN: "..."}
    first = "make an API token in Zendesk's Admin Center, then" if name == TOKEN else "set it"
    return Diagnostic("missing-key", f"{name} is not set", hint=f"{first}: export {name}={examples[name]}")


def _is_email(text: str) -> bool:
    # A colon ends the user name of Basic authentication (RFC 7617).
    return is_word(text) and ":" not in text and re.fullmatch(r"[^@/]+@[^@/]+", text) is not None
