"""The public face for authors of providers: all that a provider of another package imports.

``docs/adding-a-provider.md`` goes through it step by step; ``ringform.testing`` has the tests that it must pass.
"""

from __future__ import annotations

from pydantic import Field

from ringform.calendar.agenda import Agenda
from ringform.callflow.types import CallFlow, Flow, FlowNames, Menu, Message, Transfer, Unknown, Voicemail
from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT, ApiError, ErrorBody, bad_answer
from ringform.model.call_record import ActiveCalls, CallFilter, CallRecord
from ringform.model.change import CREATED_ID, Action, Call, Change, FieldChange
from ringform.model.desired import Desired, Reference, Scope, Wanted
from ringform.model.diagnostic import Diagnostic, RingformError, Severity
from ringform.model.guardrail import Limit, Violation
from ringform.model.kind import FieldSpec, Kind, by_name
from ringform.model.messages import did_you_mean, listed, shown
from ringform.model.phone import NotAPhoneNumber, to_e164
from ringform.model.problem import DocumentPath, Problem
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.urls import checked_base_url
from ringform.model.values import Fields, Json
from ringform.planning.compare import changed_fields
from ringform.planning.guardrails import Guardrail, GuardrailContext
from ringform.planning.policy import Policy
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
    ShortensHours,
)
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.protocol import Endpoint, Probe, Provider, Reads
from ringform.providers.query import Query
from ringform.providers.shared.answers import cannot_create_or_delete, path_below
from ringform.providers.shared.error_bodies import by_field
from ringform.providers.shared.field_types import (
    ROUTING,
    Boolean,
    Phone,
    Required,
    Strict,
    Text,
    Variables,
    Version,
    Whole,
    field_specs,
    not_null,
    phone_key,
    printable,
    schema,
)
from ringform.providers.shared.keys import is_word, read_key
from ringform.providers.shared.number_manifest import NumberManifest
from ringform.providers.shared.validation import at_most, check, refuse
from ringform.providers.written_form import Naming, WrittenForm

__all__ = [
    "ANOTHER_OBJECT", "CREATED_ID", "ROUTING", "Action", "ActiveCalls", "Address", "Agenda", "AnswersCalls",
    "ApiError", "Boolean", "Call", "CallFilter", "CallFlow", "CallRecord", "Change", "Creates", "Desired",
    "Diagnostic", "DocumentPath", "Endpoint", "ErrorBody", "Exports", "Field", "FieldChange", "FieldSpec", "Fields",
    "FindsNumbers", "Flow", "FlowNames", "Guardrail", "GuardrailContext", "HasCallLog", "HasDirectory",
    "HasGuardrails", "HasSideEffects", "HasWarnings", "Json", "Kind", "Limit", "Menu", "Message", "NamesIds",
    "NamesRejectedFields", "Naming", "NotAPhoneNumber", "NotesPlans", "NumberManifest", "ParsedDocument",
    "ParsesErrors", "Phone", "Policy", "Probe", "Problem", "Provider", "Query", "Reads", "Rechecks", "Reference",
    "Required", "ResolvesReferences", "Resource", "RingformError", "Scope", "Sells", "Severity", "ShortensHours",
    "Snapshot", "Strict", "Text", "Transfer", "Unknown", "Variables", "Version", "Violation", "Voicemail", "Wanted",
    "Whole", "WrittenForm", "at_most", "bad_answer", "by_field", "by_name", "cannot_create_or_delete",
    "changed_fields", "check", "checked_base_url", "did_you_mean", "field_specs", "is_word", "listed", "not_null",
    "path_below", "phone_key", "printable", "read_key", "refuse", "schema", "shown", "to_e164",
]  # fmt: skip
