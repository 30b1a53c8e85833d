"""Time zones by city."""

from __future__ import annotations

from importlib import resources

import pytest

from ringform.providers.shared.calendar import timezones


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Copenhagen", "Copenhagen"),
        ("Europe/Copenhagen", "Copenhagen"),
        ("America/New_York", "New_York"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("America/Argentina/Buenos_Aires", "Buenos_Aires"),
        ("US/Central", "US/Central"),
    ],
)
def test_the_city_is_sent_where_it_tells_the_zone(written: str, sent: str) -> None:
    assert timezones.to_city(written) == sent
    assert timezones.normal(written) == sent


def test_every_zone_has_one_form_that_stays_as_it_is() -> None:
    for name in resources.files("tzdata").joinpath("zones").read_text("utf-8").split():
        sent = timezones.to_city(name)
        assert timezones.to_city(sent) == sent
        assert sent in (name, name.rpartition("/")[2])


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Copenhagn", "did you mean 'Copenhagen'?"),
        ("New York", "did you mean 'New_York'?"),
        ("copenhagen", "did you mean 'Copenhagen'?"),
        ("Central", "write US/Central or Canada/Central"),
    ],
)
def test_what_is_no_zone_is_refused_with_a_hint(written: str, hint: str) -> None:
    with pytest.raises(timezones.UnknownTimezone) as caught:
        timezones.to_city(written)
    assert sorted(str(caught.value.hint).split()) == sorted(hint.split())


@pytest.mark.parametrize("held", ["Atlantis", "", "../../etc/passwd", "Central"])
def test_a_zone_of_the_account_that_is_not_known_stays_as_it_is(held: str) -> None:
    assert timezones.normal(held) == held
