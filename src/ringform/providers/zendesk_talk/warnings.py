"""Values of a manifest that Zendesk's API document does not describe: they are sent unchanged, with a warning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ringform.model.diagnostic import Severity
from ringform.model.messages import did_you_mean, listed, shown
from ringform.model.problem import DocumentPath, Problem

WARNINGS = frozenset({"undocumented-value"})
"""The codes of this module's warnings. A comment in a manifest can silence them."""

_CONSENTS = ("always", "opt_in", "opt_out", "never")
_OVERFLOW = ("enabled", "number")
_SETTINGS = ("wrap_up_enabled", "wrap_up_time_limit", "forwarding_caller_id")
"""Settings that accounts are said to have, by others than the vendor."""


def about(entry: Mapping[str, object], path: DocumentPath) -> list[Problem]:
    """Warn of the values of a number, as it is written at ``path``, that nobody is known to document."""
    found = []
    consent = entry.get("call_recording_consent")
    if isinstance(consent, str) and consent.strip() and consent not in _CONSENTS:
        place = (*path, "call_recording_consent")
        found.append(_undocumented(place, f"{shown(consent)} is not a known consent", consent, _CONSENTS))
    settings = entry.get("settings")
    for name in _given(settings, _SETTINGS):
        summary = f"Zendesk's API document does not describe {name}"
        hint = "plan again after the apply: the account may not keep it"
        found.append(
            Problem((*path, "settings", name), "undocumented-value", summary, Severity.WARNING, hint=hint, on_key=True)
        )
    overflow = settings.get("overflow_number") if isinstance(settings, Mapping) else None
    for name in overflow if isinstance(overflow, Mapping) else ():
        if name not in _OVERFLOW:
            place = (*path, "settings", "overflow_number", name)
            summary = f"{shown(name)} is not a known field of overflow_number"
            found.append(_undocumented(place, summary, str(name), _OVERFLOW, on_key=True))
    return found


def _given(settings: object, names: Iterable[str]) -> list[str]:
    return [name for name in names if isinstance(settings, Mapping) and name in settings]


def _undocumented(
    path: DocumentPath, summary: str, given: str, known: tuple[str, ...], *, on_key: bool = False
) -> Problem:
    hint = did_you_mean(given, known) or f"known are {listed(known)}"
    return Problem(path, "undocumented-value", summary, Severity.WARNING, hint=hint, on_key=on_key)
