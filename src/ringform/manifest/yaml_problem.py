"""What is wrong with a file that is not YAML, in words for people who do not know YAML's own."""

from __future__ import annotations

import re

import yaml

from ringform.manifest.source import Source
from ringform.manifest.tree import Mark
from ringform.model.diagnostic import Diagnostic, RingformError

_DIRECTIVE = re.compile(r"%[^\r\n]*")
_BLANK_OR_COMMENT = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)")
_SUPPORTED = re.compile(r"%YAML[ \t]+1\.2[ \t]*(?:#.*)?\Z")

_TEMPLATE_AT_START = re.compile(r"(?:^[ \t]*|[-:,\[{][ \t]+)(\{\{)")
_TAB_INDENTATION = re.compile(r"[ \t]*?(\t)")
_MISSING_SPACE = re.compile(r"""\s*(?:-\s+)*(?:"[^"]*"|'[^']*'|[\w.+-]+)(:)(?=[^\s:/])""")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|={7})(?:\s|\Z)")
_OTHER_SPACE = re.compile(r"""[ \t]*(?:-[ \t]*)*(?:[^\s:"']+:)?([\u00a0\u2007\u202f\u3000])""")
_SEARCHED_LINES = 1000
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_ODD_NAME = re.compile(r"[&*][\w-]*[^\w\s,\[\]{}-]")
_HAS_COLON = re.compile(r":(?:\s|$)")


def check_directives(source: Source) -> None:
    """Refuse a file that asks for another YAML than 1.2, or for anything else before its first line.

    Read from the text, since the parsers differ in what they report of it.

    Raises:
        RingformError: ``yaml-version``.
    """
    position = 0
    while True:
        if match := _DIRECTIVE.match(source.text, position):
            if not _SUPPORTED.match(match[0]):
                mark = Mark(source, _line_at(source.text, position), 1)
                raise RingformError(_bad_directive(mark, match[0]))
        elif not (match := _BLANK_OR_COMMENT.match(source.text, position)):
            return
        position = match.end()


def _line_at(text: str, position: int) -> int:
    return len(re.findall("\r\n|\r|\n", text[:position])) + 1


def _bad_directive(mark: Mark, text: str) -> Diagnostic:
    summary = "a line that starts with % changes how YAML is read, which is not supported"
    detail = "Only %YAML 1.2 is accepted."
    return Diagnostic("yaml-version", summary, detail=detail, hint="delete the line, and the '---' below it").at(
        *mark.source.locate(mark.line, mark.column, len(text))
    )


def is_template(mark: Mark) -> bool:
    """Whether the ``{`` at ``mark`` is the second one of ``{{``."""
    return mark.source.line(mark.line)[max(mark.column - 2, 0) : mark.column] == "{{"


def unquoted_template(mark: Mark) -> Diagnostic:
    """``unquoted-template``: a text beginning with ``{{`` that YAML takes for a mapping."""
    summary = "a text that starts with {{ has no quotes, so YAML reads it as something else"
    hint = 'put quotes around the whole text: "{{ ... }}"'
    return Diagnostic("unquoted-template", summary, hint=hint).at(*mark.source.locate(mark.line, mark.column, 2))


def bad_tag(tag: str, mark: Mark) -> Diagnostic:
    """``yaml-tag``: any tag that would give a value another meaning than that of its text."""
    name = tag.replace("tag:yaml.org,2002:", "!!", 1)[:80]
    if name == "!include":
        hint = "files are not included: give ringform several files, or their folder"
    elif name.startswith("!!"):
        hint = "delete it: ringform knows the type of every field"
    else:
        hint = "delete it, or put quotes around the text if the ! is part of it"
    return Diagnostic(code="yaml-tag", summary=f"the YAML tag {name} is not supported", hint=hint).at(
        *mark.source.locate(mark.line, mark.column, _tag_length(mark))
    )


def null_key(mark: Mark) -> Diagnostic:
    """``null-key``: nothing, or YAML's word for nothing, before a colon."""
    summary = "the name before this colon is missing"
    hint = 'write a name before the colon; put quotes around it if it is to be the word "null" or "~"'
    return Diagnostic("null-key", summary, hint=hint).at(*mark.locate())


def halved_character(mark: Mark) -> Diagnostic | None:
    """Explain a character written as two escapes, the way of JSON, at or after ``mark``: YAML has one escape for it."""
    line = mark.source.line(mark.line)
    # The parser points into the first of the two escapes, or just behind it.
    match = _SURROGATES.search(line, max(mark.column - 9, 0))
    if match is None:
        return None
    character = (match[1] + match[2]).encode()
    text = bytes.fromhex(character.decode()).decode("utf-16-be")
    return Diagnostic(
        code="yaml-syntax",
        summary=f"a character is written here as two escapes, as JSON does: YAML wants it as one, {text}",
        hint=f'write the character itself, {text}, or "\\U{ord(text):08x}"',
    ).at(*mark.source.locate(mark.line, match.start() + 1, match.end() - match.start()))


def odd_name(mark: Mark) -> Diagnostic | None:
    """Explain an anchor or alias at ``mark`` whose name goes on with a sign where the parser took it to end."""
    match = _ODD_NAME.match(mark.source.line(mark.line), mark.column - 1)
    if match is None:
        return None
    sign = match[0][0]
    summary = f"the name after {sign} can have letters, digits, - and _ only, and not {match[0][-1]}"
    hint = f"choose another name; a text that starts with {sign} needs quotes around it"
    return Diagnostic("yaml-syntax", summary, hint=hint).at(*mark.source.locate(mark.line, mark.column, len(match[0])))


def _tag_length(mark: Mark) -> int:
    written = re.match(r"(?:&\S+\s+)?!\S*", mark.source.line(mark.line)[mark.column - 1 : mark.column + 200])
    return len(written[0]) if written else 1


def explain(source: Source, error: Exception) -> Diagnostic:
    """Return a syntax error of libyaml or of PyYAML's own parser as a diagnostic.

    Mostly ``yaml-syntax``, but also ``tab-indentation``, ``unquoted-template``, ``null-key``, ``yaml-tag`` and
    ``yaml-version``.
    """
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _syntax("the file is not valid YAML", Mark(source, 1, 1), detail=str(error))
    return _Explanation(source, error).diagnostic()


def _syntax(summary: str, mark: Mark, hint: str | None = None, detail: str | None = None) -> Diagnostic:
    return Diagnostic(code="yaml-syntax", summary=summary, hint=hint, detail=detail).at(*mark.locate())


def _mark(source: Source, line: int, column: int) -> Mark:
    """Return a place in the file: libyaml puts the end of a file without a last line break in a line of its own."""
    if line > len(source.lines):
        return Mark(source, len(source.lines), len(source.lines[-1]) + 1)
    return Mark(source, line, min(column, len(source.line(line)) + 1))


class _Explanation:
    """One error and the text around it."""

    def __init__(self, source: Source, error: yaml.MarkedYAMLError) -> None:
        self.problem = error.problem or ""
        self.context = error.context or ""
        place = error.problem_mark
        assert place is not None  # explain has looked
        start = error.context_mark or place
        self.at = _mark(source, place.line + 1, place.column + 1)
        self.since = _mark(source, start.line + 1, start.column + 1)
        self.line = source.line(self.at.line)
        self.character = self.line[self.at.column - 1 : self.at.column]
        self.before = self.line[: self.at.column - 1].strip()

    def diagnostic(self) -> Diagnostic:
        first = (self._conflict, self._template, self._tab, self._space, self._document_end, self._feature)
        for explanation in (*first, self._quotes, self._colon, self._bracket):
            if diagnostic := explanation():
                return diagnostic
        return self._anchor_name() or self._start_of_text() or self._indentation()

    def _says(self, *parts: str) -> bool:
        return any(part in self.problem for part in parts)

    def _conflict(self) -> Diagnostic | None:
        """Explain the signs that git puts at the start of a line: the parser may stumble over any of them."""
        for line in range(self.since.line, self.at.line + 1)[:_SEARCHED_LINES]:
            if _CONFLICT.match(self.at.source.line(line)):
                return _syntax(
                    "git has left a merge conflict here",
                    Mark(self.at.source, line, 1),
                    hint="keep one of the two versions, and delete the lines with <<<<<<<, ======= and >>>>>>>",
                )
        return None

    def _template(self) -> Diagnostic | None:
        for mark in (self.at, self.since):
            text = mark.source.line(mark.line)
            for match in _TEMPLATE_AT_START.finditer(text[:2000]):
                before = text[: match.start()]
                if before.count('"') % 2 == before.count("'") % 2 == 0 and "#" not in before:
                    return unquoted_template(mark._replace(column=match.start(1) + 1))
        return None

    def _tab(self) -> Diagnostic | None:
        match = _TAB_INDENTATION.match(self.line[:2000])
        if match is None:
            return None
        is_empty = not self.line.strip()
        return Diagnostic(
            code="tab-indentation",
            summary="this line looks empty, and holds a tab" if is_empty else "a tab is used for indentation",
            hint="delete the tab" if is_empty else "use spaces; most editors can turn tabs into spaces",
        ).at(*self.at.source.locate(self.at.line, match.start(1) + 1))

    def _space(self) -> Diagnostic | None:
        """Explain a space from a web page or a word processor, which looks like any other and is none to YAML."""
        for line in range(max(self.since.line - 1, 1), self.at.line + 1)[:_SEARCHED_LINES]:
            if match := _OTHER_SPACE.match(self.at.source.line(line)[:2000]):
                return Diagnostic(
                    code="yaml-syntax",
                    summary="here is a non-breaking space, which looks like any other, but not to YAML",
                    hint="delete it, and type a space; it mostly comes from copying out of a document or a web page",
                ).at(*self.at.source.locate(line, match.start(1) + 1))
        return None

    def _document_end(self) -> Diagnostic | None:
        """Three dots on a line of their own, in this line or just above it."""
        for line in range(self.at.line, max(self.at.line - _SEARCHED_LINES, 0), -1):
            text = self.at.source.line(line).partition(" #")[0].strip()
            if text == "...":
                mark = Mark(self.at.source, line, 1)
                return _syntax("three dots on a line of their own end a YAML file", mark, hint="delete this line")
            if text and line != self.at.line:
                return None
        return None

    def _feature(self) -> Diagnostic | None:
        if "directive" in self.context + self.problem or self._says("incompatible YAML document"):
            return _bad_directive(self.at._replace(column=1), self.line)
        if self._says("undefined tag handle") or "tag" in self.context:
            written = re.match(r"!\S*", self.since.source.line(self.since.line)[self.since.column - 1 :][:200])
            return bad_tag(written[0] if written else "!", self.since)
        return None

    def _quotes(self) -> Diagnostic | None:
        if "quoted scalar" in self.context:
            if self._says("escape"):
                return halved_character(self.at) or _syntax(
                    "a backslash between double quotes begins a special character, and this one is not known",
                    self.at,
                    hint=r'write two backslashes, "\\", or use single quotes',
                )
            return _syntax("the quote that opens here is never closed", self.since, hint="add the closing quote")
        if self.before.endswith(('"', "'")) and self._says("did not find expected", "expected <block end>"):
            return _syntax(
                "there is more text after the closing quote",
                self.at,
                hint="put quotes around the whole text; within '...' write a single quote twice: 'it''s'",
                detail="If this line looks right, a quote is left open in a line above.",
            )
        return None

    def _colon(self) -> Diagnostic | None:
        source = self.at.source
        if self._says("could not find expected ':'"):
            return self._missing_space(self.since.line) or _syntax(
                "there is no colon after this name",
                self.since,
                hint="write 'name: value'; a text of several lines needs quotes around it",
            )
        is_second = self._says("document start") and not self.before
        if not is_second and not self._says("mapping values are not allowed"):
            return None
        if _HAS_COLON.search(self.before):
            return _syntax(
                "a text without quotes has a colon followed by a space in it",
                self.at,
                hint='put quotes around the text: "..."',
            )
        above = self.at.line - 1
        while above > 1 and not source.line(above).partition("#")[0].strip():
            above -= 1
        if missing := self._missing_space(above):
            return missing
        text = source.line(above)
        if not _HAS_COLON.search(text):
            column = len(text) - len(text.lstrip()) + 1
            return _syntax("there is no colon after this name", Mark(source, above, column), hint="write 'name: value'")
        if is_second:
            return None
        return _syntax(
            "this line is indented as if it belonged to the line above, which already has a value",
            self.at._replace(column=len(self.line) - len(self.line.lstrip()) + 1),
            hint="begin it in the same column as the line above",
        )

    def _missing_space(self, line: int) -> Diagnostic | None:
        match = _MISSING_SPACE.match(self.at.source.line(line)[:2000])
        if match is None:
            return None
        return _syntax(
            "there is no space after the colon",
            Mark(self.at.source, line, match.start(1) + 1),
            hint="write 'name: value', with a space",
        )

    def _bracket(self) -> Diagnostic | None:
        if "flow" in self.context:
            opening = self.since.source.line(self.since.line)[self.since.column - 1 : self.since.column]
            if opening in {"[", "{"}:
                return _syntax(
                    f"the bracket {opening} that opens here is not closed, or a comma is missing within it",
                    self.since,
                    hint=f"add the closing {']' if opening == '[' else '}'}, or the comma; put quotes around texts"
                    " with commas, colons or brackets in them",
                )
        if self.character in {"]", "}"} and not self._says("cannot start"):
            return _syntax(
                f"the bracket {self.character} closes nothing",
                self.at,
                hint="delete it, or put quotes around the text that it belongs to",
            )
        return None

    def _anchor_name(self) -> Diagnostic | None:
        for match in _ODD_NAME.finditer(self.line[:2000]):
            if match.start() < self.at.column <= match.end() + 1:
                return odd_name(self.at._replace(column=match.start() + 1))
        return None

    def _start_of_text(self) -> Diagnostic | None:
        sign = self.since.source.line(self.since.line)[self.since.column - 1 : self.since.column]
        if self._says("cannot start any token"):
            sign = self.character
            if sign == "\t":
                return _syntax("there is a tab where only a space may be", self.at, hint="use spaces instead of tabs")
        elif not self.context.endswith(("an alias", "an anchor", "a block scalar")):
            return None
        return _syntax(
            f"a text that starts with {sign} needs quotes",
            self.at if self._says("cannot start any token") else self.since,
            hint='put quotes around the text: "..."',
        )

    def _indentation(self) -> Diagnostic:
        detail = f"YAML's own words: {self.problem}." if self.problem else None
        if self._says("sequence entries are not allowed"):
            return _syntax(
                "a list cannot begin here",
                self.at,
                hint="begin it on a line of its own, or put quotes around a text that starts with '- '",
            )
        if self.character == ":" and not self.before:
            return null_key(self.at)
        if not self.before:
            return _syntax(
                "this line's indentation does not fit the lines above",
                self.at,
                hint="lines that belong together begin in the same column",
                detail=detail,
            )
        return _syntax("this is not valid YAML", self.at, detail=detail)
