"""One call as text: when, and then what the caller meets, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ringform.core.callers import Ends, Step, Trace
from ringform.core.words import listed
from ringform.reports.text import words
from ringform.reports.text.style import Style, safe

_ENDINGS = {
    Ends.ANSWERED: "Somebody answers.",
    Ends.VOICEMAIL: "The caller leaves a voicemail.",
    Ends.HANGUP: "The call ends.",
    Ends.RINGS_OUT: "It rings until the caller gives up: no timer runs.",
    Ends.NOT_DOCUMENTED: "Not documented: the API's documents do not say what happens now.",
}


def render(call: Trace, label: str, when: datetime, people: Mapping[str, str], style: Style, *, is_open: bool) -> str:
    """The whole call, ending without a newline."""
    state = "in opening hours" if is_open else "outside opening hours"
    lines = [f"{style.bold(safe(label))}, {when:%a %Y-%m-%d %H:%M} {safe(str(when.tzinfo))}: {state}"]
    for step in call.steps:
        lines.append(f"  {style.place(safe(_origin(step)))}")
        if step.plays is not None:
            lines.append(f'    plays "{safe(step.plays)}"')
        if step.rings is not None:
            who = listed(words.names(sorted(step.rings), people))
            lines.append(f"    rings {who}{f' for {step.ring_seconds} s' if step.ring_seconds else ''}")
    lines.append(f"  {style.bold(_ENDINGS[call.ends])}")
    return "\n".join(lines)


def _origin(step: Step) -> str:
    return f"key {step.press}: {step.type}" if step.press else f"{step.slot}: {step.type}"
