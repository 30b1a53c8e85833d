"""Manifests with more and more of one thing: every construct that is like a list, at any size."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Files = Mapping[str, str]
"""The text of each file of a manifest, by its name."""

_IDS = "019daef1-085e-7000-aaaa-{:012}"
_CLOSED = "{type: RejectConfig, message: We are closed}"
_NUMBER = f'  "+14155551234": {{name: Sales, incoming_call_config: {_CLOSED}}}\n'


def _one(*lines: str, head: str = "") -> Files:
    return {"ringform.yaml": f"version: 1\n{head}{''.join(lines)}"}


def _phone(at: int) -> str:
    return f"+45{20_000_000 + at}"


def numbers(count: int) -> Files:
    flow = "{type: VoicemailConfig, greeting: Sorry}"
    return _one(
        "main_numbers:\n",
        *(f'  "{_phone(at)}": {{name: Number {at}, incoming_call_config: {flow}}}\n' for at in range(count)),
    )


def alike_numbers(count: int) -> Files:
    """Whose texts and names differ in nothing, of which the lint rules have something to say."""
    return _one(
        "main_numbers:\n",
        *(f'  "{_phone(at)}": {{name: Sales, incoming_call_config: {_CLOSED}}}\n' for at in range(count)),
    )


def contacts(count: int) -> Files:
    return _one("contacts:\n", *(f'  "{_phone(at)}": {{name: Person {at}, note: x}}\n' for at in range(count)))


def moved_contacts(count: int) -> Files:
    moves = (f'  "{_phone(at)}": {{was: "{_phone(at + 5_000_000)}", name: Person {at}}}\n' for at in range(count))
    return _one("contacts:\n", *moves)


def wrong_contacts(count: int) -> Files:
    return _one("contacts:\n", *(f'  "{_phone(at)}": {{nmae: Person {at}, email: x}}\n' for at in range(count)))


def same_contacts(count: int) -> Files:
    """Each number twice, in two ways of writing it."""
    spaced = (f'  "+45 {_phone(at)[3:]}": {{name: Other}}\n' for at in range(count))
    return _one("contacts:\n", *(f'  "{_phone(at)}": {{name: Person}}\n' for at in range(count)), *spaced)


def duplicate_keys(count: int) -> Files:
    return _one("contacts:\n", *(f'  "{_phone(at // 2)}": {{name: Person {at}}}\n' for at in range(count)))


def options(count: int) -> Files:
    """More menu options than there are keys."""
    entry = "        - {digit: '1', action_type: RejectConfig, message: x}\n"
    menu = '  "+14155551234":\n    incoming_call_config:\n      type: PhoneMenuConfig\n      welcome: x\n'
    return _one("main_numbers:\n", menu, "      menu_options:\n", *[entry] * count)


def employees(count: int) -> Files:
    return _one("employees:\n", *(f"  person{at}: {_IDS.format(at)}\n" for at in range(count)), "main_numbers: {}\n")


def groups(count: int) -> Files:
    head = f"employees:\n  ann: {_IDS.format(1)}\nring_groups:\n"
    return _one(head, *(f"  group{at}: [ann]\n" for at in range(count)), "main_numbers: {}\n")


def nested_groups(count: int) -> Files:
    """A chain: each group holds the one before."""
    head = f"employees:\n  ann: {_IDS.format(1)}\nring_groups:\n  group0: [ann]\n"
    links = (f"  group{at}: [group{at - 1}]\n" for at in range(1, count))
    return _one(head, *links, "main_numbers: {}\n")


def members(count: int) -> Files:
    people = [f"person{at}" for at in range(count)]
    aliases = (f"  {name}: {_IDS.format(at)}\n" for at, name in enumerate(people))
    return _one("employees:\n", *aliases, f"ring_groups:\n  all: [{', '.join(people)}]\nmain_numbers: {{}}\n")


def rotations(count: int) -> Files:
    head = f"employees:\n  ann: {_IDS.format(1)}\n  bob: {_IDS.format(2)}\nring_groups:\n"
    rotation = 'rotation: {every: 1 week, start: 2026-11-23, handover: "mon 09:00", members: [ann, bob]}'
    return _one(head, *(f"  group{at}: {{{rotation}}}\n" for at in range(count)), "main_numbers:\n", _NUMBER)


def closures(count: int) -> Files:
    days = (
        f"  - {{date: {2026 + at // 336}-{at // 28 % 12 + 1:02}-{at % 28 + 1:02}, name: x}}\n" for at in range(count)
    )
    return _one("closures:\n", *days, "main_numbers:\n", _NUMBER[:-2], ', opening_hours: {mon-fri: "09:00-17:00"}}\n')


def special_hours(count: int) -> Files:
    days = (f'  {2026 + at // 336}-{at // 28 % 12 + 1:02}-{at % 28 + 1:02}: "09:00-10:00"\n' for at in range(count))
    week = ', opening_hours: {mon-fri: "09:00-17:00"}}\n'
    return _one("special_hours:\n", *days, "main_numbers:\n", _NUMBER[:-2], week)


def tests(count: int) -> Files:
    entry = "  - {{name: test {}, call: {{to: Sales, at: mon 10:00}}, expect: {{ends: hangup}}}}\n"
    return _one("main_numbers:\n", _NUMBER, "tests:\n", *(entry.format(at) for at in range(count)))


def variables(count: int) -> Files:
    return _one("vars:\n", *(f"  name{at}: x\n" for at in range(count)), "main_numbers:\n", _NUMBER)


def templates(count: int) -> Files:
    entries = (f'  "{_phone(at)}": {{name: "{{{{ x }}}} {at}"}}\n' for at in range(count))
    return _one("vars: {x: Person}\ncontacts:\n", *entries)


def missing_variables(count: int) -> Files:
    return _one("contacts:\n", *(f'  "{_phone(at)}": {{name: "{{{{ x{at} }}}}"}}\n' for at in range(count)))


def expressions(count: int) -> Files:
    """One text of many templates."""
    return _one("vars: {x: y}\ncontacts:\n", f'  "{_phone(0)}": {{note: "{"{{ x }}" * count}"}}\n')


def anchors(count: int) -> Files:
    entries = (f'  "{_phone(at)}": {{name: &name{at} Person {at}, note: *name{at}}}\n' for at in range(count))
    return _one("contacts:\n", *entries)


def aliases(count: int) -> Files:
    entries = (f'  "{_phone(at + 1)}": *first\n' for at in range(count))
    return _one("contacts:\n", f'  "{_phone(0)}": &first {{name: Person}}\n', *entries)


def unknown_aliases(count: int) -> Files:
    return _one("contacts:\n", *(f'  "{_phone(at)}": *gone{at}\n' for at in range(count)))


def files(count: int) -> Files:
    entry = 'version: 1\ncontacts:\n  "{}": {{name: Person}}\n'
    return {f"ringform/{at:05}.yaml": entry.format(_phone(at)) for at in range(count)}


def files_of_lists(count: int) -> Files:
    week = _NUMBER[:-2] + ', opening_hours: {mon-fri: "09:00-17:00", sat-sun: closed}}\n'
    lists = {f"ringform/{at:05}.yaml": "version: 1\nclosures: [{date: 2026-12-24}]\n" for at in range(count)}
    return {**lists, "ringform/number.yaml": f"version: 1\nmain_numbers:\n{week}"}


def unknown_sections(count: int) -> Files:
    return _one(*(f"section{at}: {{}}\n" for at in range(count)), "main_numbers:\n", _NUMBER)


def unknown_fields(count: int) -> Files:
    return _one("main_numbers:\n", _NUMBER[:-2], *(f", field{at}: x" for at in range(count)), "}\n")


def defaults(count: int) -> Files:
    return _one("defaults:\n", *(f"  field{at}: x\n" for at in range(count)), "main_numbers:\n", _NUMBER)


def comments(count: int) -> Files:
    return _one("# A comment.\n" * count, "main_numbers:\n", _NUMBER)


def ignores(count: int) -> Files:
    """Each on a line of its own, one below the other."""
    return _one("# ringform: ignore=bidirectional-control\n" * count, "main_numbers:\n", _NUMBER)


def ignores_of_lines(count: int) -> Files:
    """One at the end of each line."""
    entry = '  "{}": {{name: Person}} # ringform: ignore=bidirectional-control\n'
    return _one("contacts:\n", *(entry.format(_phone(at)) for at in range(count)))


def ignores_on_one_line(count: int) -> Files:
    return _one("main_numbers:\n", f"{_NUMBER[:-1]} {'# ringform: ignore=bidirectional-control ' * count}\n")


def ignores_commented_out(count: int) -> Files:
    """Looking at one takes so little that it needs more of them to show."""
    return _one("main_numbers:\n", _NUMBER, f"# x {'# ringform: ignore=bidirectional-control ' * count * 5}\n")


def ignored_codes(count: int) -> Files:
    return _one("main_numbers:\n", f"{_NUMBER[:-1]} # ringform: ignore={','.join(['empty-menu'] * count)}\n")


def unknown_ignores(count: int) -> Files:
    entries = (f'  "{_phone(at)}": {{name: Person}} # ringform: ignore=code-{at}\n' for at in range(count))
    return _one("contacts:\n", *entries)


def directions(count: int) -> Files:
    return _one("contacts:\n", *(f'  "{_phone(at)}": {{name: "a\u202eb"}}\n' for at in range(count)))


def limits(count: int) -> Files:
    return _one("guardrails:\n", *(f"  limit{at}: 1\n" for at in range(count)), "main_numbers:\n", _NUMBER)


def long_text(count: int) -> Files:
    """A text of many lines."""
    lines = "".join(f"        Line {at} # ringform: ignore=x\n" for at in range(count))
    return _one("contacts:\n", f'  "{_phone(0)}":\n    note: |\n{lines}')


def many_lines_in_quotes(count: int) -> Files:
    return _one("contacts:\n", f'  "{_phone(0)}":\n    note: "', *["x\n      "] * count, '"\n')


def open_brackets(count: int) -> Files:
    return _one("contacts: ", "[" * count, "\n")


def zendesk_numbers(count: int) -> Files:
    return _one(
        "provider: zendesk-talk\nphone_numbers:\n",
        *(f'  "{_phone(at)}": {{nickname: Number {at}}}\n' for at in range(count)),
    )


def zendesk_groups(count: int) -> Files:
    names = (f"  group{at}: {at + 1}\n" for at in range(count))
    return _one("provider: zendesk-talk\ngroups:\n", *names, f'phone_numbers:\n  "{_phone(0)}": {{nickname: x}}\n')


def oneinbox_numbers(count: int) -> Files:
    entries = (f"  {_IDS.format(at)}: {{friendly_name: Number {at}}}\n" for at in range(count))
    return _one("provider: oneinbox\nphone_numbers:\n", *entries)


def oneinbox_agents(count: int) -> Files:
    names = (f"  agent{at}: {_IDS.format(at)}\n" for at in range(count))
    return _one("provider: oneinbox\nagents:\n", *names, f"phone_numbers:\n  {_IDS.format(0)}: {{friendly_name: x}}\n")


CONSTRUCTS: tuple[Callable[[int], Files], ...] = (
    numbers, alike_numbers, contacts, moved_contacts, wrong_contacts, same_contacts, duplicate_keys, options,
    employees, groups, nested_groups, members, rotations, closures, special_hours, tests, variables, templates,
    missing_variables, expressions, anchors, aliases, unknown_aliases, files, files_of_lists, unknown_sections,
    unknown_fields, defaults, comments, ignores, ignores_of_lines, ignores_on_one_line, ignores_commented_out,
    ignored_codes, unknown_ignores, directions, limits, long_text, many_lines_in_quotes, open_brackets,
    zendesk_numbers, zendesk_groups, oneinbox_numbers, oneinbox_agents,
)  # fmt: skip
