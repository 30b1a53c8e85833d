"""``{{ ... }}`` in the text values of a tree."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import Any

import jinja2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2.sandbox import SandboxedEnvironment

from ringform.manifest.composer import parse
from ringform.manifest.source import Source
from ringform.manifest.template import escape, render_tree
from ringform.manifest.tree import Map, Mark, Node
from ringform.model.diagnostic import Diagnostic, Excerpt, Location

VARIABLES = {"company": "acme phones", "city": "Århus", "blank": "  x ", "empty": "", "markup": "<b>&"}
HERE = Mark(Source("f", ""), 1, 1)


def tree(text: str) -> Map:
    node, problems = parse(Source("f", textwrap.dedent(text)))
    assert problems == []
    return node


def one(text: str, variables: dict[str, str] = VARIABLES) -> tuple[str, list[Diagnostic]]:
    """Render one text, as the value of a tree that stands in no file."""
    node = Map(HERE)
    node["a"] = text
    node.marks["a"] = (HERE, HERE)
    rendered, diagnostics = render_tree(node, variables)
    assert isinstance(rendered, Map)
    value = rendered["a"]
    assert isinstance(value, str)
    return value, diagnostics


def rendered(text: str) -> str:
    value, diagnostics = one(text)
    assert diagnostics == []
    return value


def brief(text: str) -> list[tuple[str, int, int, str]]:
    """Code, line, column and the underlined text of each finding."""
    _, diagnostics = render_tree(tree(text), VARIABLES)
    result = []
    for diagnostic in diagnostics:
        assert diagnostic.location
        assert diagnostic.excerpt
        assert diagnostic.hint
        start, length = diagnostic.excerpt.start, diagnostic.excerpt.length
        underlined = diagnostic.excerpt.text[start : start + length]
        result.append((diagnostic.code, diagnostic.location.line, diagnostic.location.column, underlined))
    return result


# What is rendered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Welcome to {{ company }}!", "Welcome to acme phones!"),
        ("{{company}}{{ city }}", "acme phonesÅrhus"),
        ("{{ company | upper }}", "ACME PHONES"),
        ("{{ city | lower }}", "århus"),
        ("{{ company | title }}", "Acme Phones"),
        ("{{ company | capitalize }}", "Acme phones"),
        ("[{{ blank | trim }}]", "[x]"),
        ("{{ company | upper | lower | title() }}", "Acme Phones"),
        ("{{ nothing | default('x') }}", "x"),
        ("{{ nothing | default(company) | upper }}", "ACME PHONES"),
        ("{{ company | default('x') }}{{ empty | default('x') }}", "acme phones"),
        ("{{ 'a' 'b' }} {{ 5 }} {{ 1.5 }}", "ab 5 1.5"),
        ("{{ markup }}", "<b>&"),
        ("one\n{{- company -}}\ntwo\n", "oneacme phonestwo\n"),
        ("{{ '{{' }} and }} and {{ '{%' }}", "{{ and }} and {%"),
        ("{{ company }}\n", "acme phones\n"),
    ],
)
def test_a_text_is_rendered(text: str, expected: str) -> None:
    assert rendered(text) == expected


@pytest.mark.parametrize("text", ["", "{", "}}", "{ {", "{company}", "100 % {x}", "# {", "{\n{"])
def test_a_text_without_an_opening_is_left_alone(text: str) -> None:
    assert rendered(text) is text


def test_what_looks_like_a_template_in_a_variable_is_not_rendered() -> None:
    assert one("{{ a }}", {"a": "{{ b }}", "b": "secret"}) == ("{{ b }}", [])


def test_keys_are_not_rendered() -> None:
    node = tree('"{{ company }}": "{{ company }}"')
    assert render_tree(node, VARIABLES) == ({"{{ company }}": "acme phones"}, [])


def test_a_tree_without_templates_is_the_very_same_object() -> None:
    node = tree("a: {b: [c, null, {d: x}]}\ne: '{ }'\n")
    assert render_tree(node, {})[0] is node


def test_only_what_changes_is_copied_and_marks_are_kept() -> None:
    node = tree(
        """\
        a: {b: [c, "{{ company }}", {d: e}], f: {g: h}}
        i: {j: k}
        """
    )
    new: Any
    new, diagnostics = render_tree(node, VARIABLES)
    old: Any = node
    assert diagnostics == []
    assert new == {"a": {"b": ["c", "acme phones", {"d": "e"}], "f": {"g": "h"}}, "i": {"j": "k"}}
    assert old["a"]["b"][1] == "{{ company }}"
    assert new["i"] is old["i"]
    assert new["a"]["f"] is old["a"]["f"]
    assert new["a"]["b"][2] is old["a"]["b"][2]
    for ours, theirs in ((new, old), (new["a"], old["a"]), (new["a"]["b"], old["a"]["b"])):
        assert ours.mark == theirs.mark
        assert ours.marks == theirs.marks


def test_what_an_alias_shares_is_rendered_and_reported_once() -> None:
    node = tree("a: &a {b: '{{ nope }}', c: '{{ city }}'}\nd: *a\ne: [*a, *a]\n")
    new: Any
    new, diagnostics = render_tree(node, VARIABLES)
    assert [diagnostic.code for diagnostic in diagnostics] == ["missing-variable"]
    assert new["a"] is new["d"] is new["e"][0] is new["e"][1]


@pytest.mark.parametrize("node", [None, "{{ company }}"])
def test_a_node_without_a_place_is_left_alone(node: Node) -> None:
    assert render_tree(node, VARIABLES) == (node, [])


# What is refused


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("{% for x in company %}{{ x }}{% endfor %}", "{% for %}"),
        ("{%- if company %}x{% endif %}", "{% if %}"),
        ("{% set x = 1 %}", "{% set %}"),
        ("{% include '/etc/passwd' %}", "{% include %}"),
        ("{% raw %}{{ x }}{% endraw %}", "{% raw %}"),
        ("x {# note #}", "a comment {# #}"),
        ("x {# never closed", "a comment {# #}"),
        ("{% if", "{% if %}"),
        ("{{ company.upper }}", "access by .upper"),
        ("{{ ''.__class__ }}", "access by .__class__"),
        ("{{ company[0] }}", "access by [...]"),
        ("{{ company() }}", "a call (...)"),
        ("{{ range(9) }}", "a call (...)"),
        ("{{ company is defined }}", "a test with 'is'"),
        ("{{ 'a' if company }}", "'if'"),
        ("{{ company == 'x' }}", "a comparison"),
        ("{{ company in 'x' }}", "a comparison"),
        ("{{ company ~ city }}", "joining with ~"),
        ("{{ 1 + 1 }}", "arithmetic with +"),
        ("{{ company * 9 }}", "arithmetic with *"),
        ("{{ 9 ** 9 ** 9 }}", "arithmetic with **"),
        ("{{ -1 }}", "arithmetic with -"),
        ("{{ not company }}", "'not'"),
        ("{{ company or city }}", "'or'"),
        ("{{ [company] }}", "a list"),
        ("{{ company, city }}", "a list"),
        ("{{ {'a': 1} }}", "a mapping"),
        ("{{ true }}", "the word true"),
        ("{{ none }}", "the word none"),
        ("{{ company | replace('a', 'b') }}", "the filter replace"),
        ("{{ company | attr('x') }}", "the filter attr"),
        ("{{ company | trim('a') }}", "an argument for the filter trim"),
        ("{{ company | upper(*company) }}", "an argument for the filter upper"),
        ("{{ company | default }}", "the filter default with other than one value"),
        ("{{ company | default('a', true) }}", "the filter default with other than one value"),
        ("{{ company | default(value='a') }}", "the filter default with other than one value"),
        ("{{ company | default(city[0]) }}", "access by [...]"),
        ("{{ nothing | default(1 + 1) }}", "arithmetic with +"),
    ],
)
def test_everything_else_is_refused_by_name(text: str, used: str) -> None:
    value, (diagnostic,) = one(text)
    assert value == text
    assert diagnostic.code == "template-not-allowed"
    assert diagnostic.summary == f"{used} is not allowed in a template"


@pytest.mark.parametrize(
    "text",
    [
        "{{",
        "{{ }}",
        "{{ company",
        "{{ company }",
        "{{ 'x }}",
        "{%",
        "{{ company | }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "9" * 5000 + " }}",
        "{{ '\\ud800' }}",
        "{{ company" + "|upper" * 3000 + " }}",
    ],
)
def test_what_jinja_cannot_read_is_a_syntax_error(text: str) -> None:
    value, diagnostics = one(text)
    assert value == text
    assert [diagnostic.code for diagnostic in diagnostics] == ["template-syntax"]


def test_a_missing_variable_says_where_it_is_and_how_to_give_it() -> None:
    _, diagnostics = render_tree(tree("greeting: Hello {{ compny | upper }}\n"), VARIABLES)
    assert diagnostics == [
        Diagnostic(
            code="missing-variable",
            summary="there is no variable 'compny'",
            hint="did you mean 'company'? Or give it under 'vars:' or with --var compny=...",
            location=Location("f", 1, 20),
            excerpt=Excerpt("greeting: Hello {{ compny | upper }}", 19, 6),
        )
    ]


def test_each_problem_is_found_at_its_own_place() -> None:
    assert brief(
        """\
        a: |
          Hello

          {{ one }} and {{ two | uper }}
        b: >
          {{ city }}
          {{ three
          | upper }}
        c: ["{{ city }}", 'it''s {{ four }}', "{{ city.x }} {{ city + 1 }}"]
        d: "\\x7b{ five }}"
        e: &e "{{ six }}"
        f: *e
        g: "{{"
        h: "{{ city }} {% if x %}"
        i: "{{ one }} {{ one_more }} {{ more }} {{ six }}"
        """
    ) == [
        ("missing-variable", 4, 6, "one"),
        ("template-not-allowed", 4, 26, "uper"),
        ("missing-variable", 7, 6, "three"),
        ("missing-variable", 9, 29, "four"),
        ("template-not-allowed", 9, 48, "x"),
        ("template-not-allowed", 9, 61, "+"),
        ("missing-variable", 10, 4, '"'),
        ("missing-variable", 11, 11, "six"),
        ("missing-variable", 12, 4, "*"),
        ("template-syntax", 13, 5, "{{"),
        ("template-not-allowed", 14, 19, "if"),
        ("missing-variable", 15, 8, "one"),
        ("missing-variable", 15, 18, "one_more"),
        ("missing-variable", 15, 33, "more"),
        ("missing-variable", 15, 44, "six"),
    ]


@pytest.mark.parametrize("text", ["{{ big }}", "{{ big }}" * 2000, "{{ city }}" + "x" * 20_000])
def test_a_text_may_not_grow_beyond_twenty_thousand_characters(text: str) -> None:
    _, diagnostics = one(text, {"big": "x" * 20_001, "city": "Århus"})
    assert [diagnostic.code for diagnostic in diagnostics] == ["template-too-long"]
    assert one("{{ big }}", {"big": "x" * 20_000})[1] == []


# Escaping


@given(st.text() | st.text(st.sampled_from("{}%#-+\r\n \"'x\\")))
@example("{{{{ {% raw %} {\r{{ {#-\r\n")
@example("{\r{{")
@settings(deadline=None)
def test_an_escaped_text_renders_to_itself(text: str) -> None:
    assert rendered(escape(text)) == text


@pytest.mark.parametrize("text", ["Hello", "{ braces }", "}}", "100 %", "a\rb"])
def test_a_text_that_needs_no_escaping_stays_as_it_is(text: str) -> None:
    assert escape(text) is text


# Compared with Jinja2 itself


@given(st.text(st.sampled_from("{}|-'\" \nab5")) | st.text())
@settings(deadline=2000)
def test_any_text_is_rendered_or_refused_and_never_otherwise_than_jinja_would(text: str) -> None:
    variables = {"a": "one", "b": "Two"}
    value, diagnostics = one(text, variables)
    if diagnostics or "{{" not in text:
        assert value == text
        return
    environment = SandboxedEnvironment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    assert environment.from_string(text).render(variables) == value


def test_jinja_is_not_loaded_without_a_template() -> None:
    script = (
        "import sys\n"
        "from ringform.manifest.composer import parse\n"
        "from ringform.manifest.source import Source\n"
        "from ringform.manifest import template, variables\n"
        "render = lambda text: template.render_tree(parse(Source('f', text))[0], {})\n"
        "render('a: x')\n"
        "assert 'jinja2' not in sys.modules\n"
        "render('a: \"{{ x }}\"')\n"
        "assert 'jinja2' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=20)
