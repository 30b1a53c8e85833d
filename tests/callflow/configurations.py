"""Main numbers in normal form for the call-flow tests, by example and at random."""

from collections.abc import Mapping
from random import Random

from hypothesis import strategies as st

from ringform.model.values import Json

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

TRANSFER: Mapping[str, Json] = {"type": "TransferConfig", "employee_ids": ["alex", "bea"]}
WELCOME: Mapping[str, Json] = {"type": "WelcomeTransferConfig", "welcome": "Hello", "employee_ids": ["alex"]}
REJECT: Mapping[str, Json] = {"type": "RejectConfig", "message": "We are closed"}
VOICEMAIL: Mapping[str, Json] = {"type": "VoicemailConfig", "greeting": "Leave a message"}
MENU: Mapping[str, Json] = {
    "type": "PhoneMenuConfig",
    "welcome": "Press a key",
    "menu_options": {
        "1": {"action_type": "TransferConfig", "employee_ids": ["alex"], "prompt": "never played"},
        "2": {"action_type": "WelcomeTransferConfig", "prompt": "One moment", "employee_ids": ["bea"]},
        "3": {"action_type": "VoicemailConfig", "prompt": "After the tone"},
        "4": {"action_type": "PlayMessageConfig", "prompt": "Goodbye"},
    },
}


def number(**fields: Json) -> dict[str, Json]:
    """A number that is open on weekdays from nine to five, and rings two people."""
    return {
        "name": "Sales",
        "timezone": "Copenhagen",
        "language": "da",
        "recording_enabled": False,
        "incoming_call_config": TRANSFER,
        "outside_opening_hours_config": REJECT,
        "no_answer_config": VOICEMAIL,
        "no_answer_timeout_secs": 20,
        "opening_hours": {day: "closed" if day in ("sat", "sun") else "09:00-17:00" for day in DAYS},
        **fields,
    }


_texts = st.sampled_from(["A", "B"])
_people = st.lists(st.sampled_from(["alex", "bea", "chris"]), min_size=1, max_size=2, unique=True).map(sorted)


def _options() -> st.SearchStrategy[Json]:
    return st.one_of(
        st.builds(lambda who: {"action_type": "TransferConfig", "employee_ids": who}, _people),
        st.builds(
            lambda text, who: {"action_type": "WelcomeTransferConfig", "prompt": text, "employee_ids": who},
            _texts,
            _people,
        ),
        st.builds(lambda text: {"action_type": "VoicemailConfig", "prompt": text}, _texts),
        st.builds(lambda text: {"action_type": "PlayMessageConfig", "prompt": text}, _texts),
    )


def _flows() -> st.SearchStrategy[Json]:
    menus = st.dictionaries(st.sampled_from(["1", "2", "9"]), _options(), min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda who: {"type": "TransferConfig", "employee_ids": who}, _people),
        st.builds(
            lambda text, who: {"type": "WelcomeTransferConfig", "welcome": text, "employee_ids": who}, _texts, _people
        ),
        st.builds(lambda text: {"type": "RejectConfig", "message": text}, _texts),
        st.builds(lambda text: {"type": "VoicemailConfig", "greeting": text}, _texts),
        st.builds(
            lambda text, options: {"type": "PhoneMenuConfig", "welcome": text, "menu_options": options}, _texts, menus
        ),
    )


_HOURS = ("closed", "closed", "00:00-24:00", "09:00-17:00", "09:00-15:30", "08:07-24:00", "12:00-12:01")

numbers: st.SearchStrategy[dict[str, Json]] = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Sales", "Support"]),
        "timezone": st.just("Copenhagen"),
        "language": st.sampled_from(["da", "en"]),
        "recording_enabled": st.booleans(),
        "incoming_call_config": _flows(),
        "outside_opening_hours_config": st.none() | _flows(),
        "no_answer_config": st.none() | _flows(),
        "no_answer_timeout_secs": st.sampled_from([None, 20, 60]),
        "opening_hours": st.fixed_dictionaries(dict.fromkeys(DAYS, st.sampled_from(_HOURS))),
    }
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, Json], dict[str, Json]]:
    """Two numbers that differ in some fields only, as they do in a plan."""
    before, other = draw(numbers), draw(numbers)
    changed = draw(st.sets(st.sampled_from(sorted(before))))
    return before, {name: other[name] if name in changed else value for name, value in before.items()}


def random_pair(seed: int) -> tuple[dict[str, Json], dict[str, Json]]:
    """What ``pairs`` draws, at random and the same for the same seed: fast, but a failure does not shrink."""
    random = Random(seed)
    before, other = _random_number(random), _random_number(random)
    changed = {name for name in before if random.random() < random.choice([0.2, 0.5, 0.8])}
    return before, {name: other[name] if name in changed else value for name, value in before.items()}


def _random_number(random: Random) -> dict[str, Json]:
    return {
        "name": random.choice(["Sales", "Support"]),
        "timezone": "Copenhagen",
        "language": random.choice(["da", "en"]),
        "recording_enabled": random.choice([True, False]),
        "incoming_call_config": _random_flow(random),
        "outside_opening_hours_config": random.choice([None, _random_flow(random)]),
        "no_answer_config": random.choice([None, _random_flow(random)]),
        "no_answer_timeout_secs": random.choice([None, 20, 60]),
        "opening_hours": {day: random.choice(_HOURS) for day in DAYS},
    }


def _random_flow(random: Random) -> Json:
    text, people = random.choice("AB"), sorted(random.sample(["alex", "bea", "chris"], random.choice([1, 2])))
    match random.randrange(5):
        case 0:
            return {"type": "TransferConfig", "employee_ids": people}
        case 1:
            return {"type": "WelcomeTransferConfig", "welcome": text, "employee_ids": people}
        case 2:
            return {"type": "RejectConfig", "message": text}
        case 3:
            return {"type": "VoicemailConfig", "greeting": text}
        case _:
            digits = random.sample("129", random.choice([1, 2, 3]))
            options = {digit: _random_option(random) for digit in digits}
            return {"type": "PhoneMenuConfig", "welcome": text, "menu_options": options}


def _random_option(random: Random) -> Json:
    text, people = random.choice("AB"), sorted(random.sample(["alex", "bea", "chris"], random.choice([1, 2])))
    match random.randrange(4):
        case 0:
            return {"action_type": "TransferConfig", "employee_ids": people}
        case 1:
            return {"action_type": "WelcomeTransferConfig", "prompt": text, "employee_ids": people}
        case 2:
            return {"action_type": "VoicemailConfig", "prompt": text}
        case _:
            return {"action_type": "PlayMessageConfig", "prompt": text}
