import numpy as np
import pytest

from chains.metrics.drift import NoDrift, drift
from chains.training.activity import Drift, Sport
from chains.training.recording import Samples, Series
from tests.chains.metrics.builders import channel, series

HOUR_AND_A_HALF = 5400
EVEN_PACE = channel((HOUR_AND_A_HALF, 3.0))
FLAT = channel((HOUR_AND_A_HALF, 20))
# After the ten minutes that are dropped: forty minutes at 140, forty at 147.
DRIFTING = channel((600, 110), (2400, 140), (2400, 147))


def judged(found: Drift | NoDrift) -> Drift:
    assert isinstance(found, Drift)
    return found


def test_a_run_at_one_pace_with_a_rising_heart_rate_drifts_by_the_ratio() -> None:
    found = judged(drift(series(EVEN_PACE, altitude_m=FLAT, heart_rate=DRIFTING), Sport.RUN))

    assert found.decoupling == pytest.approx(147 / 140 - 1, rel=1e-3)
    assert (found.basis, found.duration_s) == ("gap", HOUR_AND_A_HALF)
    assert found.steadiness == pytest.approx(1.0, abs=0.001)


def test_a_ride_drifts_by_power() -> None:
    fading = channel((600, 100), (2400, 210), (2400, 200))
    ride = series(channel((HOUR_AND_A_HALF, 8.0)), power_w=fading, heart_rate=channel((HOUR_AND_A_HALF, 140)))

    found = judged(drift(ride, Sport.RIDE))

    assert found.decoupling == pytest.approx(0.05, rel=1e-3)
    assert found.basis == "power"


def test_a_hill_at_even_effort_is_steady_by_grade_adjusted_pace() -> None:
    climb, level = channel((2700, 3.0 / 1.3014)), channel((2700, 3.0))
    altitude = np.concatenate((np.cumsum(climb * 0.05), np.full(2700, climb.sum() * 0.05)))

    found = judged(drift(series(np.concatenate((climb, level)), altitude_m=altitude, heart_rate=DRIFTING), Sport.RUN))

    assert found.steadiness < 1.01
    assert found.decoupling == pytest.approx(0.05, abs=0.01)


def test_stops_of_a_few_minutes_are_left_out() -> None:
    speed = channel((2700, 3.0), (300, 0.0), (2700, 3.0))
    beats = channel((600, 110), (2100, 140), (300, 100), (300, 140), (2400, 147))

    found = judged(drift(series(speed, altitude_m=channel((5700, 20)), heart_rate=beats), Sport.RUN))

    assert found.decoupling == pytest.approx(0.05, abs=0.002)


INTERVALS = np.tile(channel((480, 4.17), (180, 2.78)), 8)
BURSTS = np.tile(channel((60, 350), (60, 100)), 45)


@pytest.mark.parametrize(
    ("sport", "of", "reason"),
    [
        (Sport.SWIM, series(EVEN_PACE, heart_rate=DRIFTING), NoDrift.SPORT),
        (Sport.RUN, series(EVEN_PACE[:3500], heart_rate=DRIFTING[:3500]), NoDrift.TOO_SHORT),
        (Sport.RUN, series(channel((3700, 3.0), (900, 0.0)), heart_rate=channel((4600, 140))), NoDrift.STOPPED),
        (Sport.RUN, series(EVEN_PACE), NoDrift.NO_HEART_RATE),
        (Sport.RUN, series(EVEN_PACE, heart_rate=np.where(np.arange(5400) < 600, np.nan, DRIFTING)), NoDrift.NO_HEART_RATE),
        (Sport.RIDE, series(EVEN_PACE, heart_rate=DRIFTING), NoDrift.NO_OUTPUT),
        (Sport.RUN, series(INTERVALS, heart_rate=channel((5280, 150))), NoDrift.UNSTEADY),
        (Sport.RIDE, series(EVEN_PACE, power_w=BURSTS, heart_rate=DRIFTING), NoDrift.UNSTEADY),
        (Sport.RIDE, series(EVEN_PACE, power_w=channel((5400, 0)), heart_rate=DRIFTING), NoDrift.UNSTEADY),
    ],
)
def test_without_a_steady_hour_there_is_a_reason_instead(sport: Sport, of: Series, reason: NoDrift) -> None:
    assert drift(of, sport) is reason


@pytest.mark.parametrize("by", [0.5, 1.5])
def test_drift_does_not_depend_on_how_fast_one_runs(by: float) -> None:
    def found(speed: Samples) -> float:
        return judged(drift(series(speed, heart_rate=DRIFTING), Sport.RUN)).decoupling

    assert found(EVEN_PACE * by) == pytest.approx(found(EVEN_PACE))
