"""A replay as text: how many of the last calls would have gone elsewhere, and each of them with time and number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringform.callflow.noticed import DescribedChange, describe_differences
from ringform.callflow.replay import Replay, ReplayedCall, Verdict
from ringform.model.address import Address
from ringform.model.messages import counted
from ringform.model.phone import masked
from ringform.reports.text.style import Style, safe


def render(replay: Replay, people: Mapping[str, str], style: Style) -> str:
    """Return the whole report, without a final newline."""
    lines = [style.bold(headline(replay)), *_left_out(replay)]
    if any(not call.is_certain for call in replay.calls):
        lines.append(
            '"Perhaps": it depends on the keys that were pressed or on who answered; the account does not say.'
        )
    if replay.calls:
        lines.append(
            '"Was" is how the account is set up now; it may have been set up differently at the time of a call.'
        )
    for address, groups in _grouped(replay, people).items():
        name = next(call.name for call in replay.calls if call.address == address)
        lines += ["", f"  {style.bold(safe(address.labelled(name)))}"]
        for changes, calls in groups.items():
            lines += [f"    {_call(call, style)}" for call in calls]
            lines += [f"      {line}" for line in _change_lines(changes, style)]
    return "\n".join(lines)


def headline(replay: Replay) -> str:
    """Return the summary: ``4 of the last 50 calls would have gone elsewhere``."""
    if not replay.read:
        return "The account has no calls to replay."
    if not replay.counted:
        return "None of the account's calls can be replayed."
    elsewhere, otherwise = replay.of(Verdict.ELSEWHERE), replay.of(Verdict.OTHERWISE)
    of = f"the last {counted(replay.counted, 'call')}"
    if replay.counted < replay.read:
        of += " to the manifest's numbers"
    text = f"{_number(elsewhere)} of {of} would have gone elsewhere{_perhaps(elsewhere)}"
    if otherwise:
        text += (
            f"; {len(otherwise)}{' more' if elsewhere else ''} would have gone the same way and met something different"
        )
        text += _perhaps(otherwise)
    return text + "."


def _number(calls: tuple[ReplayedCall, ...]) -> str:
    return str(len(calls)) if calls else "None"


def _perhaps(calls: tuple[ReplayedCall, ...]) -> str:
    unsure = sum(not call.is_certain for call in calls)
    return "" if not unsure else " (perhaps)" if unsure == len(calls) else f" ({unsure} of them perhaps)"


def _left_out(replay: Replay) -> Iterator[str]:
    if replay.not_named:
        went = "went to a number" if replay.not_named == 1 else "went to numbers"
        calls = f"{replay.not_named} of the last {counted(replay.read, 'call')}"
        yield f"{calls} {went} that the manifest does not name."
    if replay.untold:
        yield f"{counted(replay.untold, 'call')} cannot be judged: not started yet, or the route is not documented."


def _grouped(
    replay: Replay, people: Mapping[str, str]
) -> dict[Address, dict[tuple[DescribedChange, ...], list[ReplayedCall]]]:
    """Return the calls by number and by what would have differed, newest first."""
    grouped: dict[Address, dict[tuple[DescribedChange, ...], list[ReplayedCall]]] = {}
    for call in replay.calls:
        changes = tuple(words for words, _ in describe_differences(list(call.differences), people))
        grouped.setdefault(call.address, {}).setdefault(changes, []).append(call)
    return grouped


def _call(call: ReplayedCall, style: Style) -> str:
    perhaps = "" if call.is_certain else ", perhaps"
    return f"{style.place(f'{call.at:%a %Y-%m-%d %H:%M}')}  {masked(call.caller)}{perhaps}"


def _change_lines(changes: tuple[DescribedChange, ...], style: Style) -> Iterator[str]:
    for each in changes:
        if each.does:
            yield f"{safe(each.does)}:"
        indent = "  " if each.does else ""
        yield f"{indent}was: {style.removed(safe(each.before))}"
        yield f"{indent}now: {style.added(safe(each.after))}"
