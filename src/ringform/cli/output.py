"""Where output goes: data to stdout or a file, all else to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.escaping import in_markup, in_output, in_quotes
from ringform.model.masking import mask
from ringform.reports.text import diagnostics as text_diagnostics
from ringform.reports.text.style import Style
from ringform.reports.text.wrapping import wrap


def style_for(stream: TextIO) -> Style:
    """Colours on a terminal only, and never with ``NO_COLOR`` (no-color.org); ``FORCE_COLOR`` asks for them."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return Style(color=False, columns=_columns(stream))
    return Style(color=bool(os.environ.get("FORCE_COLOR")) or stream.isatty(), columns=_columns(stream))


def _columns(stream: TextIO) -> int:
    """Return how wide a terminal is, 0 if that is unknown or it is none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 0
    except OSError:
        return 0


_hidden: list[str] = []
_SHORTEST_SECRET = 6


def hide(secrets: Sequence[str]) -> None:
    """Never show these, in whatever form they come back: an account may echo a key, an exception may hold one."""
    # Imported here, as is what writes files: only commands that talk to an account have something to hide.
    from base64 import b64encode
    from html import escape
    from urllib.parse import quote

    for secret in secrets:
        if len(secret) < _SHORTEST_SECRET:
            continue  # no key is that short, and blotting it out would blot out words
        encoded = b64encode(secret.encode()).decode()
        quoted, marked_up = in_quotes(json.dumps(secret)[1:-1]), in_markup(escape(secret))
        forms = (secret, quote(secret, safe=""), encoded.rstrip("="), json.dumps(secret)[1:-1], quoted, marked_up)
        _hidden.extend(form for form in forms if form not in _hidden)


def fit_to_be_seen(text: str, *, is_commands: bool = False) -> str:
    """Return the text with every secret, and every long beginning of one, blotted out, and nothing that can act.

    ``is_commands``: it is made of commands to a CI, which are to act, and has nothing else in it that could.
    """
    text = without_secrets(text)
    return text if is_commands else in_output(text)


def without_secrets(text: str) -> str:
    """Return the text with every secret, and every long beginning of one, blotted out."""
    for secret in _hidden:
        text = mask(text, secret, "[hidden]")
    return text


def echo(text: str, *, is_commands: bool = False, wraps: bool = False) -> None:
    """Write data to stdout. For ``is_commands`` see ``fit_to_be_seen``. ``wraps``: a terminal gets its lines wrapped.

    Raises:
        RingformError: The disk is full, or the reader has gone.
    """
    try:
        text = wrap(text, _columns(sys.stdout)) if wraps else text
        sys.stdout.write(fit_to_be_seen(text + "\n", is_commands=is_commands))
        sys.stdout.flush()
    except OSError as error:
        discard_stdout()
        # Not left to click, which takes a reader that has gone for a reason to say nothing.
        raise RingformError(_not_written(error)) from None


def echo_as_it_is(text: str) -> None:
    """Write a text to stdout whose every byte counts, such as a diff of files. On a terminal it is made harmless.

    Raises:
        RingformError: The disk is full, or the reader has gone.
    """
    if sys.stdout.isatty():
        echo(text.removesuffix("\n"))
        return
    try:
        sys.stdout.buffer.write(without_secrets(text).encode("utf-8"))
        sys.stdout.buffer.flush()
    except OSError as error:
        discard_stdout()
        raise RingformError(_not_written(error)) from None


def discard_stdout() -> None:
    """Send what is still to be written nowhere: Python would try again at its end, and complain in its own way."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _not_written(error: OSError) -> Diagnostic:
    if isinstance(error, BrokenPipeError):
        summary = "the program that reads this output has closed it before the end"
        hint = "let it read everything, or write to a file and look at that"
    else:
        summary = f"the output cannot be written: {error.strerror or error}"
        hint = "free some space, or write to another place"
    return Diagnostic("output-failed", summary, hint=hint)


def echo_err(text: str) -> None:
    """Write what is not data to stderr, wrapped on a terminal. It is no reason to fail when nobody reads it."""
    try:
        sys.stderr.write(fit_to_be_seen(wrap(text, _columns(sys.stderr)) + "\n"))
        sys.stderr.flush()
    except OSError:
        pass


def print_diagnostics(diagnostics: Sequence[Diagnostic]) -> None:
    """Write diagnostics to stderr, if there are any."""
    if diagnostics:
        echo_err(
            text_diagnostics.render_grouped(diagnostics, style_for(sys.stderr), "ringform validate --verbose shows all")
        )


def write_file(path: Path, text: str, *, mode: int = 0o644, is_commands: bool = False) -> None:
    """Write a file whole or not at all. For ``is_commands`` see ``fit_to_be_seen``.

    Raises:
        RingformError: It cannot be written there.
    """
    from ringform.operations.file_edits import replace_file

    text = fit_to_be_seen(text, is_commands=is_commands)
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")  # a device or a pipe cannot be replaced
            return
        replace_file(path, text.encode("utf-8"), mode=mode)
    except OSError as error:
        raise _unwritable(path, error) from None


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, as programs write logs; the file is made if it is not there.

    Raises:
        RingformError: It cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(fit_to_be_seen(line) + "\n")
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> RingformError:
    hint = "name a file in a folder that exists and that you may write to"
    summary = f"{path} cannot be written: {error.strerror or error}"
    return RingformError(Diagnostic("output-failed", summary, hint=hint))
