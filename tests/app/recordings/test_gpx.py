"""GPX files: distance by coordinates, pauses by gaps, sports by whatever says so."""

import pytest

from app.recordings.gpx import decode_gpx
from chains.errors import RecordingError
from chains.training.activity import Sport
from tests.app.recordings.documents import START, gpx, gpx_point

STEP = 0.00002
"""Degrees of latitude: 2.22 m."""


def running(first: int, last: int, **fields: str) -> list[str]:
    return [gpx_point(s, latitude=STEP * s, extension=fields.get("extension", "")) for s in range(first, last)]


def test_a_track_becomes_one_row_a_second() -> None:
    (run,) = decode_gpx("a.gpx", gpx(running(0, 61, extension="<gpxtpx:hr>140</gpxtpx:hr><gpxtpx:cad>84</gpxtpx:cad>")))

    assert (run.sport, run.format, run.title, run.started_at, run.device) == (Sport.RUN, "gpx", "Morning", START, "A watch")
    assert run.series.moving.sum() == 60
    assert run.series.distance_m is not None
    assert run.series.distance_m[-1] == pytest.approx(60 * 2.2239, rel=1e-3)
    assert run.series.cadence is not None
    assert run.series.cadence[30] == 168.0
    assert run.series.heart_rate is not None
    assert run.series.heart_rate[30] == 140.0


def test_a_gap_counts_neither_its_time_nor_what_was_travelled() -> None:
    (run,) = decode_gpx("a.gpx", gpx([*running(0, 31), *running(90, 121)]))

    assert [(p.start_s, p.duration_s) for p in run.pauses] == [(30.0, 60.0)]
    assert run.series.distance_m is not None
    assert run.series.distance_m[-1] == pytest.approx(60 * 2.2239, rel=1e-3)
    assert run.series.moving.sum() == pytest.approx(60, abs=5)


def test_a_new_segment_is_a_pause_however_short() -> None:
    (run,) = decode_gpx("a.gpx", gpx(running(0, 31), running(36, 61)))

    assert [(p.start_s, p.duration_s) for p in run.pauses] == [(30.0, 6.0)]


def test_a_file_that_samples_every_ten_seconds_has_no_pauses_for_it() -> None:
    points = [gpx_point(s, latitude=STEP * s / 2) for s in range(0, 301, 11)]

    (swim,) = decode_gpx("a.gpx", gpx(points, sport="16"))

    assert swim.sport is Sport.SWIM
    assert swim.pauses == ()
    assert swim.series.moving.sum() == len(swim.series) - 1


def test_points_out_of_order_are_sorted() -> None:
    points = running(0, 61)

    (run,) = decode_gpx("a.gpx", gpx(points[30:] + points[:30]))

    assert run.started_at == START
    assert run.series.distance_m is not None
    assert run.series.distance_m[-1] == pytest.approx(60 * 2.2239, rel=1e-3)


@pytest.mark.parametrize(
    ("file_name", "name", "sport", "expected"),
    [
        ("20170708-154835-Run.gpx.gz", "", "", Sport.RUN),
        ("1.gpx", "Afternoon Ride", "", Sport.RIDE),
        ("1.gpx", "", "9", Sport.RUN),
        ("1.gpx", "Lunch Ride", "trail_running", Sport.RUN),
        ("1.gpx", "With the dog", "", Sport.OTHER),
    ],
)
def test_the_sport_is_found_where_it_is_said(file_name: str, name: str, sport: str, expected: Sport) -> None:
    (recording,) = decode_gpx(file_name, gpx(running(0, 61), name=name, sport=sport))

    assert recording.sport is expected


@pytest.mark.parametrize(
    ("creator", "device"), [("StravaGPX", None), ("StravaGPX Android", "Android"), ("Garmin Connect", None), ("Suunto app", "Suunto app")]
)
def test_an_exporter_is_no_device(creator: str, device: str | None) -> None:
    (recording,) = decode_gpx("a.gpx", gpx(running(0, 61), creator=creator))

    assert recording.device == device


def test_a_track_without_times_is_a_route() -> None:
    with pytest.raises(RecordingError, match="no times"):
        decode_gpx("a.gpx", gpx(['<trkpt lat="1" lon="1"/>', '<trkpt lat="2" lon="1"/>']))


def test_a_file_without_tracks_is_a_route() -> None:
    with pytest.raises(RecordingError, match="no track"):
        decode_gpx("a.gpx", b'<gpx version="1.1" creator="x"><rte><rtept lat="1" lon="1"/></rte></gpx>')


def test_samples_an_hour_apart_make_nothing() -> None:
    with pytest.raises(RecordingError, match="too far apart"):
        decode_gpx("a.gpx", gpx([gpx_point(0), gpx_point(3600)]))


def test_no_coordinate_reaches_an_error() -> None:
    with pytest.raises(RecordingError) as error:
        decode_gpx("a.gpx", gpx(['<trkpt lat="47.123456" lon="eleven"/>']))

    assert "47.123456" not in str(error.value)
    assert "eleven" not in str(error.value)
