import numpy as np
import pytest

from chains.metrics.grade import adjusted_speed, running_cost
from tests.chains.metrics.builders import channel, series


@pytest.mark.parametrize(
    ("gradient", "joules"),
    # Minetti 2002, the polynomial; four of them lie within the standard deviation of what was measured.
    [(-0.45, 4.0323), (-0.2, 1.8), (-0.1, 2.1517), (0.0, 3.6), (0.05, 4.6852), (0.1, 5.9682), (0.3, 12.5793), (0.45, 19.426)],
)
def test_cost_of_running_is_minettis(gradient: float, joules: float) -> None:
    assert running_cost(np.array([gradient]))[0] == pytest.approx(joules, rel=1e-3)


def test_beyond_the_measured_gradients_the_cost_stays() -> None:
    assert running_cost(np.array([0.9, -0.9])) == pytest.approx(running_cost(np.array([0.45, -0.45])))


def test_flat_speed_is_its_own_equivalent() -> None:
    assert adjusted_speed(series(channel((600, 3.0)), altitude_m=channel((600, 120)))) == pytest.approx(3.0, rel=0.01)


def test_ten_percent_up_is_worth_1_66_times_the_speed() -> None:
    climb = series(channel((1200, 2.0)), altitude_m=np.arange(1200, dtype=np.float64) * 0.2)

    assert adjusted_speed(climb) == pytest.approx(2.0 * 1.6578, rel=0.01)


def test_an_altimeter_that_jumps_climbs_no_hill() -> None:
    flat, jumping = channel((1200, 100)), channel((600, 100), (600, 160))

    speeds = [adjusted_speed(series(channel((1200, 3.0)), altitude_m=altitude)) for altitude in (flat, jumping)]

    assert speeds[1] == pytest.approx(speeds[0], rel=1e-6)


def test_stops_are_not_part_of_grade_adjusted_speed() -> None:
    creeping = channel((600, 3.0), (600, 0.2), (600, 3.0))
    stopped = series(creeping, moving=list(creeping > 1), altitude_m=channel((1800, 50)))

    assert adjusted_speed(stopped) == pytest.approx(3.0, rel=0.01)


@pytest.mark.parametrize("of", [series(channel((600, 3.0))), series(altitude_m=channel((600, 3.0)))])
def test_without_altitude_or_distance_there_is_none(of: object) -> None:
    assert adjusted_speed(of) is None  # type: ignore[arg-type]
