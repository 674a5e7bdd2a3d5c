import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.metrics.splits import splits
from chains.training.activity import Sport
from tests.chains.metrics.builders import channel, series


def test_kilometres_and_what_is_left() -> None:
    run = series(
        channel((250, 4.0), (500, 2.0), (200, 3.0)),
        altitude_m=channel((950, 10)),
        heart_rate=channel((250, 160), (500, 130), (200, 140)),
    )

    first, second, last = splits(run, Sport.RUN)

    assert [s.index for s in (first, second, last)] == [1, 2, 3]
    assert (first.elapsed_s, second.elapsed_s, last.elapsed_s) == pytest.approx((251, 499, 200), abs=2)
    assert (first.distance_m, second.distance_m, last.distance_m) == pytest.approx((1000, 1000, 596))
    assert (first.mean_hr, second.mean_hr, last.mean_hr) == pytest.approx((160, 130, 140), abs=0.5)
    assert first.gap_mps == pytest.approx(4.0, rel=0.01)
    assert first.ascent_m == 0


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(1, 900), st.sampled_from([0.0, 1.5, 3.0, 5.5])), min_size=1, max_size=8))
def test_splits_are_the_whole_recording(stretches: list[tuple[int, float]]) -> None:
    run = series(channel(*stretches), altitude_m=50 + 30 * np.sin(np.arange(sum(s for s, _ in stretches)) / 100))
    parts = splits(run, Sport.RUN)
    assert run.distance_m is not None

    if run.distance_m[-1] < 10:
        assert parts == ()
        return
    assert sum(s.distance_m for s in parts) == pytest.approx(run.distance_m[-1])
    assert sum(s.elapsed_s for s in parts) == pytest.approx(len(run))
    assert sum(s.moving_s for s in parts) == pytest.approx(run.moving.sum())
    assert all(s.elapsed_s >= s.moving_s - 1e-9 for s in parts)


def test_standing_at_a_kilometre_mark_belongs_to_the_next() -> None:
    first, second = splits(series(channel((501, 2.0), (120, 0.0), (250, 2.0))), Sport.RIDE)

    assert (first.elapsed_s, second.elapsed_s) == pytest.approx((500, 371), abs=1)
    assert second.moving_s == pytest.approx(251, abs=1)


def test_ten_metres_are_no_split_of_their_own() -> None:
    assert [s.distance_m for s in splits(series(channel((503, 2.0))), Sport.RUN)] == [1004]


def test_metres_that_a_watch_makes_while_one_stands_are_not_grade_adjusted() -> None:
    creeping = channel((200, 3.0), (300, 0.2), (100, 3.0))

    (split,) = splits(series(creeping, moving=list(creeping > 1), altitude_m=channel((600, 5))), Sport.RUN)

    assert split.gap_mps == pytest.approx(3.0, rel=0.01)


def test_grade_adjusted_speed_is_for_runs() -> None:
    assert splits(series(channel((600, 5.0)), altitude_m=channel((600, 5))), Sport.RIDE)[0].gap_mps is None


def test_without_distance_there_are_none() -> None:
    assert splits(series(heart_rate=channel((600, 120))), Sport.STRENGTH) == ()
