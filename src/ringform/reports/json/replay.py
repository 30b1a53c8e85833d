"""A replay as JSON, ``ringform.replay/v1``; callers are masked."""

from __future__ import annotations

from ringform.callflow.replay import Replay, ReplayedCall, Verdict
from ringform.model.phone import masked
from ringform.model.values import Json
from ringform.reports.json.documents import dump_call
from ringform.version import __version__


def document(replay: Replay) -> dict[str, Json]:
    """Return the document that ``ringform replay`` prints."""
    return {"format": "ringform.replay/v1", "tool_version": __version__, **fields(replay)}


def fields(replay: Replay) -> dict[str, Json]:
    """Return the document without its header, which is also a part of ``ringform.plan/v1``."""
    return {
        "summary": {
            "read": replay.read,
            "counted": replay.counted,
            "elsewhere": len(replay.of(Verdict.ELSEWHERE)),
            "otherwise": len(replay.of(Verdict.OTHERWISE)),
            "not_in_manifest": replay.not_named,
            "untold": replay.untold,
        },
        "calls": [_call(call) for call in replay.calls],
    }


def _call(call: ReplayedCall) -> dict[str, Json]:
    return {
        "address": str(call.address),
        "name": call.name,
        "at": call.at.isoformat(),
        "caller": masked(call.caller),
        "verdict": str(call.verdict),
        "certain": call.is_certain,
        "answered": call.answered,
        "ways": [
            {
                "press": ",".join(each.path.press) or None,
                "answered": each.path.answered,
                "before": dump_call(each.before),
                "after": dump_call(each.after),
            }
            for each in call.differences
        ],
    }
