import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.metrics.heart_rate import (
    HeartRateFault,
    default_lthr,
    heart_rate_fault,
    heart_rate_time,
    is_cadence_lock,
    reserve,
    stress_score,
    trimp,
    trimp_of_mean,
)
from chains.training.activity import HeartRateTime, SeriesName, Sport
from chains.training.profile import Profile, Sex
from tests.chains.metrics.builders import activity, channel, series


@pytest.mark.parametrize(
    ("minutes", "hr", "rest", "top", "sex", "points"),
    [
        (60, 150, 60, 190, Sex.MALE, 100.4403),
        (60, 150, 60, 190, Sex.FEMALE, 84.4776),
        (45, 165, 50, 195, Sex.MALE, 104.7244),
    ],
)
def test_trimp_is_banisters(minutes: int, hr: float, rest: float, top: float, sex: Sex, points: float) -> None:
    assert trimp_of_mean(minutes * 60, hr, resting_hr=rest, max_hr=top, sex=sex) == pytest.approx(points, rel=1e-3)


def test_trimp_of_a_constant_heart_rate_is_that_of_its_mean() -> None:
    constant = HeartRateTime(floor_bpm=150, seconds=(3600,))

    assert trimp(constant, resting_hr=60, max_hr=190, sex=Sex.MALE) == pytest.approx(100.4403, rel=1e-3)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60).filter(any))
def test_second_by_second_is_never_less_than_the_mean(seconds: list[int]) -> None:
    time = HeartRateTime(floor_bpm=100, seconds=tuple(seconds))
    mean = sum((100 + i) * s for i, s in enumerate(seconds)) / sum(seconds)

    whole = trimp(time, resting_hr=50, max_hr=190, sex=None)

    assert whole >= trimp_of_mean(sum(seconds), mean, resting_hr=50, max_hr=190, sex=None) * (1 - 1e-9)


def test_an_hour_at_threshold_is_a_hundred_points() -> None:
    lthr = default_lthr(50, 190)
    hour = trimp_of_mean(3600, lthr, resting_hr=50, max_hr=190, sex=None)

    assert lthr == 169
    assert stress_score(hour, lthr=lthr, resting_hr=50, max_hr=190, sex=None) == pytest.approx(100)


def test_unknown_sex_moves_a_stress_score_by_at_most_four_percent() -> None:
    def score(sex: Sex | None, hr: float) -> float:
        impulse = trimp_of_mean(3600, hr, resting_hr=50, max_hr=190, sex=sex)
        return stress_score(impulse, lthr=169, resting_hr=50, max_hr=190, sex=sex)

    for hr in range(130, 190, 5):
        assert score(None, hr) == pytest.approx(score(Sex.MALE, hr), rel=0.04)
        assert score(None, hr) == pytest.approx(score(Sex.FEMALE, hr), rel=0.04)


def test_reserve_stays_between_nothing_and_all() -> None:
    assert [reserve(hr, 50, 190) for hr in (40, 120, 230)] == [0.0, 0.5, 1.0]


def test_resting_heart_rate_must_lie_below_the_maximum() -> None:
    with pytest.raises(ValueError, match="below the maximum"):
        reserve(120, 190, 190)


@given(st.lists(st.tuples(st.booleans(), st.one_of(st.just(float("nan")), st.floats(30, 240))), min_size=1, max_size=200))
def test_histogram_holds_every_moving_second_with_a_heart_rate(rows: list[tuple[bool, float]]) -> None:
    moving = np.array([m for m, _ in rows])
    beats = np.array([b for _, b in rows])

    time = heart_rate_time(series(heart_rate=beats, moving=list(moving)))

    counted = 0 if time is None else sum(time.seconds)
    assert counted == (moving & np.isfinite(beats)).sum()
    assert time is None or time.seconds[0] > 0 < time.seconds[-1]


@given(st.permutations([110.0, 125.0, 139.6, 140.4, 171.0, 90.0]))
def test_histogram_does_not_know_order(beats: list[float]) -> None:
    time = heart_rate_time(series(heart_rate=np.array(beats)))

    assert time is not None
    assert (time.floor_bpm, time.seconds[0], time.seconds[50], time.seconds[-1]) == (90, 1, 2, 1)


def test_an_hour_in_motion_is_an_hour_in_the_histogram() -> None:
    assert heart_rate_time(series(heart_rate=channel((3600, 150)))) == HeartRateTime(floor_bpm=150, seconds=(3600,))


@pytest.mark.parametrize(
    ("sport", "mean_hr", "steps", "locked"),
    # The first three are means of real files.
    [
        (Sport.RUN, 190.5, 191.2, True),
        (Sport.RUN, 184.7, 182.4, True),
        (Sport.RUN, 179.7, 179.8, True),
        (Sport.RUN, 150.0, 176.0, False),
        (Sport.RUN, 172.0, 176.1, False),
        (Sport.RIDE, 90.0, 90.0, False),
        (Sport.RUN, None, 176.0, False),
    ],
)
def test_cadence_lock_is_a_heart_rate_equal_to_the_steps(sport: Sport, mean_hr: float | None, steps: float, locked: bool) -> None:
    assert is_cadence_lock(sport, mean_hr, steps) is locked


def test_faults_of_a_heart_rate_are_named() -> None:
    sound, locked = activity(mean_hr=150.0, mean_cadence=176.0), activity(mean_hr=175.0, mean_cadence=176.0)
    excluded = activity(mean_hr=150.0, excluded_series=(SeriesName.HEART_RATE,))

    assert heart_rate_fault(sound, Profile()) is None
    assert heart_rate_fault(locked, Profile()) is HeartRateFault.CADENCE_LOCK
    assert heart_rate_fault(excluded, Profile()) is HeartRateFault.EXCLUDED
    assert heart_rate_fault(sound, Profile(heart_rate_unreliable=True)) is HeartRateFault.UNRELIABLE
