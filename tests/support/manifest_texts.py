"""Random manifests as people write them: any style, comments everywhere, anchors, defaults, groups, templates."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from ringform.manifest.edit.scalars import double_quoted

PEOPLE = {f"p{number}": f"019daef1-085e-7000-aaaa-00000000000{number}" for number in range(1, 6)}
GROUPS = {"pair": ["p1", "p2"], "trio": ["p3", "p4", "p5"], "nested": ["pair", "p3"]}
NUMBERS = ("+14155551234", "+14155555678", "+4570100200", "+442079461000")
PHONES = ("+4520000001", "+4520000002", "+4520000003", "+12065550100", "+12065550101")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TEXTS = (
    "We are closed.",
    "Press one for sales and two to leave a message after the tone, or stay on the line for the next one of us.",
    "Tak for dit opkald: læg en besked",
    "no",
    "12:30",
    "Say 'hello' # now",
    'A "quoted" one, with a comma',
    "{{ company }} is closed",
    "Call {{ company | upper }} back",
    "Braces {{ '{{' }} here",
    "two\nlines",
    "a text with a break at its end\n",
    "👋 hej",
    "- dash",
    "*star & {brace} [bracket]",
)
HOURS = ("09:00-17:00", "08:30-16:00", "closed", "24h", "10:00-14:00")


class Texts:
    """A random manifest for one random source of choices. ``files`` are its texts by name."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.line_break = random.choice(("\n", "\n", "\r\n"))
        self.anchors: list[str] = []
        self.numbers: list[str] = []
        self.files = self._files()

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # What is said

    def _files(self) -> dict[str, str]:
        numbers = {number: self.number() for number in self.random.sample(NUMBERS, self.random.randint(1, 3))}
        contacts = {phone: self.contact() for phone in self.random.sample(PHONES, self.random.randint(0, 4))}
        head: dict[str, Any] = {"vars": {"company": "Acme"}, "employees": PEOPLE, "ring_groups": GROUPS}
        if self.chance(0.6):
            head["defaults"] = self._some(self.number(), 0.4)
        book: dict[str, Any] = {"contacts": contacts} if contacts or self.chance(0.3) else {}
        if book and self.chance(0.5):
            book["unlisted_contacts"] = "delete"
        sections = [head, {"main_numbers": numbers}, book]
        if self.chance(0.4):
            return {f"{name}.yaml": self.text(each) for name, each in zip("abc", sections, strict=True)}
        return {"a.yaml": self.text({name: value for each in sections for name, value in each.items()})}

    def _some(self, entry: Mapping[str, Any], share: float) -> dict[str, Any]:
        return {name: value for name, value in entry.items() if self.chance(share)}

    def number(self) -> dict[str, Any]:
        fields = {
            "name": self.random.choice(("Sales", "Support-2", "No", "Front desk")),
            "timezone": self.random.choice(("Copenhagen", "Europe/London", "New_York")),
            "language": self.random.choice(("da", "en", "no")),
            "recording_enabled": self.random.choice((True, False)),
            "incoming_call_config": self.flow(),
            "outside_opening_hours_config": self.random.choice((None, self.flow(), self.flow())),
            "no_answer_config": self.flow(),
            "no_answer_timeout_secs": self.random.choice((None, 10, 30, 0)),
            "opening_hours": self.week(),
        }
        names = list(self._some(fields, 0.7))
        self.random.shuffle(names)
        return {name: fields[name] for name in names}

    def contact(self) -> dict[str, Any]:
        fields = {
            "name": self.spoken(),
            "email": self.random.choice(("a@example.com", None)),
            "company_name": self.random.choice(("Acme, Inc.", None, "")),
            "note": self.spoken(),
        }
        return self._some(fields, 0.6)

    def spoken(self) -> str:
        return self.random.choice(TEXTS)

    def people(self) -> list[str]:
        names = self.random.choice((["pair"], ["trio", "p1"], None))
        return names or self.random.sample(list(PEOPLE), self.random.randint(1, 3))

    def flow(self) -> dict[str, Any]:
        match self.random.randint(0, 4):
            case 0:
                return {"type": "TransferConfig", "employee_ids": self.people()}
            case 1:
                return {"type": "WelcomeTransferConfig", "welcome": self.spoken(), "employee_ids": self.people()}
            case 2:
                return {"type": "RejectConfig", "message": self.spoken()}
            case 3:
                return {"type": "VoicemailConfig", "greeting": self.spoken()}
        digits = self.random.sample("123456789", self.random.randint(1, 4))
        return {"type": "PhoneMenuConfig", "welcome": self.spoken(), "menu_options": [self.option(d) for d in digits]}

    def option(self, digit: str) -> dict[str, Any]:
        match self.random.randint(0, 3):
            case 0:
                return {"digit": digit, "action_type": "TransferConfig", "employee_ids": self.people()}
            case 1:
                ring = {"prompt": self.spoken(), "employee_ids": self.people()}
                return {"digit": digit, "action_type": "WelcomeTransferConfig", **ring}
            case _:
                kind = self.random.choice(("VoicemailConfig", "PlayMessageConfig"))
                return {"action_type": kind, "prompt": self.spoken(), "digit": digit}

    def week(self) -> Any:
        if self.chance(0.2):
            hours = [self.random.choice(("09:00-17:00", "closed")) for _ in DAYS]
            return [
                {"day_of_week": number, "open": True, "opening_at": each[:5], "closing_at": each[6:]}
                if each != "closed"
                else {"day_of_week": number, "open": False}
                for number, each in enumerate(hours)
            ]
        if self.chance(0.2):
            return {"weekdays": self.random.choice(HOURS), "weekends": self.random.choice(HOURS)}
        week: dict[str, str] = {}
        first = 0
        while first < len(DAYS):
            last = self.random.randint(first, len(DAYS) - 1)
            week[DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"] = self.random.choice(HOURS)
            first = last + 1
        return week

    # How it is written

    def text(self, sections: Mapping[str, Any]) -> str:
        self.anchors, self.numbers = [], []
        lines = ["# yaml-language-server: $schema=x", ""] if self.chance(0.3) else []
        for name, value in {"version": 1, **sections}.items():
            lines += [""] * self.chance(0.5)
            lines += self.entry(name, value, 0, ())
        text = self.line_break.join(lines) + self.line_break
        return text.rstrip("\r\n") if self.chance(0.2) and not lines[-1].startswith(" ") else text

    def entry(self, name: str, value: Any, column: int, path: tuple[str, ...]) -> list[str]:
        indent = " " * column
        key = self._key(name)
        here = (*path, name)
        lines = self.comment(column)
        if self._may_be_anchored(here) and self.anchors and self.chance(0.4):
            return [*lines, f"{indent}{key}: *{self.random.choice(self.anchors)}{self.tail()}"]
        anchor = ""
        if self._may_be_anchored(here) and isinstance(value, Mapping) and self.chance(0.5):
            anchor = f" &a{len(self.anchors)}"
        is_number = len(here) == 2 and here[0] == "main_numbers"
        if is_number and isinstance(value, Mapping) and self.chance(0.3):
            anchor = f" &n{len(self.numbers)}"
        merged = self.random.choice(self.numbers) if is_number and self.numbers and self.chance(0.5) else None
        if merged and value:
            lines += [f"{indent}{key}:{anchor}", f"{indent}  <<: *{merged}{self.tail()}"]
            lines += [line for name, inner in value.items() for line in self.entry(name, inner, column + 2, here)]
        else:
            lines += self._value(f"{indent}{key}:{anchor}", value, column, here)
        if anchor:
            (self.numbers if is_number else self.anchors).append(anchor[2:])
        return lines

    def _may_be_anchored(self, path: tuple[str, ...]) -> bool:
        return len(path) == 3 and path[0] == "main_numbers" and path[2] in ("incoming_call_config", "no_answer_config")

    def _value(self, head: str, value: Any, column: int, path: tuple[str, ...]) -> list[str]:
        is_collection = isinstance(value, Mapping | list) and value
        if not is_collection or self.chance(0.3):
            if isinstance(value, str) and self.chance(0.3) and (block := self._block(value, column + 2)):
                return [f"{head} {block[0]}", *block[1:]]
            if is_collection and self.chance(0.3):
                return self._flow_lines(head, value, column)
            return [f"{head} {self.flow_text(value)}{self.tail()}"]
        if isinstance(value, Mapping):
            step = self.random.choice((2, 2, 4))
            lines = [head + self.tail()]
            for name, inner in value.items():
                lines += [""] * (column == 0 and self.chance(0.3))
                lines += self.entry(name, inner, column + step, path)
            return lines + self.comment(column + step)
        column += self.random.choice((0, 2))
        lines = [head + self.tail()]
        for item in value:
            lines += self.comment(column) + self._item(item, column, path)
        return lines

    def _flow_lines(self, head: str, value: Any, column: int) -> list[str]:
        """Brackets around items that have lines of their own."""
        opening, closing = "{}" if isinstance(value, Mapping) else "[]"
        parts = (
            [f"{self._key(name)}: {self.flow_text(inner)}" for name, inner in value.items()]
            if isinstance(value, Mapping)
            else [self.flow_text(inner) for inner in value]
        )
        lines = [f"{head} {opening}{self.tail()}"]
        for number, part in enumerate(parts, 1):
            comma = "," if number < len(parts) or self.chance(0.5) else ""
            lines += [*self.comment(column + 4), f"{' ' * (column + 4)}{part}{comma}{self.tail()}"]
        return [*lines, f"{' ' * (column + 2)}{closing}{self.tail()}"]

    def _item(self, item: Any, column: int, path: tuple[str, ...]) -> list[str]:
        dash = " " * column + "- "
        if not isinstance(item, Mapping) or self.chance(0.5):
            return [dash + self.flow_text(item) + self.tail()]
        lines: list[str] = []
        for name, inner in item.items():
            if lines:
                lines += self.entry(name, inner, column + 2, path)
            else:
                lines += self._value(f"{dash}{self._key(name)}:", inner, column + 2, (*path, name))
        return lines

    def _block(self, text: str, column: int) -> list[str] | None:
        body = text.removesuffix("\n")
        chomp = "" if text.endswith("\n") else "-"
        if self.chance(0.5) and "\n" not in body:
            words = body.split(" ")
            at = self.random.randint(1, len(words))
            lines = [" ".join(words[:at]), *([" ".join(words[at:])] if words[at:] else [])]
            return [f">{chomp}", *(" " * column + line for line in lines)]
        return [f"|{chomp}", *(" " * column + line for line in body.split("\n")), *[""] * self.chance(0.3)]

    def flow_text(self, value: Any) -> str:
        match value:
            case None:
                return self.random.choice(("null", "~"))
            case bool():
                return "true" if value else "false"
            case int():
                return str(value)
            case Mapping():
                return (
                    "{"
                    + ", ".join(f"{self._key(name)}: {self.flow_text(inner)}" for name, inner in value.items())
                    + "}"
                )
            case list():
                return (
                    "[" + ", ".join(map(self.flow_text, value)) + self.random.choice(("", "", ", ")) * bool(value) + "]"
                )
        text = str(value)
        is_plain = text.replace(" ", "").replace("-", "").replace(":", "").isalnum() and text[0].isalnum()
        if is_plain and ": " not in text and text != "12:30" and self.chance(0.6):
            return text
        if text.isprintable() and self.chance(0.4):
            return "'" + text.replace("'", "''") + "'"
        return double_quoted(text)

    def _key(self, name: str) -> str:
        return name if name[0].isalpha() else self.random.choice((f'"{name}"', f"'{name}'"))

    def comment(self, column: int) -> list[str]:
        if not self.chance(0.15):
            return []
        said = self.random.choice(("about this", "x: y", "- {a: b}", '"quoted', "ø"))
        return [f"{' ' * column}# {said}"]

    def tail(self) -> str:
        return "  # tail: {x}" if self.chance(0.15) else ""
