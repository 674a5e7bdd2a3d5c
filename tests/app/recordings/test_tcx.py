"""TCX files: laps, pauses, cadence, distance from coordinates."""

import numpy as np
import pytest

from app.recordings.tcx import decode_tcx
from chains.errors import RecordingError
from chains.training.activity import Sport
from tests.app.recordings.documents import START, at, iso, tcx, tcx_activity, tcx_lap, tcx_point

RUN_CADENCE = "<Extensions><TPX><RunCadence>{}</RunCadence></TPX></Extensions>"


def steady(first: int, last: int, **fields: object) -> list[str]:
    return [tcx_point(s, metres=3.0 * s, heart_rate=140, more=str(fields.get("more", ""))) for s in range(first, last)]


def test_an_activity_becomes_one_row_a_second() -> None:
    (run,) = decode_tcx(tcx(tcx_activity(tcx_lap(steady(0, 61)))))

    assert (run.sport, run.format, run.started_at, run.device) == (Sport.RUN, "tcx", START, "Forerunner 310XT")
    assert run.series.moving.sum() == 60
    assert run.series.distance_m is not None
    assert run.series.distance_m[-1] == pytest.approx(180.0)
    assert run.totals.distance_m == 180.0
    assert run.totals.moving_s == 60.0


def test_leading_blanks_and_a_byte_order_mark_do_no_harm() -> None:
    document = tcx(tcx_activity(tcx_lap(steady(0, 61))))

    for content in (b"          " + document, b"\xef\xbb\xbf" + document, document.decode().encode("utf-16")):
        assert len(decode_tcx(content)) == 1


def test_laps_last_until_the_next_and_keep_their_timer() -> None:
    laps = tcx_lap(steady(0, 31), timer_s=30, metres=90), tcx_lap(steady(31, 61), start=30, timer_s=20, metres=90)

    (run,) = decode_tcx(tcx(tcx_activity(*laps)))

    assert [(lap.start_s, lap.elapsed_s, lap.moving_s, lap.trigger) for lap in run.laps] == [(0, 30, 30, "manual"), (30, 30, 20, "manual")]


def test_a_new_track_within_a_lap_is_a_pause() -> None:
    (run,) = decode_tcx(tcx(tcx_activity(tcx_lap(steady(0, 21), steady(27, 61)))))

    assert [(p.start_s, p.duration_s) for p in run.pauses] == [(20.0, 7.0)]


def test_a_gap_over_ten_seconds_is_a_pause() -> None:
    (run,) = decode_tcx(tcx(tcx_activity(tcx_lap([*steady(0, 21), *steady(40, 61)]))))

    assert [(p.start_s, p.duration_s) for p in run.pauses] == [(20.0, 20.0)]
    assert run.series.heart_rate is not None
    assert np.isnan(run.series.heart_rate[21:40]).all()


@pytest.mark.parametrize(("written", "steps"), [(85, 170.0), (172, 172.0)])
def test_run_cadence_is_doubled_unless_it_counts_both_legs_already(written: int, steps: float) -> None:
    (run,) = decode_tcx(tcx(tcx_activity(tcx_lap(steady(0, 61, more=RUN_CADENCE.format(written))))))

    assert run.series.cadence is not None
    assert np.nanmean(run.series.cadence) == steps


def test_a_counter_that_starts_again_with_each_lap_goes_on() -> None:
    first = [tcx_point(s, metres=3.0 * s) for s in range(31)]
    second = [tcx_point(31 + s, metres=3.0 * s) for s in range(30)]

    (run,) = decode_tcx(tcx(tcx_activity(tcx_lap(first), tcx_lap(second, start=31))))

    assert run.series.distance_m is not None
    assert run.series.distance_m[-1] == pytest.approx(177.0)


def test_distance_comes_from_coordinates_where_the_file_has_none() -> None:
    place = "<Position><LatitudeDegrees>{}</LatitudeDegrees><LongitudeDegrees>10</LongitudeDegrees></Position>"
    points = [tcx_point(s, more=place.format(47 + s * 0.00002)) for s in range(61)]

    (run,) = decode_tcx(tcx(tcx_activity(tcx_lap(points))))

    assert run.series.distance_m is not None
    assert run.series.distance_m[-1] == pytest.approx(60 * 2.2239, rel=1e-3)


def test_two_activities_are_two_recordings() -> None:
    done = decode_tcx(tcx(tcx_activity(tcx_lap(steady(0, 61))), tcx_activity(tcx_lap(steady(100, 161), start=100), sport="Biking")))

    assert [(r.sport, r.started_at) for r in done] == [(Sport.RUN, START), (Sport.RIDE, at(100))]


@pytest.mark.parametrize("metres", ["NaN", "inf", "-1e400", "much", ""])
def test_a_distance_that_is_no_number_is_missing(metres: str) -> None:
    odd = f"<Trackpoint><Time>{iso(30)}</Time><DistanceMeters>{metres}</DistanceMeters></Trackpoint>"

    (run,) = decode_tcx(tcx(tcx_activity(tcx_lap([*steady(0, 30), odd, *steady(31, 61)]))))

    assert run.series.distance_m is not None
    assert np.isfinite(run.series.distance_m).all()
    assert run.series.distance_m[30] == pytest.approx(90.0)


@pytest.mark.parametrize("time", ["", "yesterday", "2026-13-01T00:00:00Z", "99999-01-01T00:00:00Z"])
def test_points_without_a_time_are_no_samples(time: str) -> None:
    points = [f"<Trackpoint><Time>{time}</Time></Trackpoint>"] * 3

    with pytest.raises(RecordingError, match="no samples"):
        decode_tcx(tcx(tcx_activity(tcx_lap(points))))


def test_a_course_is_no_activity() -> None:
    with pytest.raises(RecordingError, match="no activity"):
        decode_tcx(b"<TrainingCenterDatabase><Courses><Course><Track/></Course></Courses></TrainingCenterDatabase>")
