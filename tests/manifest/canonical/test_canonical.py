"""The canonical layout: every comment and the meaning survive it, and doing it twice changes nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from support.manifest_texts import Texts

from ringform.manifest import composer
from ringform.manifest.canonical.canonical import canonical
from ringform.manifest.canonical.places import document
from ringform.manifest.canonical.printer import NotFormattable
from ringform.manifest.source import Source, read
from ringform.operations.check import check
from ringform.providers import registry
from ringform.providers.phone_inc.resources.hours import short_form

ROOT = Path(__file__).parents[3]
VALID = sorted(
    path
    for path in (ROOT / "tests" / "manifests" / "valid").rglob("*.yaml")
    if path.name != "yaml-1.2-directive-and-json.yaml"  # all of it within braces, and so left as it is
)
EXAMPLES = sorted((ROOT / "examples").rglob("*.yaml"))


def formatted(text: str) -> str:
    source = Source("ringform.yaml", text)
    tree, problems = composer.parse(source)
    assert not any(each.is_error for each in problems)
    provider = registry.provider(str(tree.get("provider", "phone.inc")))
    return canonical(source, tree, document(provider.document), short_form)


def as_one(before: str, after: str) -> None:
    """What a person sees of a change, and that it is a resting place."""
    assert formatted(before) == after
    assert formatted(after) == after


def test_keys_take_the_order_of_the_documents_and_their_comments_with_them() -> None:
    as_one(
        """\
# The heading of the file.

main_numbers:
  "+14155551234":
    # how long it rings
    no_answer_timeout_secs: 30 # seconds
    opening_hours: {daily: 24h}
    # a label
    # for the team
    name: Sales
    nobody_knows: this
    no_answer_config:
      greeting: Hello
      type: VoicemailConfig

# The format.
version: 1
""",
        """\
# The heading of the file.

# The format.
version: 1

main_numbers:
  "+14155551234":
    # a label
    # for the team
    name: Sales
    no_answer_config:
      type: VoicemailConfig
      greeting: Hello
    # how long it rings
    no_answer_timeout_secs: 30 # seconds
    opening_hours: {daily: 24h}
    nobody_knows: this
""",
    )


def test_what_looks_like_a_number_and_is_a_text_is_quoted() -> None:
    as_one(
        """\
version: 1
vars: {year: 2026}
main_numbers:
  +14155551234: {no_answer_timeout_secs: 30, name: 0123}
  14155555678:
    incoming_call_config:
      type: PhoneMenuConfig
      menu_options:
      - {digit: 1, action_type: TransferConfig, employee_ids: [ 12345 ]}
contacts:
  '+45 20 12 34 56': {was:   +4520123457}
""",
        """\
version: 1
vars: {year: 2026}
main_numbers:
  "+14155551234": {name: "0123", no_answer_timeout_secs: 30}
  "14155555678":
    incoming_call_config:
      type: PhoneMenuConfig
      menu_options:
        - {digit: "1", action_type: TransferConfig, employee_ids: ["12345"]}
contacts:
  "+45 20 12 34 56": {was: "+4520123457"}
""",
    )


def test_long_lines_are_folded_or_take_several_lines() -> None:
    words = "Press one for sales and two to leave a message after the tone, or stay on the line for the next one of us."
    as_one(
        f"""\
version: 1
main_numbers:
  "+14155551234":
    incoming_call_config:
      type: PhoneMenuConfig
      welcome: "{words}" # spoken
      menu_options:
        - {{digit: "1", action_type: VoicemailConfig, prompt: {words[:50]}}}
        - {{digit: "2", action_type: VoicemailConfig, prompt: '{words}'}} # two
    no_answer_config:
      type: RejectConfig
      message: We are
        closed.
    outside_opening_hours_config:
      type: RejectConfig
      message: "{words} \\u2014 escaped"
""",
        f"""\
version: 1
main_numbers:
  "+14155551234":
    incoming_call_config:
      type: PhoneMenuConfig
      welcome: >- # spoken
        {words}
      menu_options:
        - {{digit: "1", action_type: VoicemailConfig, prompt: {words[:50]}}}
        - digit: "2" # two
          action_type: VoicemailConfig
          prompt: >-
            {words}
    outside_opening_hours_config:
      type: RejectConfig
      message: "{words} \\u2014 escaped"
    no_answer_config:
      type: RejectConfig
      message: We are closed.
""",
    )


def test_hours_in_a_list_become_short_unless_a_comment_stands_among_them() -> None:
    days = "\n".join(
        f'      - {{day_of_week: {day}, open: true, opening_at: "09:00", closing_at: "17:00"}}' for day in range(5)
    )
    closed = "      - {day_of_week: 5, open: false}\n      - {day_of_week: 6, open: false}"
    head = 'version: 1\nmain_numbers:\n  "+14155551234":\n    opening_hours: # as the API has them\n'
    as_one(f"{head}{days}\n{closed}\n", f"{head}      mon-fri: 09:00-17:00\n      sat-sun: closed\n")
    kept = f"{head}{days}\n      # the weekend\n{closed}\n"
    as_one(kept, kept)


def test_blocks_are_indented_by_two_and_comments_with_what_they_are_about() -> None:
    as_one(
        """\
version:   1
ring_groups:
    sales:
    - alex # first
    # then
    - bea
      # the last of sales
    # about support
    support: [ alex,bea ]
    # more groups to come

contacts: {}
# the end
""",
        """\
version: 1
ring_groups:
  sales:
    - alex # first
    # then
    - bea
    # the last of sales
  # about support
  support: [alex, bea]
  # more groups to come

contacts: {}
# the end
""",
    )


def test_an_alias_stays_behind_its_anchor() -> None:
    text = """\
version: 1
main_numbers:
  "+14155551234":
    no_answer_config: &voicemail
      type: VoicemailConfig
      greeting: Hello
    incoming_call_config: *voicemail
    <<: {name: Sales}
"""
    as_one(text, text)


def test_brackets_with_comments_among_them_stay_as_they_are() -> None:
    text = """\
version: 1
defaults: &all { # what holds for all
    language: da, # Danish
    name: Sales } # the end
"""
    as_one(text, text)


def test_block_texts_keep_their_lines() -> None:
    as_one(
        """\
version: 1
contacts:
    "+4520123456":
        note: |+
            Two lines,
              the second further in.

        name: Niklas
""",
        """\
version: 1
contacts:
  "+4520123456":
    name: Niklas
    note: |+
      Two lines,
        the second further in.

""",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("version: 1\r\nvars: {}\n", "its lines end in different ways"),
        ("{version: 1}\n", "its whole content is on one line, in braces or under an anchor"),
        ('version: 1\nvars:\n  ? "a\n  b"\n  : c\n', "a name is an alias, or is written on several lines"),
        (
            "version: 1\nvars:\n      a: |4\n           x\n",
            "a text with a number after | or > is indented in another way than usual",
        ),
        ("version:   1\nvars:\n  a: |\n    x\n     \n", "it would not mean the same any more"),
    ],
)
def test_what_cannot_be_formatted_says_why(text: str, reason: str) -> None:
    with pytest.raises(NotFormattable) as raised:
        formatted(text)
    assert str(raised.value) == reason


@pytest.mark.parametrize("path", [*VALID, *EXAMPLES], ids=lambda path: str(path.relative_to(ROOT)))
def test_the_digest_and_the_comments_survive(path: Path, tmp_path: Path) -> None:
    text = read(path).text
    after = formatted(text)
    assert formatted(after) == after
    assert comments(after) == comments(text)
    if path in VALID and (before := check([path]).manifest):
        (tmp_path / path.name).write_text(after, "utf-8")
        now = check([tmp_path / path.name]).manifest
        assert now is not None
        assert now.id.digest == before.id.digest


@pytest.mark.parametrize("tens", range(20))
def test_generated_manifests(tens: int, tmp_path: Path) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        hold(seed, tmp_path, with_digest=seed % 10 == 0)


@pytest.mark.slow
@pytest.mark.parametrize("hundreds", range(2, 52))
def test_many_generated_manifests(hundreds: int, tmp_path: Path) -> None:
    for seed in range(100 * hundreds, 100 * hundreds + 100):
        hold(seed, tmp_path, with_digest=True)


def hold(seed: int, folder: Path, *, with_digest: bool) -> None:
    """Format a random manifest, and hold the outcome against it."""
    before = Texts(Random(seed)).files
    after = {name: formatted(text) for name, text in before.items()}
    for name, text in after.items():
        assert formatted(text) == text, f"{seed} {name}"
        assert comments(text) == comments(before[name]), f"{seed} {name}"
        assert ("\r\n" in text) == ("\r\n" in before[name])
    if with_digest:
        assert digest(after, folder / "after") == digest(before, folder / "before"), seed


def digest(files: dict[str, str], folder: Path) -> str | None:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    manifest = check([folder / name for name in files]).manifest
    return manifest.id.digest if manifest else None


def comments(text: str) -> Counter[str]:
    """The comments on lines of their own, and those that the generator writes beside values."""
    lines = [line.strip() for line in text.split("\n")]
    found = [line for line in lines if line.startswith("#") and not line.startswith("# now")]
    return Counter([*found, *("# tail: {x}" for line in lines if line.endswith(" # tail: {x}"))])


@pytest.mark.parametrize(("header", "canonical_header"), [("|", "|-"), (">", ">-"), ("|+", "|-"), ("|-", "|-")])
def test_a_text_that_the_end_of_the_file_cuts_keeps_its_end(header: str, canonical_header: str) -> None:
    text = 'version: 1\ncontacts:\n  "+4520123456":\n    note: {}\n      One.\n\n      Two.'
    as_one(text.format(header), text.format(canonical_header) + "\n")
