"""JUnit XML, which CI systems show as test results: of routing tests, and of what else was checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from ringform.callflow.verdict import TestRun
from ringform.model.diagnostic import Diagnostic
from ringform.model.escaping import in_markup
from ringform.model.run import Run

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold in any form."""


def render_tests(run: TestRun) -> str:
    """Return one test suite with a case for each routing test."""
    count = str(len(run.results))
    suite = ET.Element("testsuite", name="ringform", tests=count, failures=str(run.failed), errors="0")
    suite.set("skipped", str(run.skipped))
    for result, place in run.placed():
        case = ET.SubElement(suite, "testcase", classname="routing", name=_clean(result.test.name))
        if place:
            case.set("file", _clean(place.file))
            case.set("line", str(place.line))
        if not result.passed:
            ET.SubElement(case, "failure", message=_clean("; ".join(result.reasons(run.people))))
        remarks = "; ".join(result.remarks())
        if result.is_skipped:
            ET.SubElement(case, "skipped", message=_clean(remarks))
        elif remarks:
            ET.SubElement(case, "system-out").text = _clean(remarks)
    if run.warnings:
        ET.SubElement(suite, "system-out").text = _lines(run.warnings)
    return _document(suite)


def render(run: Run) -> str:
    """Return one test suite with a case for each file of the manifest, and one for what has no place in them.

    A case fails if an error is found there; warnings stand in its output.
    """
    found: dict[str, list[Diagnostic]] = {file: [] for file in run.files}
    for finding in run.findings:
        found.setdefault(finding.location.file if finding.location else run.command, []).append(finding)
    errors = {name: [each for each in findings if each.is_error] for name, findings in found.items()}
    failed = str(sum(map(bool, errors.values())))
    suite = ET.Element("testsuite", name="ringform", tests=str(len(found)), failures=failed, errors="0", skipped="0")
    for name, findings in found.items():
        case = ET.SubElement(suite, "testcase", classname=run.command, name=_clean(name))
        if first := next(iter(errors[name]), None):
            ET.SubElement(case, "failure", type=first.code, message=_clean(first.summary)).text = _lines(errors[name])
        if others := [each for each in findings if not each.is_error]:
            ET.SubElement(case, "system-out").text = _lines(others)
    return _document(suite)


def _lines(findings: Sequence[Diagnostic]) -> str:
    """Return findings with their places, each on a line."""
    places = (f"{each.location}: " if each.location else "" for each in findings)
    return _clean("\n".join(f"{place}{each.summary}" for place, each in zip(places, findings, strict=True)))


def _document(suite: ET.Element) -> str:
    ET.indent(suite)
    return in_markup('<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suite, encoding="unicode"))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
