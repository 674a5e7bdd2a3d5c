"""Activities at the edge: what a caller reads, what they may change, what became of what they sent."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.activities.bounds import Exertion, Notes, PositiveDuration, Title
from app.activities.intake import Refused
from app.activities.service import Fate, Outcome
from app.bodies import each_once
from chains.training.activity import Activity, ActivityDetail, Origin, Purpose, RecordingMetrics, SeriesName, Sport

PAGE_LIMIT, MAX_PAGE_LIMIT = 50, 200


class ActivityCard(BaseModel):
    """An activity in a list. SI units; heart rate in bpm; cadence counts both legs on foot."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    sport: Sport
    sub_sport: str | None
    title: str
    started_at: datetime
    utc_offset_s: int
    local_date: date
    elapsed_s: float
    moving_s: float
    distance_m: float
    ascent_m: float | None
    altitude_low_m: float | None
    altitude_high_m: float | None
    mean_hr: float | None
    max_hr: float | None
    mean_cadence: float | None
    mean_power_w: float | None
    max_power_w: float | None
    max_speed_mps: float | None
    device_power: bool
    temperature_c: float | None
    origin: Origin
    device: str | None
    hand_entered: bool
    trainer: bool
    purpose: Purpose | None
    planned: bool | None
    notes: str | None
    rpe: float | None
    weather: str | None
    official_time_s: float | None
    excluded_series: tuple[SeriesName, ...]

    @classmethod
    def of(cls, activity: Activity) -> Self:
        return cls.model_validate(activity)


class ActivityRead(ActivityCard):
    """One activity with what its samples told: metrics, laps, pauses, splits and best efforts."""

    metrics: RecordingMetrics | None
    detail: ActivityDetail | None


class ActivityPage(BaseModel):
    items: list[ActivityCard]
    next_cursor: str | None


class ActivityPatch(BaseModel):
    """What the athlete says about an activity; null empties a field, an absent one stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"title": "Club race", "purpose": "race", "rpe": 8}]})

    title: Title | None = None
    notes: Notes | None = None
    rpe: Exertion | None = None
    purpose: Purpose | None = None
    planned: bool | None = None
    weather: Annotated[str, Field(max_length=500)] | None = None
    official_time_s: PositiveDuration | None = None
    excluded_series: Annotated[Sequence[SeriesName], Field(max_length=len(SeriesName)), AfterValidator(each_once)] | None = None

    def changes(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_unset=True)


class TakenItem(BaseModel):
    """Position in what was sent, and the activity that now stands for it."""

    index: int
    activity_id: str


class KnownItem(TakenItem):
    enriched: bool
    """True where this one was richer and its numbers replaced the known ones."""


class FailedItem(BaseModel):
    index: int
    reason: str


class AddedActivities(BaseModel):
    """What became of each item, by its position."""

    imported: list[TakenItem]
    duplicate: list[KnownItem]
    failed: list[FailedItem]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome | Refused]) -> Self:
        taken = [(index, outcome) for index, outcome in enumerate(outcomes) if isinstance(outcome, Outcome)]
        return cls(
            imported=[TakenItem(index=i, activity_id=o.activity_id) for i, o in taken if o.fate is Fate.IMPORTED],
            duplicate=[
                KnownItem(index=i, activity_id=o.activity_id, enriched=o.fate is Fate.ENRICHED)
                for i, o in taken
                if o.fate is not Fate.IMPORTED
            ],
            failed=[FailedItem(index=i, reason=o.reason) for i, o in enumerate(outcomes) if isinstance(o, Refused)],
        )
