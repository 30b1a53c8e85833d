"""Results of routing tests as JUnit XML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from ringform.callflow.testing import TestResult
from ringform.model.diagnostic import Location
from ringform.reports.text.style import safe

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold in any form."""


def render(results: Sequence[TestResult], places: Sequence[Location | None], people: Mapping[str, str]) -> str:
    """One suite with a case for each test."""
    failures = sum(not result.passed for result in results)
    suite = ET.Element("testsuite", name="ringform", tests=str(len(results)), failures=str(failures), errors="0")
    for result, place in zip(results, places, strict=True):
        case = ET.SubElement(suite, "testcase", classname="routing", name=_clean(result.test.name))
        if place:
            case.set("file", _clean(place.file))
            case.set("line", str(place.line))
        if not result.passed:
            ET.SubElement(case, "failure", message=_clean(safe("; ".join(result.reasons(people)))))
    ET.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suite, encoding="unicode")


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
