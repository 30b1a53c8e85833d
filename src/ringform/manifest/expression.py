"""One text with ``{{ ... }}`` in it: variable look-up and a few filters, nothing that can loop, call or grow.

Jinja2 reads the text in its sandbox environment; what it has read is then worked out here, node by node, and any
node that is not known here is refused. No code is generated or run, which is stricter than the sandbox itself, and
faster for a text that is rendered once. Only a text that has a template in it needs this module, and Jinja2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import TemplateSyntaxError, nodes
from jinja2.filters import do_capitalize, do_title
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ringform.model.messages import did_you_mean, listed

MAX_LENGTH = 20_000
"""Longest text with a template in it, before and after it is rendered, in characters."""

FILTERS: Mapping[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "title": do_title,
    "capitalize": do_capitalize,
    "trim": str.strip,
}
"""The filters without an argument; the only other one is ``default(value)``."""

_ALLOWED = f"{listed([*FILTERS, 'default(value)'])}"
_LITERALLY = "to have braces in the text itself, write {{ '{{' }}"

# What else Jinja2 knows: how to name it, and the sign to point at.
_REFUSED: dict[type[nodes.Node], tuple[str, str | None]] = {
    nodes.Getitem: ("access by [...]", "["),
    nodes.Call: ("a call (...)", "("),
    nodes.Test: ("a test with 'is'", "is"),
    nodes.CondExpr: ("'if'", "if"),
    nodes.Compare: ("a comparison", None),
    nodes.Concat: ("joining with ~", "~"),
    nodes.Add: ("arithmetic with +", "+"),
    nodes.Sub: ("arithmetic with -", "-"),
    nodes.Mul: ("arithmetic with *", "*"),
    nodes.Div: ("arithmetic with /", "/"),
    nodes.FloorDiv: ("arithmetic with //", "//"),
    nodes.Mod: ("arithmetic with %", "%"),
    nodes.Pow: ("arithmetic with **", "**"),
    nodes.Neg: ("arithmetic with -", "-"),
    nodes.Pos: ("arithmetic with +", "+"),
    nodes.Not: ("'not'", "not"),
    nodes.And: ("'and'", "and"),
    nodes.Or: ("'or'", "or"),
    nodes.List: ("a list", "["),
    nodes.Tuple: ("a list", ","),
    nodes.Dict: ("a mapping", None),
}


@dataclass(frozen=True, slots=True)
class TemplateError:
    """What is wrong with one text; ``token`` is the part of it to point at, if there is one."""

    code: str
    summary: str
    hint: str | None = None
    token: str | None = None


def render(text: str, variables: Mapping[str, str]) -> tuple[str, list[TemplateError]]:
    """Render one text; the result is of use only if there are no problems.

    Time and memory are bounded, whatever the text: it and its result have at most ``MAX_LENGTH`` characters.
    """
    rendering = _Rendering(variables)
    return rendering.render(text), rendering.problems


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    # The text goes to a telephone, not into a web page: escaping for HTML would be read out.
    return ImmutableSandboxedEnvironment(autoescape=False, keep_trailing_newline=True)


class _Rendering:
    """The rendering of one text."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.problems: list[TemplateError] = []

    def render(self, text: str) -> str:
        if len(text) > MAX_LENGTH:
            self._too_long()
            return ""
        try:
            self._check_statements(text)
            if self.problems:
                return ""
            parts, length = [], 0
            for part in self._parts(text):
                value = part.data if isinstance(part, nodes.TemplateData) else self._value(part)
                length += len(value)
                if length > MAX_LENGTH:
                    self._too_long()
                    return ""
                parts.append(value)
            result = "".join(parts)
            result.encode()
        except TemplateSyntaxError as error:
            self._cannot_read(error.message or "it is not complete")
        except RecursionError:
            self._cannot_read("it is nested too deeply")
        except ValueError:  # a number of thousands of digits, or half a surrogate pair
            self._cannot_read("it holds a number or a character that cannot be written")
        else:
            return result
        return ""

    def _check_statements(self, text: str) -> None:
        """``{% %}`` and ``{# #}``: from the tokens, since comments and ``raw`` leave nothing in what is parsed."""
        if "{%" not in text and "{#" not in text:
            return
        opening = None
        for _, kind, value in _environment().lex(text):
            if kind in {"comment_begin", "raw_begin"}:
                used = "a comment {# #}" if kind == "comment_begin" else "{% raw %}"
                self._not_allowed(used, None)
                return
            if kind == "block_begin":
                opening = value
            elif opening and kind != "whitespace":
                self._not_allowed(f"{{% {value} %}}", value)
                return

    def _parts(self, text: str) -> list[nodes.Expr]:
        body = _environment().parse(text).body
        return [part for output in body if isinstance(output, nodes.Output) for part in output.nodes]

    def _value(self, node: nodes.Expr) -> str:
        match node:
            case nodes.Const(value=bool() | None as value):
                self._not_allowed(f"the word {str(value).lower()}", None)
            case nodes.Const(value=value):
                return str(value)
            case nodes.Name(name=name):
                if name in self.variables:
                    return self.variables[name]
                self._missing(name)
            case nodes.Filter(node=nodes.Expr() as inner, name="default"):
                return self._default(node, inner)
            case nodes.Filter(node=nodes.Expr() as inner, name=name) if name in FILTERS:
                if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
                    self._not_allowed(f"an argument for the filter {name}", name)
                return FILTERS[name](self._value(inner))
            case nodes.Filter(name=name):
                self._not_allowed(f"the filter {name}", name, did_you_mean(name, [*FILTERS, "default"]))
            case nodes.Getattr(attr=name):
                self._not_allowed(f"access by .{name}", name)
            case _:
                self._not_allowed(*_REFUSED.get(type(node), (type(node).__name__.lower(), None)))
        return ""

    def _default(self, node: nodes.Filter, inner: nodes.Expr) -> str:
        match node.args, node.kwargs, node.dyn_args, node.dyn_kwargs:
            case [fallback], [], None, None:
                pass
            case _:
                self._not_allowed("the filter default with other than one value", "default")
                return ""
        # The fallback is worked out even if it is not needed: a mistake in it should not wait for the day it is.
        replacement = self._value(fallback)
        if isinstance(inner, nodes.Name) and inner.name not in self.variables:
            return replacement
        return self._value(inner)

    def _missing(self, name: str) -> None:
        give = f"give it under 'vars:' or with --var {name}=..."
        guess = did_you_mean(name, self.variables)
        hint = f"{guess} Or {give}" if guess else give
        self.problems.append(TemplateError("missing-variable", f"there is no variable {name!r}", hint, name))

    def _not_allowed(self, used: str, token: str | None, guess: str | None = None) -> None:
        allowed = f"a template may look up a variable and apply {_ALLOWED}; {_LITERALLY}"
        hint = f"{guess} {allowed[0].upper()}{allowed[1:]}" if guess else allowed
        self.problems.append(TemplateError("template-not-allowed", f"{used} is not allowed in a template", hint, token))

    def _cannot_read(self, why: str) -> None:
        summary = f"the template in this text cannot be read: {why}"
        self.problems.append(TemplateError("template-syntax", summary, hint=_LITERALLY))

    def _too_long(self) -> None:
        summary = f"a text with a template in it may have {MAX_LENGTH:,} characters at most"
        self.problems.append(
            TemplateError("template-too-long", summary, hint="shorten the text, or the variables in it")
        )
