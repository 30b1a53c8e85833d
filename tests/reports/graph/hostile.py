"""Pictures whose every text is out to break something."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ringform.callflow.graph import graph, mark_changes
from ringform.callflow.pictures import Picture
from ringform.callflow.types import CallFlow, Flow, Menu, Message, Transfer, Unknown, Voicemail

AS_OF = "As it is now."

NASTY = (
    '"]; click n0 "javascript:alert(1)"',
    "end\nend\r\n%% gone\n%%{init: {'theme': 'dark'}}%%",
    "<script>document.title = 'owned'</script>",
    "\"'><img src=x onerror=\"document.title='owned'\">",
    "]]></style></title></svg><h1>owned</h1>",
    "`code` ```\n```mermaid **bold** [a](b) @somebody",
    "&lt;b&gt; &amp; #quot; #60; ﬂ°°60¶ß",
    "style a:#35;b classDef x:#35;y;",
    "a --> b -.-> c ==> d | e {f} ((g)) ::: h; i & j \\ $$x$$",
    "\u202egnorw\u2066 \u2028 \u2029 \u0000 \u001b[31m \ufeff \ufffe \ud800",
    "שלום مرحبا 你好 👩‍👩‍👧 e\u0301 ＷＷＷ",
    "W" * 300,
    "🤯" * 200,
    "long " * 400,
    "",
)


def pictures(count: int) -> Iterator[Picture]:
    """The worst one, and so many at random, always the same: hypothesis takes a hundred times as long to draw them."""
    yield worst()
    for seed in range(count):
        yield _picture(Random(seed))


def _picture(random: Random) -> Picture:
    """One number, alone, or before and after a change, or with a note in place of a graph."""
    number, name, people = _text(random), random.choice([None, _text(random)]), {_text(random): _text(random)}
    before, after = (graph(number, name, _configuration(random)) for _ in range(2))
    match random.choice(["alone", "compared", "note"]):
        case "alone":
            return Picture(number, name, after=after, people=people)
        case "compared":
            before, after = mark_changes(before, random.choice([before, after]))
            return Picture(number, name, before=before, after=after, people=people)
        case _:
            return Picture(number, name, note=_text(random) or "Not drawn.")


def _configuration(random: Random) -> CallFlow:
    no_answer = random.choice([None, _flow(random)])
    return CallFlow(
        timezone=_text(random),
        language=random.choice([None, _text(random)]),
        is_recorded=random.random() < 0.5,
        incoming=_flow(random),
        closed=random.choice([None, _flow(random)]),
        no_answer=no_answer,
        ring_seconds=None if no_answer is None else 60,
        hours={day: (random.randrange(700), random.randrange(701, 1441)) for day in range(7) if random.random() < 0.7},
    )


def _flow(random: Random) -> Flow:
    match random.randrange(5):
        case 0:
            return Unknown(_text(random))
        case 1 | 2:
            digits = random.sample("123456789", random.randrange(10))
            return Menu(_text(random), {key: _end(random) for key in (*digits, _text(random))})
        case _:
            return _end(random)


def _end(random: Random) -> Transfer | Voicemail | Message:
    match random.randrange(4):
        case 0:
            return Voicemail(_text(random))
        case 1:
            return Message(_text(random))
        case _:
            people = frozenset(_text(random) for _ in range(random.randrange(4)))
            return Transfer(people, random.choice([None, _text(random)]))


def _text(random: Random) -> str:
    match random.randrange(4):
        case 0:
            return "".join(chr(random.randrange(0x250)) for _ in range(random.randrange(30)))
        case 1:
            return "".join(chr(random.randrange(0x110000)) for _ in range(random.randrange(10)))
        case _:
            return "".join(random.choices(NASTY, k=random.randrange(1, 3)))


def worst() -> Picture:
    """Everything at once, with the whole list in it."""
    texts = iter(NASTY * 9)
    menus = [Menu(next(texts), {str(key): Transfer(frozenset({next(texts)}), next(texts)) for key in range(1, 10)})]
    menus += [Menu(next(texts), {str(key): Voicemail(next(texts)) for key in range(1, 10)}) for _ in range(2)]
    config = CallFlow(
        NASTY[0], NASTY[1], is_recorded=True, incoming=menus[0], closed=menus[1], no_answer=menus[2], ring_seconds=20,
        hours={day: (60 * day, 60 * day + 500) for day in range(7)},
    )  # fmt: skip
    return Picture("+14155551234", NASTY[2], after=graph("+14155551234", NASTY[2], config))
