"""Builders of activities on their way in, and of the service that takes them."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pymongo.asynchronous.database import AsyncDatabase

from app.activities.repository import ActivityRepository, Entry
from app.activities.service import ActivityService, new_activity_id
from app.activities.strava import StravaActivity
from app.history.repository import HistoryRepository
from chains.training.activity import Activity, Origin, Source, Sport
from tests.shared_data import needs

ATHLETE = "athlete-one"
START = datetime(2026, 5, 3, 6, 30, tzinfo=UTC)


def activity(
    *,
    sport: Sport = Sport.RUN,
    start: datetime = START,
    days: float = 0.0,
    seconds: float = 0.0,
    km: float = 10.0,
    minutes: float = 55.0,
    source: Source = Source.FILE,
    external_id: str | None = None,
    athlete_id: str = ATHLETE,
    **fields: Any,
) -> Activity:
    """A run of 10 km on a Sunday morning unless said otherwise; later by `days` and `seconds`."""
    origin = Origin(source=source, format="fit" if source is Source.FILE else "summary", external_id=external_id)
    return replace(
        Activity(
            id=new_activity_id(),
            athlete_id=athlete_id,
            sport=sport,
            started_at=start + timedelta(days=days, seconds=seconds),
            utc_offset_s=7200,
            elapsed_s=minutes * 60,
            moving_s=minutes * 60,
            distance_m=km * 1000,
            origin=origin,
        ),
        **fields,
    )


def entry(*, series: bytes | None = None, **fields: Any) -> Entry:
    return Entry(activity=activity(**fields), series=series)


def service_on(database: AsyncDatabase[dict[str, Any]]) -> ActivityService:
    return ActivityService(ActivityRepository(database), HistoryRepository(database))


def real_summaries() -> Sequence[dict[str, Any]]:
    """1,808 Strava summaries of one runner."""
    with gzip.open(needs("strava", "history_runner", "activities.ndjson.gz"), "rt") as lines:
        return [json.loads(line) for line in lines]


def real_activities() -> list[Activity]:
    zone = ZoneInfo("UTC")
    return [StravaActivity.model_validate(summary).activity(new_activity_id(), ATHLETE, zone) for summary in real_summaries()]
