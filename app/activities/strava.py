"""Strava's summary and detailed activities as they really arrive, and what they mean as an `Activity`.

The published swagger leaves out heart rate, cadence and device, so models generated from it do not fit; this one reads real payloads.
`weighted_average_watts` is not Normalized Power and the grade-adjusted speeds of splits are not Minetti's: neither is taken over.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field

from app.activities.bounds import (
    Altitude,
    Ascent,
    Cadence,
    Distance,
    Duration,
    Exertion,
    HeartRate,
    Notes,
    PositiveDuration,
    Power,
    Speed,
    Start,
    Temperature,
    Title,
    UtcOffset,
)
from chains.training.activity import Activity, ActivityDetail, DistanceEffort, Lap, Origin, Purpose, RecordingMetrics, Source, Split, Sport

_SPORTS: Mapping[str, tuple[Sport, str | None]] = {
    "Run": (Sport.RUN, None),
    "TrailRun": (Sport.RUN, "trail"),
    "VirtualRun": (Sport.RUN, "virtual"),
    "Ride": (Sport.RIDE, None),
    "GravelRide": (Sport.RIDE, "gravel"),
    "MountainBikeRide": (Sport.RIDE, "mountain"),
    "VirtualRide": (Sport.RIDE, "virtual"),
    "EBikeRide": (Sport.RIDE, "e_bike"),
    "EMountainBikeRide": (Sport.RIDE, "e_mountain_bike"),
    "Handcycle": (Sport.RIDE, "handcycle"),
    "Velomobile": (Sport.RIDE, "velomobile"),
    "Swim": (Sport.SWIM, None),
    "Walk": (Sport.WALK, None),
    "Hike": (Sport.HIKE, None),
    "WeightTraining": (Sport.STRENGTH, None),
    "Crossfit": (Sport.STRENGTH, "crossfit"),
}
"""Every other type is `Sport.OTHER` under its own name."""

_INDOORS: Mapping[Sport, str] = {Sport.RUN: "treadmill", Sport.RIDE: "indoor"}

_PURPOSES: Mapping[int, Purpose] = {1: Purpose.RACE, 2: Purpose.LONG, 3: Purpose.WORKOUT, 11: Purpose.RACE, 12: Purpose.WORKOUT}
"""`workout_type`: 0 to 3 for runs, 10 to 12 for rides."""

_ON_FOOT = frozenset({Sport.RUN, Sport.WALK, Sport.HIKE})

MAX_PARTS = 2_000
"""Laps, splits or efforts of one activity."""


class _StravaPart(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    distance: Distance = 0.0
    elapsed_time: Duration
    moving_time: Duration | None = None
    average_heartrate: HeartRate | None = None
    average_watts: Power | None = None
    start_date: Start | None = None


class StravaActivity(BaseModel):
    """SummaryActivity or DetailedActivity; unknown fields are ignored, because Strava adds some every year."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Annotated[int, Field(gt=0, lt=2**63)] | None = None
    name: Title = ""
    sport_type: Annotated[str, Field(min_length=1, max_length=50)] | None = None
    type: Annotated[str, Field(min_length=1, max_length=50)] = "Workout"
    workout_type: int | None = None
    start_date: Start
    start_date_local: datetime | None = None
    utc_offset: UtcOffset | None = None
    timezone: Annotated[str, Field(max_length=100)] | None = None
    elapsed_time: PositiveDuration
    moving_time: Duration | None = None
    distance: Distance | None = None
    total_elevation_gain: Ascent | None = None
    elev_low: Altitude | None = None
    elev_high: Altitude | None = None
    has_heartrate: bool | None = None
    average_heartrate: HeartRate | None = None
    max_heartrate: HeartRate | None = None
    average_cadence: Cadence | None = None
    average_watts: Power | None = None
    max_watts: Power | None = None
    device_watts: bool | None = None
    max_speed: Speed | None = None
    average_temp: Temperature | None = None
    device_name: Annotated[str, Field(max_length=200)] | None = None
    manual: bool = False
    trainer: bool | None = None
    commute: bool | None = None
    description: Notes | None = None
    perceived_exertion: Exertion | None = None
    laps: Annotated[Sequence[_StravaPart], Field(max_length=MAX_PARTS)] | None = None
    splits_metric: Annotated[Sequence[_StravaPart], Field(max_length=MAX_PARTS)] | None = None
    best_efforts: Annotated[Sequence[_StravaPart], Field(max_length=MAX_PARTS)] | None = None
    resource_state: int | None = None

    def activity(self, activity_id: str, athlete_id: str, zone: ZoneInfo) -> Activity:
        """As the rest of the service knows it; `zone` serves where the payload has no offset of its own."""
        sport, sub_sport = self._sport()
        moving_s = self.moving_time or self.elapsed_time
        foot = sport in _ON_FOOT
        heart = self.has_heartrate is not False
        return Activity(
            id=activity_id,
            athlete_id=athlete_id,
            sport=sport,
            sub_sport=sub_sport,
            title=self.name,
            started_at=self.start_date.astimezone(UTC),
            utc_offset_s=self._utc_offset_s(zone),
            elapsed_s=max(self.elapsed_time, moving_s),
            moving_s=moving_s,
            distance_m=self.distance or 0.0,
            ascent_m=self._ascent_m(),
            altitude_low_m=self.elev_low,
            altitude_high_m=self.elev_high,
            mean_hr=(self.average_heartrate or None) if heart else None,
            max_hr=(self.max_heartrate or None) if heart else None,
            # Strava counts the steps of one leg.
            mean_cadence=(self.average_cadence or 0.0) * (2 if foot else 1) or None,
            mean_power_w=self.average_watts or None,
            max_power_w=self.max_watts or None,
            max_speed_mps=self.max_speed or None,
            device_power=self.device_watts is True,
            temperature_c=self.average_temp,
            origin=self._origin(),
            device=self.device_name or None,
            hand_entered=self.manual,
            trainer=bool(self.trainer),
            purpose=self._purpose(sport),
            notes=self.description or None,
            rpe=self.perceived_exertion,
            metrics=self._metrics() if self.best_efforts else None,
            detail=self._detail() if self._is_detailed() else None,
        )

    def _origin(self) -> Origin:
        return Origin(
            source=Source.STRAVA,
            format="detailed" if self._is_detailed() else "summary",
            external_id=str(self.id) if self.id is not None else None,
        )

    def _sport(self) -> tuple[Sport, str | None]:
        name = self.sport_type or self.type
        sport, sub_sport = _SPORTS.get(name, (Sport.OTHER, re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()))
        if self.trainer and sub_sport is None:
            sub_sport = _INDOORS.get(sport)
        return sport, sub_sport

    def _purpose(self, sport: Sport) -> Purpose | None:
        if self.commute:
            return Purpose.COMMUTE
        return _PURPOSES.get(self.workout_type or 0) if sport in {Sport.RUN, Sport.RIDE} else None

    def _utc_offset_s(self, zone: ZoneInfo) -> int:
        if self.utc_offset is not None:
            return self.utc_offset
        if self.start_date_local is not None:
            # Strava writes local time with a 'Z' that means nothing.
            offset = self.start_date_local.replace(tzinfo=UTC) - self.start_date
            if abs(offset) <= timedelta(hours=14):
                return round(offset.total_seconds())
        named = (self.timezone or "").rpartition(" ")[2]
        return offset_at(self.start_date, ZoneInfo(named) if named in available_timezones() else zone)

    def _ascent_m(self) -> float | None:
        """A nought of a hand entry or an indoor session means that nobody measured."""
        unmeasured = not self.total_elevation_gain and (self.manual or self.trainer)
        return None if unmeasured else self.total_elevation_gain

    def _is_detailed(self) -> bool:
        return bool(self.laps or self.splits_metric or self.best_efforts)

    def _since_start(self, part: _StravaPart) -> float:
        return max((part.start_date - self.start_date).total_seconds(), 0.0) if part.start_date else 0.0

    def _detail(self) -> ActivityDetail:
        return ActivityDetail(
            laps=tuple(
                Lap(
                    start_s=self._since_start(lap),
                    elapsed_s=lap.elapsed_time,
                    moving_s=_moving_s(lap),
                    distance_m=lap.distance,
                    mean_hr=lap.average_heartrate or None,
                    mean_power_w=lap.average_watts or None,
                )
                for lap in self.laps or ()
            ),
            splits=tuple(
                Split(
                    index=index,
                    distance_m=split.distance,
                    elapsed_s=split.elapsed_time,
                    moving_s=_moving_s(split),
                    mean_hr=split.average_heartrate or None,
                )
                for index, split in enumerate(self.splits_metric or (), start=1)
            ),
        )

    def _metrics(self) -> RecordingMetrics:
        """What Strava worked out of the samples that we do not have."""
        return RecordingMetrics(
            distance_efforts=tuple(
                DistanceEffort(distance_m=effort.distance, elapsed_s=effort.elapsed_time, start_s=self._since_start(effort))
                for effort in self.best_efforts or ()
                if effort.distance > 0 and effort.elapsed_time > 0
            ),
        )


def _moving_s(part: _StravaPart) -> float:
    return part.elapsed_time if part.moving_time is None else part.moving_time


def offset_at(instant: datetime, zone: ZoneInfo) -> int:
    """Seconds east of UTC in that zone at that moment."""
    offset = instant.astimezone(zone).utcoffset()
    return round(offset.total_seconds()) if offset is not None else 0
