"""Where a Zendesk account is: from the environment only, and never anywhere else than meant."""

from __future__ import annotations

import base64

import pytest

from ringform.model.diagnostic import RingformError
from ringform.providers.zendesk_talk.endpoint import endpoint

WHOLE = {"ZENDESK_SUBDOMAIN": "acme", "ZENDESK_EMAIL": "ann@example.com", "ZENDESK_API_TOKEN": "s3cr3tT0k3n"}


def test_it_is_the_accounts_own_host_with_basic_authentication() -> None:
    made = endpoint(WHOLE)
    encoded = base64.b64encode(b"ann@example.com/token:s3cr3tT0k3n").decode()
    assert made.base_url == "https://acme.zendesk.com/api/v2/channels/voice"
    assert made.headers == {"Authorization": f"Basic {encoded}"}
    assert made.secrets == (encoded, "ann@example.com/token:s3cr3tT0k3n", "s3cr3tT0k3n")
    assert "s3cr3t" not in repr(made)


def test_a_base_url_takes_its_place() -> None:
    url = "http://127.0.0.1:4010/api/v2/channels/voice/"
    assert endpoint({**WHOLE, "ZENDESK_SUBDOMAIN": "", "ZENDESK_BASE_URL": url}).base_url == url.rstrip("/")


def test_everything_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(RingformError) as caught:
        endpoint({})
    assert [each.summary for each in caught.value.diagnostics] == [
        "ZENDESK_SUBDOMAIN is not set",
        "ZENDESK_EMAIL is not set",
        "ZENDESK_API_TOKEN is not set",
    ]


@pytest.mark.parametrize(
    "subdomain",
    ["evil.example/", "evil.example#", "acme.zendesk.com", "acme@evil", "-acme", "a b", "acme:80", "é", "a" * 64],
)
def test_a_subdomain_cannot_lead_to_another_host(subdomain: str) -> None:
    with pytest.raises(RingformError, match="ZENDESK_SUBDOMAIN is not the name of an account"):
        endpoint({**WHOLE, "ZENDESK_SUBDOMAIN": subdomain})


@pytest.mark.parametrize("email", ["ann", "ann@example.com/token", "ann:x@example.com", "a nn@example.com"])
def test_an_email_address_is_one(email: str) -> None:
    with pytest.raises(RingformError, match="ZENDESK_EMAIL does not hold an e-mail address"):
        endpoint({**WHOLE, "ZENDESK_EMAIL": email})


@pytest.mark.parametrize("token", ["two words", "tök", "a\x00b"])
def test_a_token_is_one_word(token: str) -> None:
    with pytest.raises(RingformError) as caught:
        endpoint({**WHOLE, "ZENDESK_API_TOKEN": token})
    assert token not in str(caught.value)


def test_plain_http_to_elsewhere_is_refused() -> None:
    with pytest.raises(RingformError, match="plain http"):
        endpoint({**WHOLE, "ZENDESK_BASE_URL": "http://zendesk.example/api"})
