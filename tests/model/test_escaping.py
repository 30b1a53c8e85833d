"""Escapes for every format: nothing that can act is left, and a parser reads what was there."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

import yaml
from hypothesis import given
from hypothesis import strategies as st

from ringform.manifest.writing import to_yaml
from ringform.model.escaping import in_markup, in_output, in_quotes, is_hidden

TEXTS = st.text(
    st.sampled_from("#:[]vso e-é\u200d\t\n\x1b\x7f\x85\u202e\u2028\ufeff\U000e0041{}\\\"'&<") | st.characters()
)
"""Texts with what is escaped above all."""


def check(document: str) -> None:
    assert not {each for each in document.replace("\r\n", "\n") if is_hidden(each)} - {"\n", "\t"}
    assert not re.search(r"##(\w*\[)|^\s*::", document, re.MULTILINE)


@given(TEXTS)
def test_json_reads_as_it_was(text: str) -> None:
    written = in_quotes(json.dumps({text: [text]}))
    check(written)
    assert json.loads(written) == {text: [text]}


@given(TEXTS.filter(lambda text: "{" not in text and "\r" not in text))
def test_yaml_reads_as_it_was(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    written = to_yaml({"contacts": {text: {"name": text, "note": text}}})
    check(written)
    assert yaml.load(written, yaml.SafeLoader) == {"contacts": {text: {"name": text, "note": text}}}


@given(TEXTS)
def test_xml_reads_as_it_was(text: str) -> None:
    text = re.sub("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    written = in_markup(f"<a b={quoteattr(text)}/>")
    check(written)
    assert ET.fromstring(written).get("b") == text


@given(TEXTS)
def test_nothing_acts_in_any_output(text: str) -> None:
    written = in_output(text)
    check(written)
    assert in_output(written) == written


def test_an_output_keeps_its_colours_its_layout_and_the_signs_of_its_format() -> None:
    output = "\x1b[1;31merror\x1b[0m: [::1]\r\n\t### heading\nbox:::changed 👩\u200d👧\n"
    assert in_output(output) == output
    assert in_output("a\r\x1b[2Kb ##[x]\n ::y") == "a\\x0d\\x1b[2Kb \\x23#[x]\n \\x3a:y"
