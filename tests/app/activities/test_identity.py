"""When two activities are the same one."""

from typing import Any

import pytest

from app.activities.identity import Imprint, claims_of, is_same, richness
from chains.training.activity import Activity, Origin, Source, Sport
from tests.app.activities.entries import activity


def imprint(known: Activity, *claims: str) -> Imprint:
    return Imprint(
        id=known.id,
        sport=known.sport,
        started_at=known.started_at,
        elapsed_s=known.elapsed_s,
        moving_s=known.moving_s,
        distance_m=known.distance_m,
        richness=richness(known),
        claims=claims,
        revision="",
    )


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({}, True),
        ({"seconds": 60}, True),
        ({"seconds": -60}, True),
        ({"seconds": 61}, False),
        ({"sport": Sport.WALK}, False),
        ({"km": 10.4}, True),
        ({"km": 10.6}, False),
        ({"km": 0.0}, True),
        ({"elapsed_s": 3366.0, "moving_s": 2000.0}, True),
        ({"elapsed_s": 9000.0, "moving_s": 3340.0}, True),
        ({"elapsed_s": 3500.0, "moving_s": 3000.0}, False),
    ],
)
def test_same_activity(fields: dict[str, Any], same: bool) -> None:
    assert is_same(imprint(activity()), activity(**fields)) is same


def test_richness_puts_recordings_first_and_hand_entries_last() -> None:
    summary = activity(source=Source.STRAVA, mean_hr=150.0, mean_cadence=170.0, altitude_low_m=3.0)
    detailed = activity(origin=Origin(source=Source.STRAVA, format="detailed"))
    by_hand = activity(source=Source.STRAVA, hand_entered=True, mean_hr=150.0)
    file, with_heart_rate, with_power = activity(), activity(mean_hr=150.0), activity(mean_hr=150.0, mean_power_w=200.0, device_power=True)

    ranked = [by_hand, summary, detailed, file, with_heart_rate, with_power]

    assert [richness(a) for a in ranked] == sorted({richness(a) for a in ranked})


@pytest.mark.parametrize("seconds", [0, 1, 29, 59, 60])
@pytest.mark.parametrize("second", range(0, 60, 7))
def test_two_starts_within_a_minute_always_meet_in_a_claim(second: int, seconds: int) -> None:
    one, other = activity(seconds=second), activity(seconds=second + seconds)

    assert set(claims_of(one, ())) & set(claims_of(other, ()))


def test_a_known_neighbour_is_stepped_around_even_after_another_has_gone() -> None:
    first, second, third = activity(), activity(seconds=30), activity(seconds=45)
    of_first = claims_of(first, ())
    of_second = claims_of(second, [imprint(first, *of_first)])

    of_third = claims_of(third, [imprint(second, *of_second)])

    assert not set(of_first) & set(of_second)
    assert not set(of_second) & set(of_third)
