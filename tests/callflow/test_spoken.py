"""Which keys a welcome names: as people write them in three languages, and nothing that only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringform.callflow.lint.run import lint
from ringform.callflow.lint.spoken import announced_keys, mentioned_keys
from ringform.model.address import Address
from ringform.model.desired import Wanted
from ringform.model.diagnostic import Diagnostic, Excerpt, Location
from ringform.model.values import Json
from ringform.providers.phone_inc.provider import PhoneInc


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Press 1 for sales, 2 to leave a message.", "12"),
        ("Press 1 for a new bike, 2 for an order you have placed, or 3 to leave a message.", "123"),
        ("If you are stranded on the road, press 1. To leave a message, press 2.", "12"),
        ("For sales press one, for support two, and for billing three.", "123"),
        ("For sales, press 1; for support, 2; for the workshop, 3.", "123"),
        ("Press the 1 key for sales, the 2 key for support.", "12"),
        ("Press 1, 2 or 3.", "123"),
        ("Press 1 to 3 to choose a shop.", "123"),
        ("Select option 1 for sales, or press 0.", "01"),
        ("Tast 1 for at købe en cykel, 2 for kundeservice, eller 9 for at lægge en besked.", "129"),
        ("Tast 1 for at lægge en besked, eller 2, hvis du er strandet på vejen.", "12"),
        ("For salg tryk 1, for support 2 og for værksted 3.", "123"),
        ("Tryk på to for service.", "2"),
        ("Für eine Beratung drücken Sie die 1, für Reparaturen und Zubehör die 2.", "12"),
        ("Für Beratung bitte die 1, für Service die 2 drücken.", "12"),
        ("Wählen Sie die Eins für Vertrieb, die Zwei für Service oder die Drei für alles andere.", "123"),
        # What is no key:
        ("We are open from 9 to 5, 24/7 in July, and in 3 shops. Call +1 415 555 0199.", ""),
        ("Press 1 for sales. We are open from 9 to 17. Bikes from 5 dollars, 2 for 1 all week.", "1"),
        ("Press 1 to hear our hours, or visit us at 9.", "1"),
        ("Press 1 for sales, and for deliveries before 5, press 2.", "12"),
        ("This is the press line. Leave your question within 3 minutes.", ""),
        ("Press one of the keys.", ""),
        ("Tryk en tast, når du er klar. Vi har åbent fra 9 til 17.", ""),
        ("Die 3 Kollegen drücken Ihnen die Daumen. Wir sind die Nummer 1 in Hamburg.", ""),
        ("Wir haben von 9 bis 18 Uhr geöffnet, drücken Sie die 2 für Service.", "2"),
        # Longer numbers, and those of other menus:
        ("In an emergency hang up and dial 9 1 1, nine one one or 9-1-1.", ""),
        ("We have moved: dial 1-800-555-0100, or 1 415 555 0100.", ""),
        ("Im Notfall wählen Sie 1-1-2 oder 0 800 5 55.", ""),
        ("Ring 70 00 00 10 og tast 2 for vagten.", ""),
        # Counts, and names with a number in them:
        ("To book a table for 2, press 1. For a table for 6, press 2.", "12"),
        ("For route 5, press 1. If you need route 7, press 2.", "12"),
        ("For rute 5, tryk 1. For rute 7, tryk 2.", "12"),
        ("Für Haus 3, drücken Sie 1; für Haus 4, drücken Sie 2.", "12"),
        ("Press 1 for parties of 3 or 4, or 2 for a table for 5, 6 or 7.", "12"),
        ("Press 1 to book. Tickets: 5 for adults, 3 for children.", "1"),
        ("Drücken Sie die 1. Unser Angebot: die 3 für 2 Aktion.", "1"),
        ("Vælg 3 varer på hjemmesiden. Wählen Sie zwei Gerichte. We hit 5 stars.", ""),
        ("Vælg 1 for salg, 2 for service. Wählen Sie die 3 für alles andere.", "123"),
        # Hours that go on like an entry of a list:
        ("Press 1 for sales, open Monday to Friday, 9 to noon and Saturday, 8 to five.", "1"),
        ("Tryk 1 for salg, åbent mandag til fredag, 9 til midnat.", "1"),
    ],
)
def test_the_keys_that_callers_are_told_to_press(text: str, keys: str) -> None:
    assert announced_keys(text) == set(keys)


def test_what_may_be_a_key_is_not_called_unmentioned() -> None:
    assert mentioned_keys("Appuyez sur 1 pour les ventes, 2 pour un message.") == {"1", "2"}
    assert mentioned_keys("We are open from 9 to 17.") == set()
    assert mentioned_keys("Wählen Sie bitte. Taste 1: Beratung. Taste 2: Service, ab 9:30.") >= {"1", "2"}
    assert mentioned_keys("Press any key from 2 to 4.") == {"2", "3", "4"}


_WORDS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    "da": ["nul", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"],
    "de": ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
}
# For each language: the first entry of a list, the further ones, what stands before the last, and what each is for.
_LISTS = [
    ("en", "Press {} for {}", ", {} for {}", ", or {} for {}", ("sales", "support", "a new bike", "our address")),
    ("en", "For {1}, press {0}", "; for {1}, press {0}", "; or for {1}, press {0}", ("sales", "a repair", "the press")),
    ("en", "For {1} press {0}", ", for {1} {0}", ", and for {1} {0}", ("sales", "support", "billing")),
    (
        "en",
        "Please press {} to {}",
        ", {} to {}",
        " or {} to {}",
        ("leave a message", "hear our address", "buy a bike"),
    ),
    ("da", "Tast {} for {}", ", {} for {}", ", eller {} for {}", ("salg", "at lægge en besked", "værkstedet")),
    ("da", "For {1}, tryk {0}", ", for {1}, tryk {0}", ", og for {1}, tryk {0}", ("salg", "en reparation", "support")),
    ("de", "Für {1} drücken Sie die {0}", ", für {1} die {0}", " und für {1} die {0}", ("Beratung", "eine Reparatur")),
    ("de", "Wählen Sie {} für {}", ", {} für {}", " oder {} für {}", ("Beratung", "Reparaturen", "unsere Zeiten")),
]
_BEFORE = {
    "en": ("", "Welcome to Acme. ", "We are open from 9 to 17. ", "You have reached Acme, 3 times bike of the year. "),
    "da": ("", "Velkommen til Acme. ", "Vi har åbent fra 9 til 17. ", "Du har ringet til Acme. "),
    "de": ("", "Willkommen bei Acme. ", "Wir haben von 9 bis 17 Uhr geöffnet. ", "Guten Tag, hier ist Acme. "),
}
_AFTER = {
    "en": ("", " Or find us at acme.example.com.", " Bikes from 5 dollars.", " We close at 8 on Sundays."),
    "da": ("", " Eller find os på acme.example.com.", " Cykler fra 5 kroner.", " Vi lukker klokken 8 om søndagen."),
    "de": ("", " Oder schreiben Sie uns.", " Räder ab 5 Euro.", " Sonntags schließen wir um 8 Uhr."),
}
DIGITS = st.sets(st.sampled_from("123456789"), min_size=1, max_size=5)


@st.composite
def welcomes(draw: st.DrawFn) -> tuple[str, str, set[str]]:
    """A welcome, its language, and the keys that it names."""
    language, first, further, last, purposes = draw(st.sampled_from(_LISTS))
    keys = sorted(draw(DIGITS))
    written = [_WORDS[language][int(key)] if draw(st.booleans()) and key != "1" else key for key in keys]
    entries = []
    for position, key in enumerate(written):
        form = first if position == 0 else last if position == len(written) - 1 else further
        entries.append(form.format(key, draw(st.sampled_from(purposes))))
    before, after = draw(st.sampled_from(_BEFORE[language])), draw(st.sampled_from(_AFTER[language]))
    return before + "".join(entries) + "." + after, language, set(keys)


@given(welcomes())
def test_the_keys_of_a_generated_welcome_are_exactly_those_that_were_put_in(
    welcome: tuple[str, str, set[str]],
) -> None:
    text, _, keys = welcome
    assert announced_keys(text) == keys
    assert mentioned_keys(text) == keys


SALES = Address("main_number", "+14155551234")


def findings(welcome: str, language: str, keys: set[str]) -> dict[str, list[Diagnostic]]:
    options: dict[str, Json] = {key: {"action_type": "VoicemailConfig", "prompt": "Hello"} for key in keys}
    menu: dict[str, Json] = {"type": "PhoneMenuConfig", "welcome": welcome, "menu_options": options}
    fields: dict[str, Json] = {"language": language, "incoming_call_config": menu}
    found: dict[str, list[Diagnostic]] = {}
    for each in lint({SALES: Wanted(SALES, fields)}, (), PhoneInc(), place):
        found.setdefault(each.code, []).append(each)
    return found


def place(address: Address, path: tuple[str, ...]) -> tuple[Location, Excerpt]:
    """A place of its own for each path; the line of an option is its digit."""
    return Location("/".join(path), 1), Excerpt("", 0, 1)


@given(welcomes(), DIGITS)
def test_exactly_the_missing_and_the_surplus_keys_are_told(welcome: tuple[str, str, set[str]], menu: set[str]) -> None:
    text, language, said = welcome
    found = findings(text, language, menu)
    unknown = " ".join(each.summary for each in found.get("key-not-in-menu", []))
    assert {character for character in unknown if character.isdigit()} == said - menu
    unsaid = [each.summary for each in found.get("key-not-mentioned", [])]
    assert {character for summary in unsaid for character in summary if character.isdigit()} == menu - said
    assert len(unsaid) == (1 if not menu & said else len(menu - said)), "one for a menu of which no key is named"
