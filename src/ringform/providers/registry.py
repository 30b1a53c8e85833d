"""Which providers there are, by the name that a manifest gives after ``provider:``.

ringform's own are known by name. Others come from installed packages, which are looked at only when they are needed.
"""

from __future__ import annotations

from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import did_you_mean, listed
from ringform.providers.protocol import Provider

DEFAULT = "phone.inc"
NAMES = (DEFAULT, "zendesk-talk", "oneinbox")
"""ringform's own providers. No package can take the place of one of them."""

UNKNOWN_PROVIDER = "unknown-provider"
"""The code of the error that there is no such provider."""


def is_known(name: str) -> bool:
    """Whether there is a provider of that name."""
    if name in NAMES:
        return True
    from ringform.providers import packages

    return name in packages.names(NAMES)


def every_name() -> tuple[str, ...]:
    """Return the names of all providers: ringform's own, then those of installed packages."""
    from ringform.providers import packages

    return (*NAMES, *packages.names(NAMES))


def provider(name: str) -> Provider:
    """Return the provider of that name. Its code is imported only now.

    Raises:
        RingformError: There is none, or the package that it comes from is broken.
    """
    if name in NAMES:
        return _own(name)
    from ringform.providers import packages

    if name in packages.names(NAMES):
        return packages.provider(name, [_own(each) for each in NAMES])
    known = every_name()
    hint = did_you_mean(name, known) or f"it is {listed(known, last='or')}"
    raise RingformError(Diagnostic(UNKNOWN_PROVIDER, f"{name[:60]!r} is not a provider", hint=hint))


def every_provider() -> list[Provider]:
    """Return all providers.

    Raises:
        RingformError: A package that one comes from is broken.
    """
    return [provider(name) for name in every_name()]


def _own(name: str) -> Provider:
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
    raise KeyError(name)
