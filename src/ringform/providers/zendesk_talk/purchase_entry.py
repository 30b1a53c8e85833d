"""``purchase:`` of a number as a manifest writes it: where to find the number among those for sale.

The fields are those of the search (Zendesk Talk document, "Search").
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from ringform.model.messages import shown
from ringform.providers.shared.field_types import Boolean, Strict, Text, matching
from ringform.providers.shared.validation import refuse

_SEARCHED = re.compile(r"[0-9A-Za-z*]+")
_AREA_CODE_COUNTRIES = ("US", "CA")


def _country(value: str) -> str:
    if not re.fullmatch("[A-Za-z]{2}", value):
        raise refuse("invalid-value", f"{shown(value)} is not a country code", hint="use two letters, such as US")
    return value.upper()


def _digits(value: object) -> object:
    text = str(value)
    if not re.fullmatch("[0-9]{1,6}", text):
        raise refuse("invalid-value", f"{shown(value)} is not an area code", hint="write its digits, such as 510")
    return text


def _searched(value: str) -> str:
    if not _SEARCHED.fullmatch(value):
        hint = "use digits and letters, and * for any one digit"
        raise refuse("invalid-value", f"{shown(value)} cannot be searched for", hint=hint)
    return value


_Country = Annotated[
    str,
    AfterValidator(_country),
    WithJsonSchema(matching("^[A-Za-z]{2}$", "Write a country's two letters, such as US.", "US")),
]
_AreaCode = Annotated[
    str,
    BeforeValidator(_digits),
    WithJsonSchema(
        matching(
            "^[0-9]{1,6}$", "Write the area code's digits, such as 510.", "510", kind=["string", "integer"], minimum=0
        )
    ),
]
_Searched = Annotated[
    str,
    AfterValidator(_searched),
    WithJsonSchema(
        matching(
            "^[0-9A-Za-z*]+$",
            "Write digits and letters, and * for any one digit.",
            "pizza",
            kind=["string", "integer"],
            minimum=0,
        )
    ),
]


class Purchase(Strict):
    """Where to find the number among those for sale, if the account lacks it."""

    country: Annotated[_Country, Field(description="The country, as an ISO code of two letters.")]
    area_code: _AreaCode | None = None
    """The area code; in the US and Canada only."""

    toll_free: Boolean | None = None
    """Whether it is a toll-free number or a local one."""

    contains: _Searched | None = None
    """Digits and letters that the number has, with * for any one digit."""

    address_sid: Text | None = None
    """The provider_reference of the account's address that the country's rules ask for."""

    @model_validator(mode="after")
    def _area_codes_are_american(self) -> Purchase:
        if self.area_code and self.country not in _AREA_CODE_COUNTRIES:
            hint = "remove area_code, and narrow the search with contains:"
            raise refuse("invalid-value", "area codes can be searched in the US and Canada only", hint=hint)
        return self
