"""The sections of a Phone.inc manifest, as models: what names there are, and the JSON Schema of a whole file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from ringform.providers.phone_inc.guardrails import RULES
from ringform.providers.phone_inc.manifest.employees import Employee
from ringform.providers.phone_inc.manifest.routing_test_entries import RoutingTestEntry
from ringform.providers.phone_inc.resources.contact import Contact
from ringform.providers.phone_inc.resources.flows import People
from ringform.providers.phone_inc.resources.main_number import MainNumber
from ringform.providers.shared.account import DESCRIPTION
from ringform.providers.shared.calendar.closures_schema import Closures, SpecialHours
from ringform.providers.shared.calendar.rotations import MOST_GROUPS, RotatingGroup
from ringform.providers.shared.field_types import MAY_BE_EMPTY, PHONE_NAMES, Strict, Variables, Version
from ringform.providers.shared.guardrail_limits import LimitSetting, limits_field
from ringform.providers.shared.validation import at_most

_MOST_EMPLOYEES = 10_000

_Employees = Annotated[
    dict[str, Employee],
    BeforeValidator(at_most(_MOST_EMPLOYEES)),
    Field(
        description="Readable names for employees: an id, or an e-mail address or name to look up in the account.",
        examples=[{"bea": {"email": "bea@example.com"}}],
        json_schema_extra=MAY_BE_EMPTY,
    ),
]
_GROUPS: Any = Field(
    description="Names for several employees who ring together, or take turns. A group may hold other groups.",
    examples=[{"sales": ["alex", "bea"]}],
    json_schema_extra=MAY_BE_EMPTY,
)
_BY_NUMBER: JsonDict = {**MAY_BE_EMPTY, "propertyNames": PHONE_NAMES}


class NameSections(Strict):
    """The parts of a manifest that names, rather than entries, make up; entries are read one by one."""

    employees: _Employees = Field(default_factory=dict)
    ring_groups: Annotated[dict[str, People], BeforeValidator(at_most(MOST_GROUPS))] = Field(default_factory=dict)
    """Without the rotations, which are read apart."""


class Document(Strict):
    """A ringform manifest for Phone.inc."""

    ADVICE: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            ("include", "includes", "import", "imports", "extends"),
            "files are not included: give ringform several files, or their folder",
        ),
        **dict.fromkeys(("variables", "var"), "did you mean 'vars'?"),
        **dict.fromkeys(("numbers", "phone_numbers"), "did you mean 'main_numbers'?"),
    }

    # unlisted_contacts: delete would delete them all.
    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["unlisted_contacts"], "properties": {"unlisted_contacts": {"const": "delete"}}},
            "then": {"required": ["contacts"]},
        }
    )

    version: Version
    provider: Literal["phone.inc"] = "phone.inc"
    """Whose API the numbers live in."""

    account: Annotated[
        str | None, Field(description=DESCRIPTION, examples=["+14155551234"], json_schema_extra=PHONE_NAMES)
    ] = None
    vars: Variables = Field(default_factory=dict)
    employees: _Employees = Field(default_factory=dict)
    ring_groups: Annotated[dict[str, People | RotatingGroup], _GROUPS] = Field(default_factory=dict)
    closures: Closures = None
    special_hours: SpecialHours = None
    defaults: MainNumber | None = None
    """Fields for every main number that lacks them."""

    main_numbers: dict[str, MainNumber | None] = Field(
        {}, examples=[{"+14155551234": {"name": "Sales"}}], json_schema_extra=_BY_NUMBER
    )
    """How each number answers, by its number with country code."""

    contacts: dict[str, Contact | None] = Field(
        {}, examples=[{"+4520123456": {"name": "Niklas Stephenson"}}], json_schema_extra=_BY_NUMBER
    )
    """The address book, by number with country code."""

    guardrails: dict[str, LimitSetting] = limits_field(RULES)
    tests: list[RoutingTestEntry] = Field([], json_schema_extra={"type": ["array", "null"]})
    """Claims about calls, run by ringform test."""

    unlisted_contacts: Literal["keep", "delete"] = "keep"
    """What happens to contacts that the manifest does not list."""
