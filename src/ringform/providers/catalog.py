"""Which providers there are, by the name that a manifest gives after ``provider:``."""

from __future__ import annotations

from ringform.core.diagnostic import Diagnostic, RingformError
from ringform.core.words import did_you_mean, listed
from ringform.providers.base import Provider

DEFAULT = "phone.inc"
NAMES = (DEFAULT, "zendesk-talk", "oneinbox")


def provider(name: str) -> Provider:
    """The provider of that name. Its code is imported only now.

    Raises:
        RingformError: There is none.
    """
    match name:
        case "phone.inc":
            from ringform.providers.phone_inc.provider import PhoneInc

            return PhoneInc()
        case "zendesk-talk":
            from ringform.providers.zendesk_talk.provider import ZendeskTalk

            return ZendeskTalk()
        case "oneinbox":
            from ringform.providers.oneinbox.provider import OneInbox

            return OneInbox()
    hint = did_you_mean(name, NAMES) or f"it is {listed(NAMES, last='or')}"
    raise RingformError(Diagnostic("unknown-provider", f"{name[:60]!r} is not a provider", hint=hint))
