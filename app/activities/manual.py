"""An activity typed in by the athlete, in the service's own shape."""

from datetime import UTC
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.activities.bounds import Ascent, Cadence, Distance, Exertion, HeartRate, Notes, PositiveDuration, Power, Start, Title, UtcOffset
from app.activities.strava import offset_at
from chains.training.activity import Activity, Origin, Purpose, Source, Sport


class ManualActivity(BaseModel):
    """SI units; it counts for volume only, like every hand entry."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [{"sport": "run", "started_at": "2026-05-03T07:30:00+02:00", "elapsed_s": 3600, "distance_m": 10000}],
        },
    )

    sport: Sport
    sub_sport: Annotated[str, Field(max_length=50)] | None = None
    title: Title = ""
    started_at: Start
    utc_offset_s: UtcOffset | None = None
    elapsed_s: PositiveDuration
    moving_s: PositiveDuration | None = None
    distance_m: Distance = 0.0
    ascent_m: Ascent | None = None
    mean_hr: HeartRate | None = None
    max_hr: HeartRate | None = None
    mean_cadence: Cadence | None = None
    mean_power_w: Power | None = None
    trainer: bool = False
    purpose: Purpose | None = None
    planned: bool | None = None
    notes: Notes | None = None
    rpe: Exertion | None = None
    external_id: Annotated[str, Field(min_length=1, max_length=100)] | None = None

    @model_validator(mode="after")
    def _moves_within_elapsed(self) -> Self:
        if self.moving_s is not None and self.moving_s > self.elapsed_s:
            raise ValueError("moving_s must not exceed elapsed_s")
        return self

    def activity(self, activity_id: str, athlete_id: str, zone: ZoneInfo) -> Activity:
        """As the rest of the service knows it. A start in UTC says nothing about the place: then the athlete's zone does."""
        written = self.started_at.utcoffset()
        offset_s = round(written.total_seconds()) if written else offset_at(self.started_at, zone)
        return Activity(
            id=activity_id,
            athlete_id=athlete_id,
            sport=self.sport,
            sub_sport=self.sub_sport,
            title=self.title,
            started_at=self.started_at.astimezone(UTC),
            utc_offset_s=offset_s if self.utc_offset_s is None else self.utc_offset_s,
            elapsed_s=self.elapsed_s,
            moving_s=self.moving_s or self.elapsed_s,
            distance_m=self.distance_m,
            ascent_m=self.ascent_m,
            mean_hr=self.mean_hr or None,
            max_hr=self.max_hr or None,
            mean_cadence=self.mean_cadence or None,
            mean_power_w=self.mean_power_w or None,
            origin=Origin(source=Source.MANUAL, format="form", external_id=self.external_id),
            hand_entered=True,
            trainer=self.trainer,
            purpose=self.purpose,
            planned=self.planned,
            notes=self.notes or None,
            rpe=self.rpe,
        )
