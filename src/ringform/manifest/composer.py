"""From a file's text to its located tree, by way of libyaml's events.

Events, not PyYAML's constructors: those would turn ``no`` into False and ``10:30`` into 630, know no duplicate keys and
drop the positions. The events also let every limit be checked before anything is expanded.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import yaml

from ringform.manifest import invisible, yaml_problem
from ringform.manifest.composer_frame import Anchored, Frame
from ringform.manifest.source import Source, check_characters, empty_file
from ringform.manifest.tree import Map, Mark, Node, Seq
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import cut, did_you_mean, shown

MAX_DEPTH = 64
"""Most mappings and sequences within each other, aliases followed."""
MAX_NODES = 1_000_000
"""Most keys, values and collections of one file, every use of an alias counted in full."""
MAX_ALIASED_NODES = 100_000
"""Most nodes that aliases may add to those that are written."""
MAX_FINDINGS = 100
"""After so many findings the rest of a file is not looked at."""

# One interface; libyaml is ten times faster.
LOADER: type[yaml.CLoader | yaml.Loader] = getattr(yaml, "CLoader", yaml.Loader)
_ANCHORS_TO_SUGGEST = 200
_NULLS = frozenset(("", "~", "null"))
_new_mark = tuple.__new__  # half the time of Mark(...)
_STANDARD = "tag:yaml.org,2002:"


def parse(source: Source) -> tuple[Map, list[Diagnostic]]:
    """Read one YAML document, a mapping, into its tree.

    Returns:
        The tree, and what is wrong with it where reading could go on (duplicate keys, unknown anchors, tags and the
        like). With an error among that the tree lacks those keys and values, and of a duplicate key holds the first:
        good enough to look for more mistakes, but not to be used.

    Raises:
        RingformError: Nothing more can be known; it holds what was found until there. Time and memory are bounded,
            whatever the text.
    """
    with _collector_paused():
        return _Loading(source).run()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python's cycle collector from walking a growing tree, in which there are no cycles, again and again.

    It takes a third of the time for 50,000 contacts.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Loading:
    """One run over the events of one file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Diagnostic] = []
        self.stack: list[Frame] = []
        self.anchors: dict[str, Anchored | None] = {}  # None while its mapping or sequence is open
        self.root: Map | None = None
        self.lone_scalar: Mark | None = None
        self.documents = 0
        self.closed = 0
        self.aliased = 0

    def run(self) -> tuple[Map, list[Diagnostic]]:
        yaml_problem.check_directives(self.source)
        handlers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        events = yaml.parse(self.source.text, Loader=LOADER)
        try:
            for number, event in enumerate(invisible.refuse_hidden_breaks(self.source, events, self.findings)):
                if number - self.closed > MAX_NODES:
                    self._stop(
                        "too-many-values",
                        f"the file has more than {MAX_NODES:,} names and values",
                        self._mark(event),
                        hint="split it into several files",
                    )
                handler = handlers.get(type(event))
                if handler is not None:
                    handler(event)
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # the latter two of characters that do not exist
            check_characters(self.source)
            # What reads as a mapping of a mapping often is not YAML either; one explanation of it is enough.
            if not any(finding.code == "unquoted-template" for finding in self.findings):
                self.findings.append(yaml_problem.explain(self.source, error))
            raise RingformError(*self.findings) from None
        if self.lone_scalar is not None:
            self._refuse_root(self.lone_scalar)
        if self.root is None:
            raise RingformError(empty_file(self.source.name))
        return self.root, [*self.findings, *invisible.bidirectional_controls(self.source)]

    # The events

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(
                "several-documents",
                "a second YAML document begins here",
                self._mark(event),
                hint="delete the line '---', or put the rest into a file of its own",
            )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        # The one method that is written for speed: nearly all events of a long file come here.
        start = event.start_mark
        mark = _new_mark(Mark, (self.source, start.line + 1, start.column + 1))  # type: ignore[union-attr]  # an event of a real file has a mark
        value: str | None = event.value
        is_plain = not event.style and event.tag is None
        if not self.stack:
            # Not refused yet: if the parser stumbles further on, it knows better what is wrong.
            self.lone_scalar = None if is_plain and not value else mark
            return
        if is_plain and value in _NULLS:
            value = None
        if event.anchor is not None:
            self._check_anchor(event)
            self.anchors[event.anchor] = Anchored(value, 1, 0)
        if event.style == '"' and not event.value.isascii():
            self._check_surrogates(event.value, mark)
        if event.tag is not None and self._refuse_tag(event.tag, "str", mark):
            self._drop(mark)
        elif self.stack[-1].is_key_next:
            self._key(value, mark, is_merge=is_plain and value == "<<")
        else:
            self._put(value, mark, 1, 0)

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        mark = self._mark(event)
        is_map = isinstance(event, yaml.MappingStartEvent)
        if event.tag is not None:
            self._refuse_tag(event.tag, "map" if is_map else "seq", mark)
        if not self.stack and not is_map:
            self._refuse_root(mark)
        if self.stack and self.stack[-1].is_key_next:
            self._refuse_key(mark)
        self._check_depth(1, mark)
        if event.anchor is not None:
            self._check_anchor(event)
            self.anchors[event.anchor] = None
        self.stack.append(Frame(Map(mark) if is_map else Seq(mark), event.anchor))

    def _close(self, _: yaml.MappingEndEvent | yaml.SequenceEndEvent) -> None:
        self.closed += 1
        frame = self.stack.pop()
        node = frame.node
        if frame.merged is not None and isinstance(node, Map):
            self._merge(node, *frame.merged)
        # An anchor of the same name further in is the later one, and stays.
        if frame.anchor is not None and self.anchors[frame.anchor] is None:
            self.anchors[frame.anchor] = Anchored(node, frame.size, frame.height)
        if not self.stack:
            self.root = node if isinstance(node, Map) else None
        elif self.stack[-1].is_key_next:
            self._drop(node.mark)
        else:
            self._put(node, node.mark, frame.size, frame.height)

    def _alias(self, event: yaml.AliasEvent) -> None:
        mark, name = self._mark(event), event.anchor or ""
        if not self.stack:
            self._refuse_root(mark)
        anchored = self.anchors.get(name)
        if anchored is None:
            if name in self.anchors:
                self._find(
                    "alias-cycle",
                    f"*{cut(name)} is inside &{cut(name)} itself, so it would never end",
                    mark,
                    hint="name another anchor, or write the value out",
                )
            else:
                self._find(
                    "unknown-anchor",
                    f"*{cut(name)} refers to an anchor that is not defined above",
                    mark,
                    hint=did_you_mean(name, list(self.anchors)[-_ANCHORS_TO_SUGGEST:])
                    or f"a text that starts with * needs quotes; an anchor is defined by &{cut(name)} before a value",
                )
            self._drop(mark)
            return
        self.aliased += anchored.size - 1
        if self.aliased > MAX_ALIASED_NODES:
            self._stop(
                "too-many-aliases",
                f"the aliases of this file repeat more than {MAX_ALIASED_NODES:,} values",
                mark,
                hint="use 'defaults:' or 'ring_groups:' for what many numbers share",
            )
        self._check_depth(anchored.height, mark)
        if not self.stack[-1].is_key_next:
            self._put(anchored.node, mark, anchored.size, anchored.height)
        elif isinstance(anchored.node, Map | Seq):
            self._refuse_key(mark)
            self._drop(mark)
        else:
            self._key(anchored.node, mark)

    # Putting nodes together

    def _put(self, value: Node, mark: Mark, size: int, height: int) -> None:
        frame = self.stack[-1]
        node = frame.node
        frame.size += size
        if frame.is_merge_next:
            # What is merged becomes part of this mapping: it does not stand within it.
            frame.height = max(frame.height, height - isinstance(value, Seq))
            frame.is_merge_next, frame.is_key_next = False, True
            frame.merged = (value, mark)
            return
        if height >= frame.height:
            frame.height = height + 1
        if isinstance(node, Seq):
            node.append(value)
            node.marks.append(mark)
            return
        frame.is_key_next = True
        if frame.key is not None:
            node[frame.key] = value
            node.marks[frame.key] = (frame.key_mark, mark)

    def _drop(self, mark: Mark) -> None:
        """Go on without a value or a key that was refused; a sequence keeps its place, so that indices stay right."""
        frame = self.stack[-1]
        if isinstance(frame.node, Seq):
            self._put(None, mark, 1, 0)
            return
        frame.is_key_next = not frame.is_key_next
        frame.is_merge_next = False
        frame.key = None

    def _key(self, key: str | None, mark: Mark, *, is_merge: bool = False) -> None:
        frame = self.stack[-1]
        node = frame.node
        assert isinstance(node, Map)
        frame.size += 1
        frame.is_key_next = False
        frame.key, frame.key_mark = key, mark
        if is_merge:
            frame.key = None
            frame.is_merge_next = frame.merged is None
            if frame.merged is not None:
                self._find(
                    "duplicate-key",
                    "'<<' appears twice in one mapping",
                    mark,
                    hint="merge several mappings with one list: '<<: [*a, *b]'",
                )
        elif key is None:
            self._add(yaml_problem.null_key(mark))
        elif key in node:
            frame.key = None
            first = node.marks[key][0]
            self._find(
                "duplicate-key",
                f"{shown(key)} appears twice in one mapping",
                mark,
                key,
                detail=f"The first one is in line {first.line}, column {first.column}.",
                hint="delete one of them, or put what they say together under one",
            )

    def _merge(self, node: Map, value: Node, mark: Mark) -> None:
        """Add the keys of ``<<``: a mapping's own keys win, then those of the mapping that is named first."""
        for merged in value if isinstance(value, Seq) else (value,):
            if not isinstance(merged, Map):
                self._find(
                    "bad-merge",
                    "'<<' merges a mapping or a list of mappings, and this is something else",
                    mark,
                    value if isinstance(value, str) else None,
                    hint="write '<<: *name', where &name stands before a mapping",
                )
                return
            for key, inner in merged.items():
                if key not in node:
                    node[key] = inner
                    node.marks[key] = merged.marks[key]

    # What is refused

    def _refuse_root(self, mark: Mark) -> NoReturn:
        self._stop(
            "not-a-mapping",
            "the file does not consist of 'name: value' lines",
            mark,
            hint="a manifest begins with 'version: 1'; this may be the wrong file",
        )

    def _refuse_key(self, mark: Mark) -> None:
        if yaml_problem.is_template(mark):
            self._add(yaml_problem.unquoted_template(mark._replace(column=mark.column - 1)))
        else:
            self._find(
                "complex-key",
                "a name must be a text, and this is a mapping or a list",
                mark,
                hint="write a word or a phone number before the colon",
            )

    def _refuse_tag(self, tag: str, accepted: str, mark: Mark) -> bool:
        if tag == _STANDARD + accepted:
            return False
        self._add(yaml_problem.bad_tag(tag, mark))
        return True

    def _check_anchor(self, event: yaml.Event) -> None:
        """A name that goes on behind what the parser took for it: the rest would be read as the value, or before it."""
        if diagnostic := yaml_problem.odd_name(self._mark(event)):
            raise RingformError(*self.findings, diagnostic)

    def _check_surrogates(self, value: str, mark: Mark) -> None:
        """Half a character, written as an escape: libyaml knows better, but PyYAML's own parser lets it pass."""
        try:
            value.encode()
        except UnicodeEncodeError:
            if diagnostic := yaml_problem.halved_character(mark):
                raise RingformError(*self.findings, diagnostic) from None
            self._stop("yaml-syntax", "an escape in this text stands for half a character", mark, hint="delete it")

    def _check_depth(self, height: int, mark: Mark) -> None:
        if len(self.stack) + height > MAX_DEPTH:
            summary = f"more than {MAX_DEPTH} mappings and lists are nested here"
            self._stop("too-deep", summary, mark, hint="a manifest needs no more than ten; look for a missing bracket")

    def _mark(self, event: yaml.Event) -> Mark:
        start = event.start_mark
        assert start is not None  # only an event made by hand lacks it
        return Mark(self.source, start.line + 1, start.column + 1)

    def _find(
        self,
        code: str,
        summary: str,
        mark: Mark,
        token: str | None = None,
        *,
        detail: str | None = None,
        hint: str | None = None,
    ) -> None:
        self._add(Diagnostic(code=code, summary=summary, detail=detail, hint=hint).at(*mark.locate(token)))

    def _add(self, finding: Diagnostic) -> None:
        self.findings.append(finding)
        if len(self.findings) >= MAX_FINDINGS:
            raise RingformError(*self.findings)

    def _stop(self, code: str, summary: str, mark: Mark, *, hint: str | None = None) -> NoReturn:
        self._find(code, summary, mark, hint=hint)
        raise RingformError(*self.findings)
