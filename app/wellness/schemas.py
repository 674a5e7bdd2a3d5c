"""A day's wellness at the edge."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from app.bodies import RequestBody
from chains.training.wellness import Wellness

Score = Annotated[int, Field(ge=1, le=5, strict=True, description="1 (worst) to 5 (best)")]


class WellnessBody(RequestBody):
    """How a day was. PUT replaces the day."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"sleep_s": 27000, "hrv_ms": 62, "resting_hr": 47, "feel": 4, "soreness": 3}]}
    )

    sleep_s: Annotated[float, Field(ge=0, le=86_400)] | None = None
    hrv_ms: Annotated[float, Field(ge=1, le=400, description="rMSSD of the night")] | None = None
    resting_hr: Annotated[float, Field(ge=25, le=150)] | None = None
    feel: Score | None = None
    soreness: Score | None = None
    note: Annotated[str, Field(max_length=2000)] | None = None

    def to_wellness(self, day: date) -> Wellness:
        return Wellness(date=day, **self.model_dump())


class WellnessRead(BaseModel):
    date: date
    sleep_s: float | None
    hrv_ms: float | None
    resting_hr: float | None
    feel: int | None
    soreness: int | None
    note: str | None

    @classmethod
    def of(cls, wellness: Wellness) -> Self:
        return cls.model_validate(wellness, from_attributes=True)
