"""Call flows as one page of HTML without scripts or requests, for screens, phones and paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ringform.callflow.pictures import Picture
from ringform.model.escaping import in_markup
from ringform.reports.graph.captions import notes, nothing, one_line, title
from ringform.reports.graph.palette import DARK, FONT, LIGHT, STYLE
from ringform.reports.graph.svg import embedded

_PAGE = f"""
*{{box-sizing:border-box}}
body{{margin:0 auto;padding:16px;max-width:1320px;font:16px/1.5 {FONT}}}
body{{color:{LIGHT["ink"]};background:{LIGHT["paper"]}}}
h1{{font-size:24px;line-height:1.25;margin:8px 0}}
h2{{font-size:19px;line-height:1.3;margin:0 0 8px;overflow-wrap:anywhere}}
h3{{font-size:15px;margin:0}}
a{{color:{LIGHT["rings"]}}}
nav ul{{list-style:none;margin:0 0 16px;padding:0;display:flex;flex-wrap:wrap;gap:4px 20px}}
nav a{{display:inline-block;padding:4px 0;overflow-wrap:anywhere}}
main{{columns:400px;column-gap:20px}}
section{{border-top:1px solid {LIGHT["edge"]};padding:16px 0 24px;break-inside:avoid}}
section.compared{{column-span:all}}
.sides{{display:flex;flex-wrap:wrap;gap:16px 28px}}
figure{{margin:0;width:400px;max-width:100%}}
svg{{display:block;width:100%;height:auto}}
p{{margin:8px 0;color:{LIGHT["soft"]};max-width:70ch}}
@media screen and (prefers-color-scheme:dark){{
body{{color:{DARK["ink"]};background:{DARK["paper"]}}}
a{{color:{DARK["rings"]}}}
section{{border-color:{DARK["edge"]}}}
p{{color:{DARK["soft"]}}}
}}
@media print{{
body{{max-width:none;padding:0}}
nav{{display:none}}
main{{columns:auto}}
.sides{{flex-wrap:nowrap}}
figure{{width:340px}}
svg{{max-height:24cm}}
}}
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The page may load nothing; only its own style sheet is allowed."""


def render(pictures: Sequence[Picture], as_of: str, *, is_plan: bool) -> str:
    """Return the page, without a final newline; ``as_of`` says when what it shows holds."""
    return in_markup("\n".join(_lines(pictures, as_of, is_plan=is_plan)))


def _lines(pictures: Sequence[Picture], as_of: str, *, is_plan: bool) -> Iterator[str]:
    about = title(is_plan=is_plan)
    yield f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{about}</title>
<style>{_PAGE}{STYLE}</style>
</head>
<body>
<header>
<h1>{about}</h1>"""
    for note in notes(pictures, as_of):
        yield f"<p>{escape(note)}</p>"
    if is_plan:
        yield (
            "<p>A thick frame is added, a dashed one removed, a dotted one changed; "
            "underlined texts differ from the other side.</p>"
        )
    if not pictures:
        yield f"<p>{nothing(is_plan=is_plan)}</p>"
    yield "</header>"
    if len(pictures) > 1:
        yield '<nav aria-label="Numbers"><ul>'
        for at, picture in enumerate(pictures):
            yield f'<li><a href="#n{at}">{escape(one_line(picture.label))}</a></li>'
        yield "</ul></nav>"
    yield "<main>"
    for at, picture in enumerate(pictures):
        yield from _section(picture, f"n{at}")
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _section(picture: Picture, id_: str) -> Iterator[str]:
    label = one_line(picture.label)
    kind = "compared" if len(picture.sides) > 1 else "alone"
    yield f'<section id="{id_}" class="{kind}">'
    yield f"<h2>{escape(label)}</h2>"
    if picture.note:
        yield f"<p>{escape(one_line(picture.note))}</p>"
    yield '<div class="sides">'
    for at, (side, graph) in enumerate(picture.sides):
        yield "<figure>"
        if side:
            yield f"<h3>{side}</h3>"
        yield embedded(graph, picture.people, f"{side}: {label}" if side else label, f"{id_}-{at}")
        yield "</figure>"
    yield "</div>"
    yield "</section>"
