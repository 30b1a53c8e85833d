"""An account's calls as text: two lines for each in a list, and all that is known of one."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from ringform.model.call_record import CallRecord
from ringform.model.messages import listed
from ringform.model.phone import masked
from ringform.reports.text.style import Style, fitted, safe
from ringform.reports.text.times import clock, local

_PARTY_WIDTH = 16
_PEOPLE_WIDTH = 40
_NOT_STARTED = "not started yet"


def render(calls: Sequence[CallRecord], style: Style, *, show_personal_data: bool) -> str:
    """Return a list of calls in the order given, at most 80 columns wide."""
    if not calls:
        return "The account shows no such calls."
    lines: list[str] = []
    for call in calls:
        caller = fitted(_caller(call, show_personal_data=show_personal_data), _PARTY_WIDTH)
        own = fitted(call.number_name or _own(call), _PARTY_WIDTH)
        parties = f"{caller} -> {own}" if call.is_inbound else f"{own} -> {caller}"
        started = local(call.started_at) if call.started_at else _NOT_STARTED
        people = fitted(listed(call.people), _PEOPLE_WIDTH).rstrip()
        lines.append(f"{style.place(f'{started:<22}')}  {parties}  {_ended(call)}")
        lines.append(f"  {style.dim(safe(call.id))}{'  ' if people else ''}{people}")
    return "\n".join(lines)


def render_one(call: CallRecord, style: Style, *, show_personal_data: bool) -> str:
    """Return all that is known of a call."""
    caller = safe(_caller(call, show_personal_data=show_personal_data))
    own = safe(call.number.labelled(call.number_name) if call.number else _own(call))
    rows = {
        "from": caller if call.is_inbound else own,
        "to": own if call.is_inbound else caller,
        "state": _ended(call),
        "started": local(call.started_at, "seconds") if call.started_at else _NOT_STARTED,
        "answered": local(call.picked_up_at, "seconds") if call.picked_up_at else "",
        "with": safe(listed(call.people)),
    }
    if show_personal_data:
        rows |= {"recording": safe(call.recording_url or ""), "summary": safe(call.summary or "")}
    lines = [style.bold(f"Call {safe(call.id)}")]
    lines += [line for name, value in rows.items() if value for line in _row(f"{name}:", value)]
    if call.transcript and show_personal_data:
        lines.append("  transcript:")
        for speaker, said in call.transcript:
            lines += _wrapped(safe(f"{speaker}: {said}" if speaker else said), "    ")
    elif call.summary or call.transcript or call.recording_url:
        lines += ["", "What was said is left out: --show-personal-data shows it."]
    return "\n".join(lines)


def _row(name: str, value: str) -> Iterator[str]:
    first, *others = _wrapped(value, " " * 13) or [""]
    yield f"  {name:<11}{first[13:]}"
    yield from others


def _wrapped(text: str, margin: str) -> list[str]:
    return textwrap.wrap(
        text, 80, initial_indent=margin, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False
    )


def _caller(call: CallRecord, *, show_personal_data: bool) -> str:
    return call.caller or "unknown caller" if show_personal_data else masked(call.caller)


def _own(call: CallRecord) -> str:
    return call.number.key if call.number else "unknown number"


def _ended(call: CallRecord) -> str:
    """Return the state of a call, and how long it lasted or that nothing answered it."""
    if call.seconds is not None:
        return f"{safe(call.state)} {clock(call.seconds)}"
    is_missed = not call.is_under_way and call.picked_up_at is None
    return f"{safe(call.state)}{' unanswered' if is_missed else ''}"
