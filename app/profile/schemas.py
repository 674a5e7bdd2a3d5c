"""The profile on its way in, with bounds that catch typing errors. What is read is the profile itself, which may be older than they are."""

from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationInfo, field_validator

from app.bodies import IsoDay, RequestBody, each_once
from chains.training.activity import Sport
from chains.training.profile import Consent, Experience, Profile, Sex, Tone, Units, Weekday

EARLIEST_BIRTH_YEAR = 1900
MAX_GOALS = 20


_NO_PLACES = frozenset({"Factory", "localtime"})
"""Listed beside the zones: one for clocks that nobody set, one for wherever the service runs."""


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones()) - _NO_PLACES


def _known_zone(name: str) -> str:
    if name not in _time_zones():
        raise ValueError("must be a name of the IANA time zone database, such as Europe/Paris")
    return name


class _Measured(RequestBody):
    """A threshold: its value, and the day it was measured or entered."""

    date: IsoDay


class WeightBody(_Measured):
    value: Annotated[float, Field(ge=20, le=350, description="kg")]


class HeartRateBody(_Measured):
    value: Annotated[float, Field(ge=25, le=240, description="beats per minute")]


class PowerBody(_Measured):
    value: Annotated[float, Field(ge=20, le=700, description="W")]


class SpeedBody(_Measured):
    value: Annotated[float, Field(ge=0.3, le=8, description="m/s")]


class GoalBody(RequestBody):
    event: Annotated[str, Field(min_length=1, max_length=100)]
    date: IsoDay
    distance_m: Annotated[float, Field(ge=1, le=2_000_000)] | None = None
    target_s: Annotated[float, Field(ge=1, le=2_000_000)] | None = None
    priority: Literal["A", "B", "C"] | None = None


class ProfileBody(RequestBody):
    """What an athlete told us. PUT replaces all of it: what is left out goes back to its default."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "units": "metric",
                    "time_zone": "Europe/Paris",
                    "sports": ["run", "ride"],
                    "goals": [
                        {"event": "Paris half marathon", "date": "2026-09-20", "distance_m": 21097.5, "target_s": 5400, "priority": "A"}
                    ],
                    "birth_year": 1988,
                    "sex": "female",
                    "max_hr": {"value": 188, "date": "2026-02-14"},
                    "lthr": {"run": {"value": 171, "date": "2026-03-01"}},
                    "ftp_w": {"value": 231, "date": "2026-03-08"},
                }
            ]
        }
    )

    units: Units = Units.METRIC
    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = "en"
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    week_start: Weekday = Weekday.MONDAY
    sports: Annotated[tuple[Sport, ...], Field(max_length=len(Sport)), AfterValidator(each_once)] = ()
    experience: Experience | None = None
    goals: Annotated[tuple[GoalBody, ...], Field(max_length=MAX_GOALS)] = ()
    birth_year: Annotated[int, Field(ge=EARLIEST_BIRTH_YEAR, le=2100)] | None = None
    sex: Sex | None = None
    weight_kg: WeightBody | None = None
    resting_hr: HeartRateBody | None = None
    max_hr: HeartRateBody | None = None
    lthr: dict[Sport, HeartRateBody] = Field(default_factory=dict)
    ftp_w: PowerBody | None = None
    threshold_speed_mps: SpeedBody | None = None
    heart_rate_unreliable: bool = False
    injury: Annotated[str, Field(max_length=500)] | None = None
    tone: Tone = Tone.NEUTRAL
    model_consent: Consent = Consent.UNSET

    @field_validator("max_hr")
    @classmethod
    def _above_rest(cls, max_hr: HeartRateBody | None, info: ValidationInfo) -> HeartRateBody | None:
        resting = info.data.get("resting_hr")
        if max_hr and resting and max_hr.value <= resting.value:
            raise ValueError("must be above resting_hr")
        return max_hr

    @field_validator("lthr")
    @classmethod
    def _between(cls, lthr: dict[Sport, HeartRateBody], info: ValidationInfo) -> dict[Sport, HeartRateBody]:
        resting, highest = info.data.get("resting_hr"), info.data.get("max_hr")
        for threshold in lthr.values():
            if resting and threshold.value <= resting.value:
                raise ValueError("must be above resting_hr")
            if highest and threshold.value >= highest.value:
                raise ValueError("must be below max_hr")
        return lthr

    def to_profile(self) -> Profile:
        return _PROFILE.validate_python(self.model_dump())


_PROFILE = TypeAdapter(Profile)
