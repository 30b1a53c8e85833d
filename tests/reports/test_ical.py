"""The iCalendar file, read back by a small parser of RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ringform.calendar.agenda import Agenda, Shift, SpecialDays
from ringform.model.address import Address
from ringform.model.escaping import is_hidden
from ringform.reports import ical

SALES = Address("main_number", "+4570000001")
NOW = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
CHRISTMAS = date(2026, 12, 24)


def parse(text: str) -> list[dict[str, str]]:
    """The events of a file, values unescaped. Every rule on lines is checked on the way."""
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text), "every line ends with CR LF"
    physical = text.removesuffix("\r\n").split("\r\n")
    assert max(len(line.encode()) for line in physical) <= 75
    lines = text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0"} <= set(lines)
    events: list[dict[str, str]] = []
    inside = False
    for line in lines[1:-1]:
        name, colon, value = line.partition(":")
        assert colon, line
        assert re.fullmatch(r"[A-Z][A-Z;=-]*", name), line
        if (name, value) == ("BEGIN", "VEVENT"):
            assert not inside
            events.append({})
            inside = True
        elif name == "END":
            inside = False
        elif inside:
            assert name not in events[-1]
            if name in ("SUMMARY", "DESCRIPTION"):
                assert not re.search(r"(?<!\\)(\\\\)*[;,]", value), "separators are escaped"
                value = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
            events[-1][name] = value
    for event in events:
        assert {"UID", "DTSTAMP", "SUMMARY"} <= event.keys()
    assert len({event["UID"] for event in events}) == len(events)
    return events


def agenda(*special_days: SpecialDays, shifts: tuple[Shift, ...] = (), begin: datetime = NOW) -> Agenda:
    return Agenda(begin, begin + timedelta(days=56), (), special_days, shifts)


def test_days_and_shifts() -> None:
    closed = SpecialDays(CHRISTMAS, date(2026, 12, 26), "closed", "Jul; fred, ro\\hygge", (SALES,))
    open_ = SpecialDays(date(2026, 12, 31), date(2026, 12, 31), "09:00-12:00", None, (SALES,))
    begin = datetime.fromisoformat("2026-11-30T09:00:00+01:00")
    shift = Shift("on_call", "bea", begin, begin + timedelta(days=7), (SALES,))
    days, hours, call = parse(ical.render(agenda(closed, open_, shifts=(shift,)), {SALES: "Sales"}))
    assert days | {"UID": ""} == {
        "UID": "",
        "DTSTAMP": "20261201T083000Z",
        "DTSTART;VALUE=DATE": "20261224",
        "DTEND;VALUE=DATE": "20261227",  # the first day after (RFC 5545, 3.6.1)
        "SUMMARY": "Closed: Jul; fred, ro\\hygge",
        "DESCRIPTION": "Sales",
        "TRANSP": "TRANSPARENT",
    }
    assert hours["SUMMARY"] == "Open 09:00-12:00"
    assert (call["DTSTART"], call["DTEND"]) == ("20261130T080000Z", "20261207T080000Z")
    assert call["SUMMARY"] == "on_call: bea"


def test_the_same_dates_have_the_same_uids_at_any_time() -> None:
    special = SpecialDays(CHRISTMAS, CHRISTMAS, "closed", "Juleaften", (SALES,))
    earlier, later = (
        parse(ical.render(agenda(special, begin=begin), {})) for begin in (NOW, NOW + timedelta(days=3, minutes=1))
    )
    assert [event["UID"] for event in earlier] == [event["UID"] for event in later]
    assert earlier[0]["DTSTAMP"] != later[0]["DTSTAMP"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_comes_back_less_its_hidden_characters(reason: str, name: str) -> None:
    reason = reason.encode("utf-8", "replace").decode()
    name = name.encode("utf-8", "replace").decode()
    special = SpecialDays(CHRISTMAS, CHRISTMAS, "closed", reason, (SALES,))
    (event,) = parse(ical.render(agenda(special), {SALES: name}))
    shown = "".join(each for each in reason.replace("\r\n", "\n") if each == "\n" or not is_hidden(each))
    assert event["SUMMARY"] == (f"Closed: {shown}" if reason else "Closed")
