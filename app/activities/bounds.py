"""What a number sent to the service may be: finite, and inside limits that no honest recording reaches."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Field

MAX_ACTIVITIES = 5_000
"""In one array; a bigger history comes in several or as an export."""

_FIRST_START = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_START = datetime(2100, 1, 1, tzinfo=UTC)


def _only_iso(value: object) -> object:
    """Pydantic would also take Unix timestamps, in seconds or milliseconds as it guesses."""
    if isinstance(value, int | float) or (isinstance(value, str) and "T" not in value.upper()):
        raise ValueError("must be a date and time as YYYY-MM-DDTHH:MM:SS with an offset from UTC")
    return value


Start = Annotated[AwareDatetime, BeforeValidator(_only_iso, json_schema_input_type=str), Field(ge=_FIRST_START, le=_LAST_START)]
UtcOffset = Annotated[int, Field(ge=-14 * 3600, le=14 * 3600)]
"""UTC-12 to UTC+14 are in use; the bound is symmetrical."""
Duration = Annotated[float, Field(ge=0, le=30 * 86_400, allow_inf_nan=False)]
"""s; Strava itself stores recordings of days, never of months."""
PositiveDuration = Annotated[float, Field(gt=0, le=30 * 86_400, allow_inf_nan=False)]
Distance = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]
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
