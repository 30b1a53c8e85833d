"""The style sheet of all pictures. Colours are written out twice, as not all SVG viewers support variables."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.reports.graph.layout import HEADING_SIZE, LABEL_SIZE, TEXT_SIZE

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#1f2328", "soft": "#57606a", "box": "#f6f8fa", "edge": "#c4ccd4", "line": "#8c959f",
    "added": "#1a7f37", "removed": "#cf222e", "changed": "#8a5a00", "rings": "#0969da", "menu": "#0b7285",
    "hours": "#9a6700", "voicemail": "#8250df", "message": "#57606a", "unknown": "#8c959f", "call": "#1f2328",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "paper": "#0d1117", "ink": "#e6edf3", "soft": "#9da7b1", "box": "#171c24", "edge": "#3a424d", "line": "#7d8590",
    "added": "#3fb950", "removed": "#ff7b72", "changed": "#e3b341", "rings": "#58a6ff", "menu": "#3bc9db",
    "hours": "#d29922", "voicemail": "#bc8cff", "message": "#9da7b1", "unknown": "#7d8590", "call": "#e6edf3",
}  # fmt: skip

_KINDS = ("call", "hours", "menu", "rings", "voicemail", "message", "unknown")
_MARKS = ("added", "removed", "changed")


def _colours(of: Mapping[str, str]) -> str:
    rules = [
        f".paper{{fill:{of['paper']}}}",
        f".heading,.title,.side{{fill:{of['ink']}}}",
        f".text{{fill:{of['ink']}}}",
        f".label{{fill:{of['soft']}}}",
        f".box{{fill:{of['box']};stroke:{of['edge']}}}",
        f".way{{stroke:{of['line']}}}.head{{fill:{of['line']}}}",
    ]
    rules += [f".{kind} .kind{{fill:{of[kind]}}}" for kind in _KINDS]
    rules += [
        f".{mark} .box,.way.{mark}{{stroke:{of[mark]}}}.{mark} .tag,.head.{mark}{{fill:{of[mark]}}}" for mark in _MARKS
    ]
    return "\n".join(rules)


STYLE = f"""
text{{font-family:{FONT}}}
.title{{font-size:18px;font-weight:600}}
.side{{font-size:{HEADING_SIZE}px;font-weight:600}}
.heading{{font-size:{HEADING_SIZE}px;font-weight:600}}
.text{{font-size:{TEXT_SIZE}px}}
.label,.tag{{font-size:{LABEL_SIZE}px}}
.tag{{font-weight:600}}
.new{{font-weight:600;text-decoration:underline}}
.box{{stroke-width:1}}
.way{{fill:none;stroke-width:1.5}}
.added .box{{stroke-width:3}}
.removed .box{{stroke-width:2;stroke-dasharray:8 4}}
.changed .box{{stroke-width:2;stroke-dasharray:2 3}}
.way.added{{stroke-width:3}}
.way.removed{{stroke-width:2;stroke-dasharray:8 4}}
.way.changed{{stroke-width:2;stroke-dasharray:2 3}}
{_colours(LIGHT)}
@media screen and (prefers-color-scheme:dark){{
{_colours(DARK)}
}}
"""
"""The style sheet for an SVG document, or for a page with several."""
