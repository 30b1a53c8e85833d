"""Results of routing tests as JUnit XML."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from ringform.callflow.verdict import TestRun
from ringform.model.escaping import in_markup

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold in any form."""


def render(run: TestRun) -> str:
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
        output = ET.SubElement(suite, "system-out")
        output.text = _clean("\n".join(f"{each.location}: {each.summary}" for each in run.warnings))
    ET.indent(suite)
    return in_markup('<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suite, encoding="unicode"))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
