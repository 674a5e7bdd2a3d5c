import numpy as np
import pytest

from chains.metrics.samples import filled, first_reached, highest, last_held, mean_where, rolling_means, smoothed

NAN = float("nan")


def test_drop_outs_are_interpolated_and_ends_held() -> None:
    known = filled(np.array([NAN, 2.0, NAN, 4.0, NAN]))

    assert known is not None
    assert known.tolist() == [2, 2, 3, 4, 4]
    assert filled(np.array([NAN, NAN])) is None


def test_smoothing_is_centred_and_narrower_at_the_ends() -> None:
    assert smoothed(np.array([0.0, 0.0, 9.0, 0.0, 0.0]), 3).tolist() == [0, 3, 3, 3, 0]
    assert smoothed(np.array([6.0, 0.0, 0.0]), 3).tolist() == [3, 2, 0]


def test_rolling_means_are_of_full_windows_only() -> None:
    assert rolling_means(np.array([1.0, 2.0, 3.0, 4.0]), 3).tolist() == [2, 3]
    assert len(rolling_means(np.array([1.0, 2.0]), 3)) == 0


def test_what_was_not_recorded_has_neither_mean_nor_maximum() -> None:
    channel, wanted = np.array([1.0, NAN, 5.0]), np.array([True, True, False])

    assert mean_where(channel, wanted) == 1
    assert highest(channel) == 5
    assert (mean_where(None, wanted), mean_where(np.full(3, NAN), wanted)) == (None, None)
    assert (highest(None), highest(np.full(3, NAN))) == (None, None)


def test_a_distance_held_for_a_while_is_reached_once_and_left_later() -> None:
    distance = np.array([0.0, 10.0, 10.0, 10.0, 20.0])
    wanted = np.array([5.0, 10.0, 15.0])

    assert first_reached(distance, wanted).tolist() == [0.5, 1.0, 3.5]
    assert last_held(distance, wanted).tolist() == [0.5, 3.0, 3.5]


@pytest.mark.parametrize("wanted", [-1.0, 21.0])
def test_distances_outside_a_recording_have_no_time(wanted: float) -> None:
    distance = np.array([0.0, 10.0, 20.0])

    assert np.isnan(first_reached(distance, np.array([wanted]))).all()
    assert np.isnan(last_held(distance, np.array([wanted]))).all()
