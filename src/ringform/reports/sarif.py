"""Findings as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from urllib.parse import quote

from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.escaping import in_quotes
from ringform.model.run import Run
from ringform.model.values import Json
from ringform.reports.annotations import message
from ringform.version import __version__

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(run: Run) -> str:
    """Return one run with its findings, and a rule for each code that they have."""
    codes = sorted({finding.code for finding in run.findings})
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "ringform",
                        "semanticVersion": _semantic(__version__),
                        "version": __version__,
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "automationDetails": {"id": f"ringform/{run.command}/"},
                "invocations": [{"executionSuccessful": run.is_success, "exitCode": run.exit_code}],
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, run, codes.index(finding.code)) for finding in run.findings],
            }
        ],
    }
    return in_quotes(json.dumps(document, indent=2))


def _semantic(version: str) -> str:
    found = re.match(r"\d+\.\d+\.\d+", version)
    return found[0] if found else "0.0.0"


def _rule(code: str) -> Json:
    words = code.replace("-", " ")
    explained = f"docs/errors.md#{code} of ringform explains what this means and what to do."
    return {
        "id": code,
        "shortDescription": {"text": words},
        "fullDescription": {"text": words},
        "help": {"text": explained},
    }


def _result(finding: Diagnostic, run: Run, rule: int) -> Json:
    place = run.place(finding)
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(message(finding))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(place.file)},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
    }


def _uri(file: str) -> str:
    """Return the file as a URI, relative to the checkout's root if its name is relative."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
