"""Facets are found by type: a method that is misspelt, or takes something else, would be lost without a word."""

from __future__ import annotations

import pytest

from ringform.providers import facets, registry
from ringform.providers.facets import (
    AnswersCalls,
    Creates,
    Exports,
    FindsNumbers,
    HasCallLog,
    HasDirectory,
    HasGuardrails,
    HasSideEffects,
    HasWarnings,
    NamesIds,
    NamesRejectedFields,
    NotesPlans,
    ParsesErrors,
    Rechecks,
    ResolvesReferences,
    Sells,
)
from ringform.providers.oneinbox.provider import OneInbox
from ringform.providers.phone_inc.provider import PhoneInc
from ringform.providers.zendesk_talk.provider import ZendeskTalk

# For the type checker, which compares what the methods take and give: at run time only their names count.
answers_calls: AnswersCalls = PhoneInc()
creates: list[Creates] = [PhoneInc(), ZendeskTalk()]
exports: list[Exports] = [PhoneInc(), ZendeskTalk(), OneInbox()]
finds_numbers: list[FindsNumbers] = [PhoneInc(), ZendeskTalk(), OneInbox()]
has_call_log: HasCallLog = PhoneInc()
has_directory: HasDirectory = PhoneInc()
has_guardrails: list[HasGuardrails] = [PhoneInc(), ZendeskTalk()]
has_side_effects: HasSideEffects = PhoneInc()
has_warnings: list[HasWarnings] = [PhoneInc(), ZendeskTalk()]
names_ids: NamesIds = ZendeskTalk()
names_rejected_fields: NamesRejectedFields = PhoneInc()
notes_plans: NotesPlans = PhoneInc()
parses_errors: list[ParsesErrors] = [PhoneInc(), ZendeskTalk(), OneInbox()]
rechecks: list[Rechecks] = [PhoneInc(), ZendeskTalk(), OneInbox()]
resolves_references: ResolvesReferences = PhoneInc()
sells: Sells = ZendeskTalk()

EVERYONE = {"Exports", "FindsNumbers", "ParsesErrors", "Rechecks"}


@pytest.mark.parametrize(
    ("name", "more"),
    [
        (
            "phone.inc",
            {"AnswersCalls", "Creates", "HasCallLog", "HasDirectory", "HasGuardrails", "HasWarnings"}
            | {"HasSideEffects", "NamesRejectedFields", "NotesPlans", "ResolvesReferences", "ShortensHours"},
        ),
        ("zendesk-talk", {"Creates", "HasGuardrails", "HasWarnings", "NamesIds", "Sells"}),
        ("oneinbox", set()),
    ],
)
def test_each_provider_has_these_facets(name: str, more: set[str]) -> None:
    provider = registry.provider(name)
    assert {facet for facet in facets.__all__ if isinstance(provider, getattr(facets, facet))} == EVERYONE | more
