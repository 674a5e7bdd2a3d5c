import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chains.metrics.power import efficiency_factor, intensity_factor, normalized_power, training_stress, variability_index, work_kj
from chains.metrics.samples import filled
from tests.chains.metrics.builders import channel
from tests.shared_data import needs

Watts = np.ndarray[tuple[int], np.dtype[np.float64]]
WATTS = arrays(np.float64, st.integers(1, 400), elements=st.integers(0, 1500).map(float))


def test_an_hour_at_threshold_is_a_hundred_points() -> None:
    np_w = normalized_power(channel((3600, 250)))

    assert np_w == pytest.approx(250)
    assert training_stress(3600, intensity_factor(250, 250)) == 100


def test_stress_is_hours_times_intensity_squared() -> None:
    # Coggan: sec x NP x IF / (FTP x 3600) x 100.
    assert training_stress(5400, intensity_factor(200, 250)) == pytest.approx(5400 * 200 * 0.8 / (250 * 3600) * 100)


def test_a_real_ride_has_the_np_that_coggan_defines() -> None:
    path = needs("strava", "sweatpy", "activity_3547667536_streams.json")
    streams = {stream["type"]: stream["data"] for stream in json.loads(path.read_text())}
    watts = filled(np.array(streams["watts"], dtype=np.float64))
    assert watts is not None
    assert streams["time"] == list(range(len(watts)))

    # Reference: 211.7 W; Strava's own 'weighted average' of this ride, 206 W, is another formula.
    assert normalized_power(watts) == pytest.approx(211.7, rel=1e-3)


@given(WATTS)
def test_np_of_a_ride_from_standstill_to_standstill_is_at_least_its_mean(watts: Watts) -> None:
    ride = np.concatenate((np.zeros(29), watts, np.zeros(29)))
    np_w = normalized_power(ride)

    assert np_w is not None
    assert np_w >= ride.mean() * (1 - 1e-9)


@given(WATTS.filter(lambda w: len(w) >= 30), st.floats(0.1, 3))
def test_np_scales_with_power(watts: Watts, by: float) -> None:
    np_w, scaled = normalized_power(watts), normalized_power(watts * by)

    assert np_w is not None
    assert scaled == pytest.approx(np_w * by, rel=1e-6, abs=1e-3)


def test_under_thirty_seconds_there_is_no_np() -> None:
    assert normalized_power(channel((29, 300))) is None


def test_ratios_and_work() -> None:
    assert variability_index(220, 200) == pytest.approx(1.1)
    assert variability_index(0, 0) is None
    assert efficiency_factor(210, 140) == 1.5
    assert work_kj(channel((3600, 200))) == 720
