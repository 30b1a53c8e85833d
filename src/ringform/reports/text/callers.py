"""What callers will notice of a plan, as text: when, after which key, what they met and what they will meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ringform.callflow.effects import Effect
from ringform.callflow.noticed import noticed
from ringform.reports.text.style import Style, safe


@dataclass(frozen=True, slots=True)
class Sides:
    """What a report calls the two sides of a difference, and the heading of its section about callers."""

    heading: str
    before: str
    after: str


CHANGE = Sides("What callers will notice:", "was", "now")
DRIFT = Sides("What callers notice:", "account", "manifest")


def render(effects: Sequence[Effect], people: Mapping[str, str], style: Style, sides: Sides = CHANGE) -> str:
    """Return the section of a plan, without a final newline; empty if callers will notice nothing."""
    if not effects:
        return ""
    lines = [style.bold(sides.heading)]
    for effect in effects:
        whose = f", on the clock of {safe(effect.new_clock)}" if effect.new_clock else ""
        lines.append(f"  {style.bold(safe(effect.address.labelled(effect.name)))}{whose}")
        lines += [f"    {line}" for line in _lines(effect, people, style, sides)]
    return "\n".join(lines)


def _lines(effect: Effect, people: Mapping[str, str], style: Style, sides: Sides) -> Iterator[str]:
    width = max(len(sides.before), len(sides.after)) + 1
    for each in noticed(effect, people):
        does = f", {safe(each.change.does)}" if each.change.does else ""
        yield f"{style.place(each.times)}{does}"
        yield f"  {sides.before + ':':<{width}} {style.removed(safe(each.change.before))}"
        yield f"  {sides.after + ':':<{width}} {style.added(safe(each.change.after))}"
