"""What a number sent to the service may be: finite, and inside limits that no honest recording reaches."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

MAX_ACTIVITIES = 5_000
"""In one array; a bigger history comes in several or as an export."""

FIRST_START = datetime(1970, 1, 1, tzinfo=UTC)
LAST_START = datetime(2100, 1, 1, tzinfo=UTC)
"""Of what is sent as JSON and of recordings alike."""

_MAX_OFFSET_H = 14
"""UTC-12 to UTC+14 are in use; the bound is symmetrical."""


def _only_iso(value: object) -> object:
    """Pydantic would also take Unix timestamps, in seconds or milliseconds as it guesses."""
    if isinstance(value, int | float) or (isinstance(value, str) and "T" not in value.upper()):
        raise ValueError("must be a date and time as YYYY-MM-DDTHH:MM:SS with an offset from UTC")
    return value


def _in_range(start: datetime) -> datetime:
    if start < FIRST_START:
        raise PydanticCustomError("too_early", "must not be before {ge}", {"ge": FIRST_START.isoformat()})
    if start > LAST_START:
        raise PydanticCustomError("too_late", "must not be after {le}", {"le": LAST_START.isoformat()})
    return start


def _in_a_real_zone(start: datetime) -> datetime:
    if abs(start.utcoffset() or timedelta()) > timedelta(hours=_MAX_OFFSET_H):
        raise ValueError(f"must have an offset from UTC of at most {_MAX_OFFSET_H} hours")
    return start


def _to_a_thousandth(value: float) -> float:
    """Sensors tell no less; and what is smaller would make infinities of speeds."""
    return round(value, 3)


Start = Annotated[
    AwareDatetime,
    BeforeValidator(_only_iso, json_schema_input_type=datetime),
    AfterValidator(_in_range),
    AfterValidator(_in_a_real_zone),
]
UtcOffset = Annotated[int, Field(ge=-_MAX_OFFSET_H * 3600, le=_MAX_OFFSET_H * 3600)]
Duration = Annotated[float, Field(ge=0, le=30 * 86_400, allow_inf_nan=False), AfterValidator(_to_a_thousandth)]
"""s; Strava itself stores recordings of days, never of months."""
PositiveDuration = Annotated[float, Field(ge=1, le=30 * 86_400, allow_inf_nan=False)]
Distance = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False), AfterValidator(_to_a_thousandth)]
"""m; the longest bicycle races are some 4,000 km."""
Ascent = Annotated[float, Field(ge=0, le=200_000, allow_inf_nan=False)]
Altitude = Annotated[float, Field(ge=-1_000, le=12_000, allow_inf_nan=False)]
HeartRate = Annotated[float, Field(ge=0, le=300, allow_inf_nan=False)]
Cadence = Annotated[float, Field(ge=0, le=400, allow_inf_nan=False)]
Power = Annotated[float, Field(ge=0, le=5_000, allow_inf_nan=False)]
Speed = Annotated[float, Field(ge=0, le=400, allow_inf_nan=False)]
Temperature = Annotated[float, Field(ge=-80, le=80, allow_inf_nan=False)]
Exertion = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
Title = Annotated[str, Field(max_length=500)]
Notes = Annotated[str, Field(max_length=20_000)]
