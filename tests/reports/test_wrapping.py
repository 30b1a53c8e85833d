"""Lines on a terminal are wrapped at spaces: no word, number or id is broken, and none is lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ringform.model.diagnostic import Diagnostic, Excerpt, Location, Severity
from ringform.reports.text import diagnostics
from ringform.reports.text.style import Style, width
from ringform.reports.text.wrapping import wrap

LINE = st.tuples(
    st.sampled_from(["", "  ", "      was: ", "  = hint: ", "~ ", "    a.field: "]),
    st.lists(
        st.text(st.sampled_from("abc-日[]{}\x1b"), min_size=1, max_size=30).map(lambda word: word[:30]), max_size=20
    ),
).map(lambda parts: parts[0] + " ".join(parts[1]))


@given(st.lists(LINE, max_size=5), st.integers(20, 120))
def test_every_word_stays_whole_and_in_order(lines: list[str], columns: int) -> None:
    wrapped = wrap("\n".join(lines), columns)
    assert wrapped.split() == " ".join(lines).split()
    for line in wrapped.split("\n"):
        assert width(line.rstrip()) <= columns or len(line.split()) == 1 or _begins_with_a_lead(line)


def _begins_with_a_lead(line: str) -> bool:
    """Whether what is too long is one word behind what stands before a text."""
    return re.fullmatch(r" *(= hint:|= |was:|~|[a-z.]+:)? *\S+ *", line) is not None


def test_what_fits_is_left_as_it_is_and_colours_take_no_column() -> None:
    text = "  \x1b[31mone two\x1b[0m  three\n\n    four"
    assert wrap(text, 20) == text


def test_the_following_lines_are_indented_to_the_text() -> None:
    assert (
        wrap("      was: rings alex, then voicemail", 24)
        == "      was: rings alex,\n           then\n           voicemail"
    )
    assert wrap("  = hint: add it to the manifest", 22) == "  = hint: add it to\n          the manifest"


def test_a_narrow_place_that_no_word_would_fit_is_not_wrapped() -> None:
    assert wrap("one two three four five", 10) == "one two three four five"


def test_the_part_of_a_source_line_fits_the_terminal_with_its_carets() -> None:
    text = "    welcome: " + "word " * 40
    diagnostic = Diagnostic("code", "a summary", Severity.ERROR).at(
        Location("ringform.yaml", 12, 14), Excerpt(text, 13, 200)
    )
    for columns in (40, 80, 120):
        shown = wrap(diagnostics.render_one(diagnostic, Style(columns=columns)), columns).split("\n")
        assert max(map(width, shown)) <= columns
        assert sum("^" in line for line in shown) == 1
