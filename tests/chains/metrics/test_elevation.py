import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.metrics.elevation import ascent, climbed, plausible_ascent
from chains.training.activity import Sport
from tests.chains.metrics.builders import channel

HILL = np.concatenate((np.linspace(100, 200, 1000), np.linspace(200, 100, 500)))


def test_a_hill_counts_once() -> None:
    assert ascent(HILL, Sport.RUN) == pytest.approx(100, abs=2)


def test_noise_of_a_barometer_climbs_nothing() -> None:
    breathing = 100 + 0.8 * np.sin(np.arange(3600) / 20)

    assert ascent(breathing, Sport.RIDE) == 0


def test_drop_outs_are_bridged() -> None:
    holed = np.where(np.arange(len(HILL)) % 7 == 0, np.nan, HILL)

    assert ascent(holed, Sport.RUN) == pytest.approx(100, abs=2)


def test_on_foot_nobody_rises_three_metres_a_second() -> None:
    jump = np.concatenate((channel((300, 50)), np.linspace(50, 80, 10), channel((300, 80))))

    assert ascent(jump, Sport.RUN) == pytest.approx(0, abs=3)
    assert ascent(jump, Sport.RIDE) == pytest.approx(30, abs=2)


def test_nothing_recorded_is_no_ascent_of_zero() -> None:
    assert climbed(np.full(10, np.nan), Sport.RUN) is None


@given(st.lists(st.floats(-400, 8000), min_size=1, max_size=300))
def test_what_was_climbed_never_falls(heights: list[float]) -> None:
    altitude = np.array(heights)
    rises = climbed(altitude, Sport.RIDE)

    assert rises is not None
    assert (np.diff(rises) >= 0).all()


@pytest.mark.parametrize(
    ("ascent_m", "low_m", "high_m", "kept"),
    [(300.0, 0.0, 50.0, 300.0), (558.0, 10.0, 67.0, None), (558.0, None, None, 558.0), (None, 0.0, 50.0, None)],
)
def test_ascent_beyond_six_times_the_range_is_withheld(
    ascent_m: float | None, low_m: float | None, high_m: float | None, kept: float | None
) -> None:
    assert plausible_ascent(ascent_m, low_m, high_m) == kept
