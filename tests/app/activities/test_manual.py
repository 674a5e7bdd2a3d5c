"""Activities typed in by hand."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from app.activities.intake import parsed, reason_of
from chains.training.activity import Activity, Source
from tests.app.activities.entries import ATHLETE


def manual(**fields: Any) -> Activity:
    base = {"sport": "run", "started_at": "2026-05-03T07:30:00+02:00", "elapsed_s": 3600, "distance_m": 10000}
    return parsed(base | fields).activity("a1", ATHLETE, ZoneInfo("America/New_York"))


def test_counts_as_hand_entered() -> None:
    activity = manual()

    assert activity.hand_entered
    assert (activity.origin.source, activity.moving_s) == (Source.MANUAL, 3600)


@pytest.mark.parametrize(
    ("fields", "offset_s"),
    [({}, 7200), ({"started_at": "2026-05-03T07:30:00Z"}, -4 * 3600), ({"utc_offset_s": 3600}, 3600)],
)
def test_local_day(fields: dict[str, Any], offset_s: int) -> None:
    assert manual(**fields).utc_offset_s == offset_s


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"moving_s": 4000}, "activity: Value error, moving_s must not exceed elapsed_s"),
        ({"pace": 5}, "pace: Extra inputs are not permitted"),
        ({"rpe": 11}, "rpe: Input should be less than or equal to 10"),
        ({"distance_m": float("nan")}, "distance_m: Input should be a finite number"),
    ],
)
def test_bad_field_is_named(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        manual(**fields)

    assert reason_of(wrong.value) == reason
