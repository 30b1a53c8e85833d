"""What a manifest says and Zendesk's API document does not tell of: taken, with a warning at its place."""

from __future__ import annotations

from typing import Any

import pytest

from providers.zendesk_talk.test_manifest import ADDRESS, ANY_DAY
from ringform.model.diagnostic import Severity
from ringform.providers.zendesk_talk.provider import ZendeskTalk


@pytest.mark.parametrize(
    ("entry", "place", "hint"),
    [
        ({"call_recording_consent": "optin"}, ("call_recording_consent",), "did you mean 'opt_in'?"),
        (
            {"settings": {"overflow_number": {"enabled": "true", "numbr": "+15105550199"}}},
            ("settings", "overflow_number", "numbr"),
            "did you mean 'number'?",
        ),
        ({"settings": {"wrap_up_enabled": "true"}}, ("settings", "wrap_up_enabled"), "plan again after the apply"),
        ({"settings": {"wrap_up_time_limit": "60"}}, ("settings", "wrap_up_time_limit"), "plan again after the apply"),
        (
            {"settings": {"forwarding_caller_id": "+15105550100"}},
            ("settings", "forwarding_caller_id"),
            "plan again after the apply",
        ),
    ],
)
def test_what_the_document_does_not_tell_of_is_taken_with_a_warning(
    entry: dict[str, Any], place: tuple[str, ...], hint: str
) -> None:
    read = ZendeskTalk().parse({"phone_numbers": {ADDRESS.key: entry}}, ANY_DAY)
    (problem,) = read.problems
    assert (problem.code, problem.severity) == ("undocumented-value", Severity.WARNING)
    assert problem.path == ("phone_numbers", ADDRESS.key, *place)
    assert (problem.hint or "").startswith(hint)
    assert read.state.wanted[ADDRESS].fields


@pytest.mark.parametrize("consent", ["always", "opt_in", "opt_out", "never"])
def test_what_is_known_is_no_warning(consent: str) -> None:
    entry = {
        "call_recording_consent": consent,
        "settings": {"overflow_number": {"enabled": "true", "number": "+15105550199"}},
    }
    assert not ZendeskTalk().parse({"phone_numbers": {ADDRESS.key: entry}}, ANY_DAY).problems


def test_a_warning_stands_beside_the_errors_of_the_same_number() -> None:
    entry = {"call_recording_consent": "sometimes", "recorded": "perhaps"}
    read = ZendeskTalk().parse({"phone_numbers": {ADDRESS.key: entry}}, ANY_DAY)
    assert {problem.code for problem in read.problems} == {"undocumented-value", "not-a-boolean"}
