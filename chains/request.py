"""What is asked, and all that is known on the day it is asked about: the first two values that the chain passes on."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from chains.facts.fact import Fact
from chains.training.activity import Activity
from chains.training.history import History
from chains.training.log import TrainingLog
from chains.training.profile import Profile
from chains.training.wellness import Wellness


class InsightKind(StrEnum):
    ACTIVITY_SUMMARY = "activity_summary"
    WEEKLY_REVIEW = "weekly_review"
    TRAINING_LOAD = "training_load"
    PROGRESS = "progress"
    RACE_OUTLOOK = "race_outlook"
    RECOVERY = "recovery"
    NEXT_WORKOUT = "next_workout"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightRequest:
    """`as_of` is a local day, None for now; `now` is the clock of the caller, UTC; `deadline_s` counts from the start of the chain."""

    athlete_id: str
    kind: InsightKind
    activity_id: str | None = None
    question: str | None = None
    """Only of kind question: the athlete's own words."""
    as_of: date | None = None
    now: datetime
    deadline_s: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """The moment an insight looks from: later activities, thresholds and insights are invisible."""

    instant: datetime
    """UTC."""
    day: date
    """The local day in the profile's zone."""


def end_of_day(day: date, time_zone: str) -> AsOf:
    """The last moment of `day` in that zone."""
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(time_zone))
    return AsOf(instant=midnight.astimezone(ZoneInfo("UTC")), day=day)


def at(instant: datetime, time_zone: str) -> AsOf:
    """That moment, on the day it falls on in that zone."""
    return AsOf(instant=instant, day=instant.astimezone(ZoneInfo(time_zone)).date())


@dataclass(frozen=True, slots=True, kw_only=True)
class PastInsight:
    """What an earlier insight of the same kind said: enough not to repeat it."""

    as_of: date
    activity_id: str | None
    skeletons: tuple[str, ...]
    """Its texts with references unprinted, whys and question among them."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """The facts it used as they were then."""
    disliked: tuple[str, ...] = ()
    """Ids of facts in what the athlete rated down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteAnswer:
    """The athlete's answer to a question that an insight asked; unexpired."""

    question_id: str
    choice: str
    activity_id: str | None
    answered_on: date


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AthleteContext:
    """What `retrieve` read, all of it visible at `as_of`."""

    request: InsightRequest
    as_of: AsOf
    profile: Profile
    activity: Activity | None
    """The one in question, with its detail; None for other kinds."""
    recent: Sequence[Activity]
    """Those that started in the `RECENT_DAYS` before `as_of`, oldest first, `activity` among them, without detail.

    Title, notes, weather, plan and temperature are known of the last two weeks; earlier ones come from the log.
    """
    history: History
    """Complete, `recent` included."""
    log: TrainingLog
    """Complete, `recent` included; with heart rate times of the last `LOAD_DAYS`."""
    wellness: Sequence[Wellness] = ()
    past: Sequence[PastInsight] = ()
    answers: Sequence[AthleteAnswer] = field(default=())
    worked_out: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)
    """What was made of it so far, by what was asked: see `chains.facts.once`."""


LOAD_DAYS = 400
"""Daily loads that a chronic load is computed from: after nine time constants of 42 days nothing older weighs a thousandth."""
RECENT_DAYS = 190
"""Like-for-like reaches 180 days back from an activity's start; ten more cover the day that is looked from."""
