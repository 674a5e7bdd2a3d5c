"""Strava's payloads, real ones, as activities."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from app.activities.intake import parsed, reason_of
from app.activities.strava import StravaActivity
from chains.training.activity import Activity, Purpose, Source, Sport
from tests.app.activities.entries import ATHLETE, real_activities, real_summaries
from tests.shared_data import needs

UTC_ZONE = ZoneInfo("UTC")


def strava(**fields: Any) -> Activity:
    """A morning run in Stockholm unless said otherwise."""
    base = {
        "id": 17,
        "name": "Morning Run",
        "sport_type": "Run",
        "start_date": "2026-05-03T05:30:00Z",
        "utc_offset": 7200,
        "elapsed_time": 3720,
        "moving_time": 3600,
        "distance": 12000.5,
        "total_elevation_gain": 80,
    }
    return StravaActivity.model_validate(base | fields).activity("a1", ATHLETE, UTC_ZONE)


def real(*path: str) -> Activity:
    payload = json.loads(needs("strava", *path).read_text())
    return StravaActivity.model_validate(payload.get("activity", payload)).activity("a1", ATHLETE, UTC_ZONE)


def test_summary_becomes_an_activity() -> None:
    activity = strava(average_heartrate=150.5, max_heartrate=175, average_cadence=86.5, average_temp=21, device_name="Suunto 9")

    assert (activity.sport, activity.title, activity.distance_m) == (Sport.RUN, "Morning Run", 12000.5)
    assert activity.started_at == datetime(2026, 5, 3, 5, 30, tzinfo=UTC)
    assert activity.local_start == datetime(2026, 5, 3, 7, 30)  # noqa: DTZ001 - wall-clock time
    assert (activity.mean_hr, activity.max_hr, activity.temperature_c, activity.device) == (150.5, 175.0, 21.0, "Suunto 9")
    assert activity.mean_cadence == 173.0, "Strava counts one leg"
    assert (activity.origin.source, activity.origin.format, activity.origin.external_id) == (Source.STRAVA, "summary", "17")


@pytest.mark.parametrize(
    ("fields", "sport", "sub_sport"),
    [
        ({"sport_type": "TrailRun"}, Sport.RUN, "trail"),
        ({"trainer": True}, Sport.RUN, "treadmill"),
        ({"sport_type": "VirtualRide", "trainer": True}, Sport.RIDE, "virtual"),
        ({"sport_type": "Ride", "trainer": True}, Sport.RIDE, "indoor"),
        ({"sport_type": None, "type": "Swim"}, Sport.SWIM, None),
        ({"sport_type": "StandUpPaddling"}, Sport.OTHER, "stand_up_paddling"),
        ({"sport_type": "EBikeRide"}, Sport.RIDE, "e_bike"),
    ],
)
def test_sport(fields: dict[str, Any], sport: Sport, sub_sport: str | None) -> None:
    assert (strava(**fields).sport, strava(**fields).sub_sport) == (sport, sub_sport)


@pytest.mark.parametrize(
    ("fields", "purpose"),
    [
        ({"workout_type": 0}, None),
        ({"workout_type": 1}, Purpose.RACE),
        ({"workout_type": 2}, Purpose.LONG),
        ({"workout_type": 3}, Purpose.WORKOUT),
        ({"sport_type": "Ride", "workout_type": 11}, Purpose.RACE),
        ({"sport_type": "Ride", "workout_type": 12}, Purpose.WORKOUT),
        ({"sport_type": "Swim", "workout_type": 1}, None),
        ({"commute": True}, Purpose.COMMUTE),
    ],
)
def test_purpose(fields: dict[str, Any], purpose: Purpose | None) -> None:
    assert strava(**fields).purpose == purpose


def test_power_is_measured_only_with_device_watts_and_weighted_power_is_dropped() -> None:
    ride = strava(sport_type="Ride", average_watts=184.7, weighted_average_watts=206, device_watts=True, average_cadence=90)

    assert (ride.mean_power_w, ride.device_power, ride.mean_cadence, ride.metrics) == (184.7, True, 90.0, None)
    assert not strava(sport_type="Ride", average_watts=147.3, device_watts=False).device_power


def test_heart_rate_that_strava_says_is_not_there_is_not_taken() -> None:
    assert strava(has_heartrate=False, average_heartrate=150).mean_hr is None
    assert strava(has_heartrate=True, average_heartrate=0).mean_hr is None


def test_hand_entry_has_no_ascent_it_did_not_measure() -> None:
    entered = strava(manual=True, total_elevation_gain=0)

    assert (entered.hand_entered, entered.ascent_m) == (True, None)


@pytest.mark.parametrize(
    ("fields", "offset_s"),
    [
        ({"start_date_local": "2026-05-02T22:30:00Z"}, -25200),
        ({"timezone": "(GMT-08:00) America/Los_Angeles"}, -25200),
        ({"timezone": "(GMT+99:00) Nowhere/Else"}, 7200),
        ({}, 7200),
    ],
)
def test_offset_from_what_there_is(fields: dict[str, Any], offset_s: int) -> None:
    sent = {"type": "Run", "start_date": "2026-05-03T05:30:00Z", "elapsed_time": 60, **fields}

    assert StravaActivity.model_validate(sent).activity("a1", ATHLETE, ZoneInfo("Europe/Stockholm")).utc_offset_s == offset_s


def test_real_detailed_ride() -> None:
    ride = real("sweatpy", "activity_3547667536.json")

    assert ride.origin.format == "detailed"
    assert ride.detail is not None
    assert len(ride.detail.laps) == 11
    assert len(ride.detail.splits) == 53
    assert sum(split.distance_m for split in ride.detail.splits) == pytest.approx(ride.distance_m, rel=0.01)
    assert (ride.device, ride.device_power, ride.max_power_w) == ("Garmin Forerunner 935", True, 1052)


def test_real_detailed_run_carries_best_efforts_by_elapsed_time() -> None:
    run = real("stravalib", "activity.3.json")

    assert run.metrics is not None
    first = run.metrics.distance_efforts[0]
    assert (first.distance_m, first.elapsed_s, first.start_s) == (400, 134, 228)
    assert run.utc_offset_s == -8 * 3600


def test_other_real_payloads() -> None:
    missing_km = real("elevate", "5002496450.json")
    zwift = real("elevate", "6271393008.json")
    hike = real("stravalib", "activity-manual.3.json")

    assert (missing_km.hand_entered, missing_km.rpe) == (True, 3.0)
    assert (zwift.sport, zwift.sub_sport, zwift.device) == (Sport.RIDE, "virtual", "Zwift")
    assert (hike.sport, hike.utc_offset_s) == (Sport.HIKE, -8 * 3600)


def test_the_real_history_is_read_whole() -> None:
    activities = real_activities()

    assert len(activities) == 1808
    assert sum(a.mean_hr is not None for a in activities) == 1631
    assert sum(a.hand_entered for a in activities) == 23
    days = [a.local_date.isoformat() for a in activities]
    assert days == [summary["start_date_local"][:10] for summary in real_summaries()]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"elapsed_time": float("nan")}, "elapsed_time: Input should be a finite number"),
        ({"average_heartrate": float("inf")}, "average_heartrate: Input should be a finite number"),
        ({"distance": -1}, "distance: Input should be greater than or equal to 0"),
        ({"average_heartrate": 301}, "average_heartrate: Input should be less than or equal to 300"),
        ({"start_date": "2026-05-03T05:30:00"}, "start_date: Input should have timezone info"),
        ({"start_date": None}, "start_date: Input should be a valid datetime"),
        ({"start_date": 1777786200}, "start_date: Value error, must be a date and time as YYYY-MM-DDTHH:MM:SS with an offset from UTC"),
        ({"elapsed_time": 0}, "elapsed_time: Input should be greater than or equal to 1"),
        ({"laps": [{"elapsed_time": -5}]}, "laps.0.elapsed_time: Input should be greater than or equal to 0"),
    ],
)
def test_bad_item_names_field_and_limit(fields: dict[str, Any], reason: str) -> None:
    sent = {"type": "Run", "start_date": "2026-05-03T05:30:00Z", "elapsed_time": 60, "name": "secret", **fields}

    with pytest.raises(ValidationError) as wrong:
        parsed(sent)

    assert reason_of(wrong.value) == reason


@pytest.mark.parametrize("item", [7, None, "run", [], {}, {"sport": "run"}])
def test_nonsense_is_refused(item: object) -> None:
    with pytest.raises(ValidationError):
        parsed(item)
