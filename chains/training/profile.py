"""The athlete: what they told us, with dates, so that a past day sees only what was known then."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from chains.training.activity import Sport


class Units(StrEnum):
    METRIC = "metric"
    IMPERIAL = "imperial"


class Tone(StrEnum):
    NEUTRAL = "neutral"
    DIRECT = "direct"
    SUPPORTIVE = "supportive"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Experience(StrEnum):
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Weekday(StrEnum):
    MONDAY = "monday"
    SUNDAY = "sunday"


class Consent(StrEnum):
    """What the athlete said about sending facts to model providers."""

    UNSET = "unset"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A measured value and the day it was measured or entered."""

    value: float
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    event: str
    date: date
    distance_m: float | None = None
    target_s: float | None = None
    priority: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything optional but the defaults: an athlete who told us nothing still gets insights."""

    units: Units = Units.METRIC
    locale: str = "en"
    time_zone: str = "UTC"
    week_start: Weekday = Weekday.MONDAY
    sports: tuple[Sport, ...] = ()
    experience: Experience | None = None
    goals: tuple[Goal, ...] = ()
    birth_year: int | None = None
    sex: Sex | None = None
    weight_kg: Threshold | None = None
    resting_hr: Threshold | None = None
    max_hr: Threshold | None = None
    lthr: Mapping[Sport, Threshold] = field(default_factory=dict)
    ftp_w: Threshold | None = None
    threshold_speed_mps: Threshold | None = None
    heart_rate_unreliable: bool = False
    injury: str | None = None
    tone: Tone = Tone.NEUTRAL
    model_consent: Consent = Consent.UNSET

    def known_on(self, day: date) -> "Profile":
        """The profile without thresholds dated after `day`."""

        def known(threshold: Threshold | None) -> Threshold | None:
            return threshold if threshold is not None and threshold.date <= day else None

        return replace(
            self,
            weight_kg=known(self.weight_kg),
            resting_hr=known(self.resting_hr),
            max_hr=known(self.max_hr),
            lthr={sport: t for sport, t in self.lthr.items() if t.date <= day},
            ftp_w=known(self.ftp_w),
            threshold_speed_mps=known(self.threshold_speed_mps),
        )
