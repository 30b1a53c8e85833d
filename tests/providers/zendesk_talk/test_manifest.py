"""What a Zendesk Talk manifest may say: every writable field of the document, and no other."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ringform.model.address import Address
from ringform.model.problem import Problem
from ringform.model.values import Json
from ringform.providers.zendesk_talk.provider import ZendeskTalk

ANY_DAY = date(2026, 1, 1)

ADDRESS = Address("zendesk_phone_number", "+15105550100")
NAMES: dict[str, Any] = {
    "brands": {"acme": "1"},
    "groups": {"support": "360001", "sales": "360002"},
    "ivrs": {"main": "12"},
    "schedules": {"office": "13"},
    "greetings": {"welcome": "21", "closed": "20"},
}

WRITABLE: dict[str, tuple[Any, Json]] = {
    "nickname": ("Support", "Support"),
    "brand_id": ("acme", 1),
    "line_type": ("digital", "digital"),
    "priority": ("2", 2),
    "voice_enabled": ("true", True),
    "sms_enabled": ("false", False),
    "outbound_enabled": ("true", True),
    "group_ids": (["support", "sales"], [360001, 360002]),
    "default_group_id": ("support", 360001),
    "sms_group_id": ("360009", 360009),
    "ivr_id": ("main", 12),
    "schedule_id": ("office", 13),
    "greeting_ids": (["welcome", "closed"], [20, 21]),
    "failover_number": ("+1 510 555 0199", "+15105550199"),
    "recorded": ("true", True),
    "call_recording_consent": ("always", "always"),
    "transcription": ("true", True),
    "post_call_voice_ai_enabled": ("true", True),
    "voice_qa_enabled": ("false", False),
}
"""What is written, and its normal form."""

SETTINGS: dict[str, tuple[Any, Json]] = {
    "allow_outbound_calls": ("true", True),
    "average_wait_time_message_enabled": ("true", True),
    "call_offering_duration": ("30", 30),
    "call_recording_delete_after": ("3.months", "3.months"),
    "callback_from_queue": ("true", True),
    "callback_locale": ("da", "da"),
    "create_ticket_for_abandoned_calls": ("true", True),
    "dequeue_retry_if_attempted": ("false", False),
    "maximum_queue_size": ("20", 20),
    "maximum_queue_wait_time": ("10", 10),
    "overflow_number": ({"enabled": "true", "number": "+15105550199"}, {"enabled": True, "number": "+15105550199"}),
    "priority": ("1", 1),
    "voicemail": ("true", True),
    "voicemail_outside_business_hours": ("false", False),
    "voicemail_recording_delete_after": ("never", "never"),
}
READ_ONLY = (
    "capabilities",
    "categorised_greetings",
    "categorised_greetings_with_sub_settings",
    "country_code",
    "created_at",
    "default_greeting_ids",
    "display_number",
    "external",
    "id",
    "location",
    "name",
    "number",
    "toll_free",
)
RETENTION = (
    "never", "1.days", "1.weeks", "2.weeks", "1.months", "2.months", "3.months", "6.months", "1.years", "2.years",
)  # fmt: skip
CLEARABLE = ("nickname", "brand_id", "default_group_id", "sms_group_id", "ivr_id", "schedule_id", "failover_number")


def read(entry: object, **sections: object) -> tuple[dict[str, Json], list[Problem]]:
    document = {"version": "1", "provider": "zendesk-talk", **NAMES, "phone_numbers": {ADDRESS.key: entry}, **sections}
    made = ZendeskTalk().parse(document, ANY_DAY)
    wanted = made.state.wanted.get(ADDRESS)
    return dict(wanted.fields) if wanted else {}, list(made.problems)


def refused(entry: object, **sections: object) -> Problem:
    _, (problem,) = read(entry, **sections)
    return problem


@pytest.mark.parametrize("field", WRITABLE)
def test_every_writable_field_is_taken(field: str) -> None:
    written, normal = WRITABLE[field]
    assert read({field: written}) == ({field: normal}, [])


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_taken_and_managed_by_itself(name: str) -> None:
    written, normal = SETTINGS[name]
    assert read({"settings": {name: written}}) == ({f"settings.{name}": normal}, [])


def test_all_of_them_together_come_in_the_order_of_the_fields() -> None:
    entry = {field: written for field, (written, _) in reversed(WRITABLE.items())}
    fields, problems = read({"settings": {name: written for name, (written, _) in SETTINGS.items()}, **entry})
    assert problems == []
    assert list(fields) == [*WRITABLE, *(f"settings.{name}" for name in SETTINGS)]


def test_the_documentation_has_every_field() -> None:
    page = (Path(__file__).parents[3] / "docs" / "manifest.md").read_text("utf-8")
    chapter = page.partition("\n## Zendesk Talk\n")[2].partition("\n## ")[0]
    assert {*WRITABLE, *SETTINGS} <= set(re.findall(r"`(\w+)`", chapter))


@pytest.mark.parametrize("field", READ_ONLY)
def test_every_read_only_field_is_refused_and_called_so(field: str) -> None:
    problem = refused({field: "x"})
    assert (problem.code, problem.path) == ("read-only", ("phone_numbers", ADDRESS.key, field))
    assert problem.summary.startswith(f"'{field}' is read-only: ")
    assert problem.hint == "remove the line"


def test_a_token_is_taken_for_a_secret() -> None:
    problem = refused({"token": "24a407cef67213be6d26b4c02d7d86c0"})
    assert (problem.code, problem.is_secret) == ("connection-in-manifest", True)
    # The document has it: it is what a number is bought with.
    assert (problem.hint or "").startswith("a number is bought by purchase:")


@pytest.mark.parametrize("setting", ["call_recording_delete_after", "voicemail_recording_delete_after"])
def test_recordings_are_kept_for_the_documents_times_only(setting: str) -> None:
    for time in RETENTION:
        assert read({"settings": {setting: time}}) == ({f"settings.{setting}": time}, [])
    problem = refused({"settings": {setting: "5.days"}})
    assert problem.path[-2:] == ("settings", setting)
    assert (problem.code, problem.hint) == ("invalid-value", "did you mean '1.days'?")


@pytest.mark.parametrize("field", [*WRITABLE, "settings"])
def test_null_clears_what_can_be_cleared(field: str) -> None:
    if field in CLEARABLE:
        assert read({field: None}) == ({field: None}, [])
    else:
        assert refused({field: None}).code == "cannot-clear"


@pytest.mark.parametrize("name", SETTINGS)
def test_of_the_settings_only_the_overflow_number_can_be_cleared(name: str) -> None:
    if name == "overflow_number":
        assert read({"settings": {name: None}}) == ({"settings.overflow_number": None}, [])
    else:
        assert refused({"settings": {name: None}}).code == "cannot-clear"


@pytest.mark.parametrize(
    ("entry", "code", "place"),
    [
        ({"nickname": ""}, "empty-text", ("nickname",)),
        ({"line_type": "fax"}, "invalid-value", ("line_type",)),
        ({"priority": "-1"}, "not-a-number", ("priority",)),
        ({"recorded": "yes"}, "not-a-boolean", ("recorded",)),
        ({"failover_number": "510"}, "bad-phone-number", ("failover_number",)),
        ({"nicknam": "Support"}, "unknown-field", ("nicknam",)),
        ({"settings": {"voicemial": "true"}}, "unknown-field", ("settings", "voicemial")),
        ({"settings": {"callback_locale": "english"}}, "bad-language", ("settings", "callback_locale")),
        ({"settings": {"overflow_number": "+15105550100"}}, "wrong-kind", ("settings", "overflow_number")),
        ({"group_ids": "support"}, "wrong-kind", ("group_ids",)),
        ({"group_ids": ["suport"]}, "unknown-name", ("group_ids", 0)),
        ({"group_ids": ["support", "360001"]}, "repeated-entry", ("group_ids", 1)),
        ({"ivr_id": "office"}, "unknown-name", ("ivr_id",)),
        ({"purchase": {}}, "missing-field", ("purchase",)),
        ({"purchase": {"country": "USA"}}, "invalid-value", ("purchase", "country")),
        ({"purchase": {"country": "DK", "area_code": "33"}}, "invalid-value", ("purchase",)),
        ({"purchase": {"country": "US", "contains": "5+"}}, "invalid-value", ("purchase", "contains")),
    ],
)
def test_what_is_wrong_is_told_at_its_place(entry: object, code: str, place: tuple[str | int, ...]) -> None:
    problem = refused(entry)
    assert (problem.code, problem.path) == (code, ("phone_numbers", ADDRESS.key, *place))


def test_a_name_of_another_kind_of_thing_is_not_known() -> None:
    problem = refused({"default_group_id": "main"})
    assert problem.summary == "'main' is neither an id nor a name under 'groups:'"


def test_a_name_that_is_an_id_is_refused() -> None:
    problem = refused({}, groups={"12": "360001"})
    assert (problem.code, problem.path) == ("bad-name", ("groups", "12"))


def test_a_section_of_names_that_cannot_be_read_makes_no_name_unknown() -> None:
    problem = refused({"group_ids": ["support"]}, groups={"support": "the first one"})
    assert (problem.code, problem.path) == ("bad-id", ("groups", "support"))


def test_defaults_fill_in_setting_by_setting() -> None:
    defaults = {"recorded": "true", "protect": "true", "settings": {"voicemail": "true", "priority": "1"}}
    fields, problems = read({"settings": {"priority": "2"}}, defaults=defaults)
    assert problems == []
    assert fields == {"recorded": True, "settings.priority": 2, "settings.voicemail": True}


@pytest.mark.parametrize(("own", "is_protected"), [({}, True), ({"protect": "false"}, False)])
def test_protection_comes_from_the_defaults_unless_the_number_says_otherwise(
    own: dict[str, str], *, is_protected: bool
) -> None:
    document = {"defaults": {"protect": "true"}, "phone_numbers": {ADDRESS.key: own}}
    assert (ADDRESS in ZendeskTalk().parse(document, ANY_DAY).policy.protected) is is_protected


def test_a_purchase_is_for_one_number() -> None:
    problem = refused({}, defaults={"purchase": {"country": "US"}})
    assert (problem.code, problem.path) == ("unknown-field", ("defaults", "purchase"))
    assert problem.hint == "write purchase: with the number that is to be bought"


def test_one_number_in_two_ways_of_writing_it_is_refused() -> None:
    document: dict[str, object] = {"phone_numbers": {"+1 510 555 0100": {}, "+15105550100": {}}}
    (problem,) = ZendeskTalk().parse(document, ANY_DAY).problems
    assert problem.code == "defined-twice"


def test_guardrails_can_be_given_other_limits() -> None:
    limits = ZendeskTalk().parse({"guardrails": {"most-changed": {"percent": "80"}}}, ANY_DAY).policy.limits
    assert limits["most-changed"].percent == 80


def test_names_are_shown_where_their_ids_stand() -> None:
    people = ZendeskTalk().parse({**NAMES}, ANY_DAY).people
    assert people["group_ids/360001"] == people["default_group_id/360001"] == "support"
    assert people["ivr_id/12"] == "main"
    assert "schedule_id/12" not in people
