"""Draw the picture in the README: what ``ringform plan`` prints, of a real run, as an SVG.

.venv/bin/python docs/picture.py > docs/plan.svg
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from ringform.sandbox.server import Sandbox

README = Path(__file__).parent.parent / "README.md"
COLOURS = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "36": "#79c0ff"}
CHARACTER, LINE, MARGIN = 8.4, 20, 20
NO_BREAK = "\u00a0"
"""In the place of each space, of which browsers leave only one."""

COLUMNS = 104
"""The width of the picture in characters; longer lines are wrapped, as a terminal does."""


def run() -> str:
    """What ``ringform plan`` prints of the README's manifest, with colours."""
    [manifest] = re.findall(r"^```yaml\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    with Sandbox() as sandbox, tempfile.TemporaryDirectory() as folder:
        Path(folder, "ringform.yaml").write_text(manifest, "utf-8")
        account = {"PHONE_INC_BASE_URL": sandbox.url, "PHONE_INC_API_KEY": sandbox.key, "FORCE_COLOR": "1"}
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | account
        command = [sys.executable, "-m", "ringform", "plan"]
        ended = subprocess.run(  # noqa: S603 - ringform itself
            command, cwd=folder, env=environment, capture_output=True, text=True, check=True
        )
        return ended.stdout


def spans(line: str) -> str:
    """A line with its colours as SVG."""
    drawn, style = [], ""
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if code := re.fullmatch(r"\x1b\[([0-9;]*)m", part):
            numbers = code[1].split(";")
            bold = ' font-weight="bold"' if "1" in numbers else ""
            dim = ' opacity="0.6"' if "2" in numbers else ""
            fill = "".join(f' fill="{COLOURS[each]}"' for each in numbers if each in COLOURS)
            style = fill + bold + dim
        elif part:
            drawn.append(f"<tspan{style}>{escape(part).replace(' ', NO_BREAK)}</tspan>")
    return "".join(drawn)


def wrapped(line: str) -> list[str]:
    """A line in pieces of at most ``COLUMNS`` characters that show."""
    pieces, piece, shown = [], "", 0
    for part in re.findall(r"\x1b\[[0-9;]*m|.", line):
        if len(part) == 1:
            if shown == COLUMNS:
                pieces.append(piece)
                piece, shown = "", 0
            shown += 1
        piece += part
    return [*pieces, piece]


def main() -> None:
    """Write the picture to stdout."""
    lines = ["$ ringform plan", *(piece for line in run().splitlines() for piece in wrapped(line))]
    width, height = int(COLUMNS * CHARACTER) + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    font = 'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14"'
    picture = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>',
        f'<g {font} fill="#e6edf3">',
        *(
            f'<text x="{MARGIN}" y="{MARGIN + number * LINE - 5}">{spans(line)}</text>'
            for number, line in enumerate(lines, 1)
        ),
        "</g>",
        "</svg>",
    ]
    sys.stdout.write("\n".join(picture) + "\n")


if __name__ == "__main__":
    main()
