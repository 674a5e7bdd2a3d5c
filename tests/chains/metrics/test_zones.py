from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.metrics.zones import heart_rate_zones
from chains.training.activity import HeartRateTime, Sport
from tests.chains.metrics.builders import threshold

EVERY_BPM = HeartRateTime(floor_bpm=1, seconds=(1,) * 250)


@pytest.mark.parametrize(
    ("sport", "lows"),
    # Percent of LTHR, here 100 bpm: Friel's run and bike zones, Coggan's heart rate levels for the rest.
    [
        (Sport.RUN, (0, 85, 90, 95, 100, 103, 107)),
        (Sport.RIDE, (0, 81, 90, 94, 100, 103, 107)),
        (Sport.SWIM, (0, 69, 84, 95, 106)),
    ],
)
def test_zones_begin_where_their_authors_say(sport: Sport, lows: tuple[int, ...]) -> None:
    zones = heart_rate_zones(EVERY_BPM, threshold(100), sport)

    assert tuple(z.low_bpm for z in zones) == lows
    assert zones[-1].high_bpm is None


def test_a_border_between_two_bpm_belongs_to_the_zone_below() -> None:
    zones = heart_rate_zones(EVERY_BPM, threshold(165), Sport.RUN)

    # 140.25, 148.5, 156.75, 165, 169.95; 5c begins above 174.9.
    assert [z.low_bpm for z in zones] == [0, 141, 149, 157, 165, 170, 175]


@given(st.floats(100, 210), st.sampled_from(Sport), st.lists(st.integers(0, 900), min_size=1, max_size=150), st.integers(30, 200))
def test_every_second_is_in_one_zone(lthr: float, sport: Sport, seconds: list[int], floor: int) -> None:
    zones = heart_rate_zones(HeartRateTime(floor_bpm=floor, seconds=tuple(seconds)), threshold(lthr), sport)

    assert sum(z.seconds for z in zones) == sum(seconds)
    assert sum(z.share for z in zones) == pytest.approx(1.0 if sum(seconds) else 0.0)
    assert all(a.high_bpm is not None and a.high_bpm + 1 == b.low_bpm for a, b in pairwise(zones))
