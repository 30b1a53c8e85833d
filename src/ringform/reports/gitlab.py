"""Artifacts that GitLab shows in a merge request: a report of code quality, and the totals of a plan."""

from __future__ import annotations

import json
from collections import Counter

from ringform.model.diagnostic import Severity
from ringform.model.escaping import in_quotes
from ringform.model.run import Run
from ringform.model.values import digest
from ringform.reports.annotations import message

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def codequality(run: Run) -> str:
    """Return the findings as JSON (GitLab, "Code Quality report format"), each with a fingerprint of its own.

    A fingerprint does not cover the line: a finding that moved is no new one.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for finding in run.findings:
        place = run.place(finding)
        identity = (finding.code, place.file, finding.summary)
        seen[identity] += 1
        found.append(
            {
                "description": " ".join(message(finding)),
                "check_name": finding.code,
                "fingerprint": digest([*identity, seen[identity]]).removeprefix("sha256:"),
                "severity": _SEVERITIES[finding.severity],
                "location": {"path": place.file, "lines": {"begin": place.line}},
            }
        )
    return in_quotes(json.dumps(found, indent=2))


def terraform(run: Run) -> str:
    """Return how many objects a plan creates, updates and deletes (GitLab, "artifacts:reports:terraform")."""
    return json.dumps({action: run.objects.get(action, 0) for action in ("create", "update", "delete")})
