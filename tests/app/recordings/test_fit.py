"""FIT files: sessions, timer, lengths, totals, damage."""

from datetime import timedelta

import numpy as np
import pytest

from app.recordings.fit import decode_fit
from chains.errors import RecordingError
from chains.training.activity import Sport
from tests.app.recordings.documents import START, at, fit, fit_records, fit_session, fit_timer
from tests.shared_data import needs


def test_a_session_becomes_one_row_a_second() -> None:
    (run,) = decode_fit(fit(*fit_records(range(61), heart_rate=150, altitude=12.0), fit_session(total_ascent=4, avg_heart_rate=149)))

    assert (run.sport, run.format, run.started_at) == (Sport.RUN, "fit", START)
    assert run.device == "Garmin Forerunner 935"
    assert len(run.series) == 61
    assert run.series.moving.sum() == 60
    assert run.series.distance_m is not None
    assert run.series.distance_m[-1] == pytest.approx(180.0)
    assert run.series.heart_rate is not None
    assert set(run.series.heart_rate) == {150.0}
    assert run.series.power_w is None
    assert not run.device_power
    assert (run.totals.ascent_m, run.totals.mean_hr, run.totals.mean_power_w) == (4.0, 149.0, None)


def test_smart_recording_is_interpolated_up_to_ten_seconds() -> None:
    records = [("record", {"timestamp": at(s), "distance": 3.0 * s, "heart_rate": 100 + s}) for s in (*range(11), 20, 31, *range(32, 41))]

    (run,) = decode_fit(fit(*records, fit_session()))

    assert run.series.heart_rate is not None
    assert run.series.heart_rate[15] == pytest.approx(115.0)
    assert np.isnan(run.series.heart_rate[21:31]).all()
    assert run.series.heart_rate[31] == pytest.approx(131.0)
    assert [(p.start_s, p.duration_s) for p in run.pauses] == [(20.0, 11.0)]


def test_a_stopped_timer_is_a_pause_however_short() -> None:
    records = [*fit_records(range(21)), *fit_records(range(28, 61))]

    (run,) = decode_fit(fit(fit_timer(0, "start"), *records, fit_timer(20, "stop_all"), fit_timer(28, "start"), fit_session()))

    assert [(p.start_s, p.duration_s) for p in run.pauses] == [(20.0, 8.0)]
    assert not run.series.moving[20:28].any()


def test_standing_with_the_timer_on_is_not_moving() -> None:
    standing = [("record", {"timestamp": at(60 + s), "distance": 180.0}) for s in range(1, 61)]

    (run,) = decode_fit(fit(*fit_records(range(61)), *standing, fit_session(seconds=120)))

    assert run.series.moving.sum() == pytest.approx(60, abs=3)
    assert run.pauses == ()


def test_cadence_on_foot_counts_both_legs_and_on_the_bike_turns() -> None:
    records = fit_records(range(61), cadence=85, fractional_cadence=0.5)

    (run,), (ride,) = (decode_fit(fit(*records, fit_session(sport=sport))) for sport in ("running", "cycling"))

    assert run.series.cadence is not None
    assert ride.series.cadence is not None
    assert run.series.cadence[30] == pytest.approx(171.0)
    assert ride.series.cadence[30] == pytest.approx(85.5)


def test_values_that_no_sensor_means_are_missing() -> None:
    records = fit_records(range(61), heart_rate=0, power=65535, altitude=-500.0)

    (run,) = decode_fit(fit(*records, fit_session()))

    assert (run.series.heart_rate, run.series.power_w, run.series.altitude_m) == (None, None, None)


def test_multisport_is_one_recording_per_session_without_the_transition() -> None:
    sessions = [
        fit_session(start=0, seconds=60, sport="swimming"),
        fit_session(start=60, seconds=20, sport="transition"),
        fit_session(start=80, seconds=40, sport="cycling"),
    ]

    swim, ride = decode_fit(fit(*fit_records(range(121)), *sessions))

    assert (swim.sport, swim.started_at, len(swim.series)) == (Sport.SWIM, START, 60)
    assert (ride.sport, ride.started_at, len(ride.series)) == (Sport.RIDE, START + timedelta(seconds=80), 41)


def test_a_pool_swim_moves_within_its_lengths() -> None:
    lengths = [
        ("length", {"timestamp": at(end), "start_time": at(start), "total_timer_time": end - start, "length_type": kind})
        for start, end, kind in ((0, 40, "active"), (40, 60, "idle"), (60, 110, "active"))
    ]
    records = [("record", {"timestamp": at(s)}) for s in (40, 110)]
    session = fit_session(seconds=110, sport="swimming", total_distance=50.0, pool_length=25.0)

    (swim,) = decode_fit(fit(*records, *lengths, ("session", {**session[1], "sub_sport": "lap_swimming"})))

    assert swim.sub_sport == "pool"
    assert swim.series.moving.sum() == 90
    assert swim.series.distance_m is not None
    assert [swim.series.distance_m[i] for i in (0, 20, 40, 60, 85, 110)] == pytest.approx([0, 12.5, 25, 25, 37.5, 50])


def test_a_length_without_end_is_refused_before_memory_is_spent() -> None:
    endless = ("length", {"timestamp": at(60), "start_time": at(0), "total_timer_time": 4_000_000.0, "length_type": "active"})

    with pytest.raises(RecordingError, match="seven days"):
        decode_fit(fit(*fit_records(range(61)), endless, fit_session(sport="swimming")))


def test_laps_start_where_the_session_does() -> None:
    lap = {
        "timestamp": at(60),
        "start_time": at(30),
        "total_elapsed_time": 30.0,
        "total_timer_time": 25.0,
        "total_distance": 90.0,
        "lap_trigger": "distance",
    }

    (run,) = decode_fit(fit(*fit_records(range(61)), ("lap", lap), fit_session()))

    (only,) = run.laps
    assert (only.start_s, only.elapsed_s, only.moving_s, only.distance_m, only.trigger) == (30.0, 30.0, 25.0, 90.0, "distance")


@pytest.mark.parametrize(
    ("manufacturer", "hours", "offset_s"),
    [("garmin", -7, -25_200), ("garmin", 0, 0), ("coros", 0, None), ("coros", 5.75, 20_700), ("garmin", 20, None)],
)
def test_local_time_gives_the_offset_where_it_is_plausible(manufacturer: str, hours: float, offset_s: int | None) -> None:
    activity = ("activity", {"timestamp": at(60), "local_timestamp": int(at(60 + hours * 3600).timestamp()) - 631_065_600})

    (run,) = decode_fit(fit(*fit_records(range(61)), fit_session(), activity, manufacturer=manufacturer))

    assert run.utc_offset_s == offset_s


def test_an_indoor_ride_without_speed_moves_while_the_cranks_turn() -> None:
    turning = [("record", {"timestamp": at(s), "distance": 0.0, "cadence": 80, "power": 150}) for s in range(40)]
    resting = [("record", {"timestamp": at(s), "distance": 0.0, "cadence": 0, "power": 0}) for s in range(40, 61)]
    session = fit_session(sport="cycling")

    (ride,) = decode_fit(fit(*turning, *resting, ("session", {**session[1], "sub_sport": "indoor_cycling"})))

    assert (ride.sub_sport, ride.trainer, ride.device_power) == ("indoor", True, True)
    assert ride.series.moving.sum() == 40


def test_a_course_is_no_activity() -> None:
    with pytest.raises(RecordingError, match="type course"):
        decode_fit(fit(*fit_records(range(61)), file_type="course"))


def test_a_file_without_records_has_no_samples() -> None:
    with pytest.raises(RecordingError, match="no samples"):
        decode_fit(fit(fit_session()))


def test_a_clock_that_jumps_once_costs_one_sample() -> None:
    stray = ("record", {"timestamp": at(90 * 86_400), "distance": 5.0})

    (run,) = decode_fit(fit(*fit_records(range(301)), stray, fit_session(seconds=300)))

    assert len(run.series) == 301


def test_records_over_two_weeks_are_a_broken_clock() -> None:
    with pytest.raises(RecordingError, match="seven days"):
        decode_fit(fit(*fit_records([0, 7 * 86_400, 14 * 86_400]), fit_session()))


def test_a_truncated_file_gives_what_can_be_read() -> None:
    whole = fit(fit_session(seconds=300), *fit_records(range(301)))

    (run,) = decode_fit(whole[: len(whole) * 2 // 3])

    assert 100 < len(run.series) < 250


def test_a_wrong_checksum_costs_nothing() -> None:
    whole = fit(*fit_records(range(61)), fit_session())

    (run,) = decode_fit(whole[:-2] + b"\0\0")

    assert len(run.series) == 61


def test_a_file_cut_off_in_its_header_is_damaged() -> None:
    with pytest.raises(RecordingError, match="damaged"):
        decode_fit(fit(*fit_records(range(61)))[:13])


def test_compressed_timestamps_are_read() -> None:
    """The header form of small devices: five bits of seconds since the last full timestamp."""
    full = fit(("record", {"timestamp": START, "heart_rate": 120}))
    body = full[14:-2]
    definition = bytes([0x41, 0, 0, 20, 0, 1, 3, 1, 2])  # local message 1: record with a heart rate
    base = (int(START.timestamp()) - 631_065_600) & 0x1F
    rows = b"".join(bytes([0x80 | 1 << 5 | (base + s) % 32, 120 + s]) for s in range(1, 31))
    content = body + definition + rows
    header = full[:4] + len(content).to_bytes(4, "little") + full[8:12] + b"\0\0"

    (run,) = decode_fit(header + content + b"\0\0")

    assert run.series.heart_rate is not None
    assert run.series.heart_rate[-1] == 150.0
    assert len(run.series) == 31


def test_heart_rate_that_a_strap_kept_under_water_is_merged() -> None:
    content = needs("activities", "elevate_files", "swimming", "spiros-02.fit").read_bytes()

    (swim,) = decode_fit(content)

    assert swim.series.heart_rate is not None
    assert np.nanmax(swim.series.heart_rate) == swim.totals.max_hr == 156
