"""The entries of the ``tests`` section of a manifest, as models."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ringform.model.messages import shown
from ringform.providers.phone_inc.fields import Digit
from ringform.providers.shared.calendar.closures_schema import DATE
from ringform.providers.shared.calendar.date_text import date_of
from ringform.providers.shared.field_types import Strict, Text, Whole, matching
from ringform.providers.shared.validation import check, refuse, refuse_many

ANY: Literal["any"] = "any"
NO_KEY: Literal["none"] = "none"
SOMEBODY: Literal["somebody"] = "somebody"
EndsName = Literal["answered", "voicemail", "hangup", "rings_out", "not_documented"]


_Texts = Annotated[list[str], Field(min_length=1)]
_EndsNames = Annotated[list[EndsName], Field(min_length=1)]


class _Keys(Strict):
    press: list[Digit]


class _Numbers(Strict):
    to: _Texts


class _People(Strict):
    rings: _Texts


class _Ends(Strict):
    ends: _EndsNames


_LAST_DAY = WithJsonSchema(matching(f"^{DATE}$", "Write the date as 2027-01-31.", "2027-01-31"))


def _one_or_more(model: type[Strict], *words: str) -> BeforeValidator:
    """Make a list of one value or several, each as the only field of ``model`` says, unless it is one of ``words``.

    Of a wrong value there is one message, where a union would have one for each member.
    """
    (name,) = model.model_fields

    def listed(value: object) -> object:
        if value in words:
            return value
        several = isinstance(value, list)
        _, problems = check(model, {name: value if several else [value]}, ())
        if problems:
            problems = [replace(problem, path=problem.path[1:] if several else ()) for problem in problems]
            if words and not several:
                hint = f"{problems[0].hint}, or the word {' or '.join(words)}"
                problems = [replace(problems[0], hint=hint)]
            raise refuse_many(problems)
        return value if several else [value]

    return BeforeValidator(listed)


def _boolean_or_any(value: object) -> object:
    meant = {"true": True, "false": False, "any": "any"}
    word = str(value).lower()
    if word not in meant:
        hint = "write any if the test is to hold whether somebody answers or not"
        raise refuse("not-a-boolean", f"this must be true, false or any, not {shown(value)}", hint=hint)
    return meant[word]


def _last_day(value: object) -> object:
    day = date_of(value) if isinstance(value, str) else ""
    if isinstance(day, date):
        return day
    why = day if isinstance(day, str) else " with its year"
    raise refuse("bad-date", f"{shown(value)} is not a date{why}", hint="write the last day, such as 2027-01-31")


_NumberNames = Annotated[str | _Texts, _one_or_more(_Numbers)]


class CalledEntry(Strict):
    """The calls that a test is about."""

    to: _NumberNames = Field(examples=["Sales", "+14155551234", "*", ["+45*", "US *"]])
    """The number to call, or its name; or several, by a list or with * for anything."""

    at: str = Field(examples=["open", "closed", "always", "mon-fri 09:00-12:00", "daily 10:00", "2026-12-24 10:00"])
    """When: open, closed or always; days and times of any week; or a date and time, on the number's clock."""

    press: Annotated[Literal["any", "none"] | Digit | list[Digit], _one_or_more(_Keys, ANY, NO_KEY)] = Field([])
    """The key that the caller presses, or several in order; any: every key that the menus have; none: no key."""

    no_answer: Annotated[
        bool | Literal["any"],
        BeforeValidator(_boolean_or_any),
        WithJsonSchema(
            matching("^([Tt]rue|TRUE|[Ff]alse|FALSE|any)$", "Write true, false or any.", kind=["boolean", "string"])
        ),
    ] = False
    """true: nobody picks up; any: whether somebody does or not."""


class ExpectedEntry(Strict):
    """What the calls must meet. What is left out is not checked."""

    rings: Annotated[str | _Texts, _one_or_more(_People, SOMEBODY)] | None = Field(
        None, examples=[["maria"], "somebody"]
    )
    """Exactly who rings: aliases, ring groups or employee ids; or somebody, whoever it is."""

    rings_at_most: Whole | None = Field(None, examples=[30])
    """Seconds for which it rings at most, in all. A call that rings without a timer fails."""

    plays: str | None = Field(None, examples=["*closed*"])
    """A text that callers hear; * stands for anything."""

    plays_not: str | None = Field(None, examples=["*we are closed*"])
    """A text that callers must not hear; * stands for anything."""

    ends: Annotated[EndsName | _EndsNames, _one_or_more(_Ends)] | None = None
    """How the call ends, or the ways in which it may end."""


class ExemptionEntry(Strict):
    """Numbers for which a test need not hold."""

    to: _NumberNames = Field(examples=["Press Line"])
    """The number, or its name; or several, by a list or with * for anything."""

    reason: Text = Field(examples=["a recorded message by design"])
    """Why."""

    until: Annotated[date | None, BeforeValidator(_last_day), _LAST_DAY] = None
    """The last day on which it holds, on the number's clock."""


class RoutingTestEntry(Strict):
    """A claim about calls, run by ringform test and before every apply."""

    name: str = Field(examples=["Sales reaches a person in the morning"])
    """What is claimed, in words."""

    call: CalledEntry
    """The calls that the claim is about."""

    expect: ExpectedEntry
    """What these calls must meet. What is left out is not checked."""

    exemptions: list[ExemptionEntry] = Field([], alias="except")
    """Numbers for which the claim need not hold, each with a reason."""
