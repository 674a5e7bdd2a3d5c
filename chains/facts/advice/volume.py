"""What an athlete has done lately in one sport: the usual session, the longest, the week, and how long nothing was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import numpy as np

from chains.facts.days import local_days
from chains.facts.trust import heart_rate_of, speed_of
from chains.facts.week.baseline import base_before
from chains.request import AthleteContext
from chains.training.activity import Activity, Sport
from chains.training.history import week_start_of
from chains.training.profile import Profile

USUAL_DAYS = 56
SPIKE_DAYS = 30
EASY_DAYS, LEAST_EASY_RATED = 42, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """`usual_*` are medians of the sessions of eight weeks, `longest_*` of thirty days; distances are 0 where none was recorded."""

    usual_s: float
    usual_m: float
    longest_s: float
    longest_m: float
    known_m: float
    """Longest recorded of half a year."""
    week_s: float
    week_m: float
    """A base week; a quarter of the last four weeks where there is no base."""
    done_s: float
    done_m: float
    """Of the week that holds the next session."""
    idle_days: int
    """Whole days between the last session of any sport and the next one."""
    easy_mps: float | None
    easy_hr: float | None
    """Where a quarter of the sessions of six weeks stayed at or below."""


def volume_of(context: AthleteContext, profile: Profile, sport: Sport, day: date) -> Volume:
    """As a session on `day` finds it."""
    recent = recent_of(context, sport, day)
    month = [a for a in recent if (day - a.local_date).days <= SPIKE_DAYS and not a.hand_entered]
    this_week = [a for a in recent if a.local_date >= week_start_of(day, profile.week_start)]
    last = max(local_days(context), default=None)
    week_s, week_m = _usual_week(context, sport)
    easy_mps, easy_hr = _easy(recent, profile)
    return Volume(
        usual_s=median([a.moving_s for a in recent] or [0.0]),
        usual_m=median([a.distance_m for a in recent] or [0.0]),
        longest_s=max((a.moving_s for a in month), default=0.0),
        longest_m=max((a.distance_m for a in month if speed_of(a) is not None), default=0.0),
        known_m=max((a.distance_m for a in context.recent if a.sport is sport and speed_of(a) is not None), default=0.0),
        week_s=week_s,
        week_m=week_m,
        done_s=sum(a.moving_s for a in this_week),
        done_m=sum(a.distance_m for a in this_week),
        idle_days=max((day - last).days - 1, 0) if last is not None else USUAL_DAYS,
        easy_mps=easy_mps,
        easy_hr=easy_hr,
    )


def recent_of(context: AthleteContext, sport: Sport, day: date) -> tuple[Activity, ...]:
    """The sessions of eight weeks, oldest first."""
    recent = zip(context.recent, local_days(context), strict=True)
    return tuple(a for a, done_on in recent if a.sport is sport and (day - done_on).days <= USUAL_DAYS)


def _usual_week(context: AthleteContext, sport: Sport) -> tuple[float, float]:
    last_day, days = context.as_of.day, context.history.by_sport.get(sport)
    if days is None:
        return 0.0, 0.0
    weeks = context.history.weeks(sport, last_day=last_day, starts_on=context.profile.week_start)
    padded = days.between(weeks.first_start, weeks.start_of(len(weeks)) - timedelta(days=1))
    base = base_before(weeks, padded, len(weeks) - 1)
    if base is not None:
        return base.moving_s, base.distance_m
    month = days.between(last_day - timedelta(days=27), last_day)
    return float(month.moving_s.sum()) / 4, float(month.distance_m.sum()) / 4


def _easy(recent: Sequence[Activity], profile: Profile) -> tuple[float | None, float | None]:
    last = [a for a in recent if (recent[-1].local_date - a.local_date).days <= EASY_DAYS]
    speeds = [s for a in last if (s := speed_of(a)) is not None]
    rates = [r for a in last if (r := heart_rate_of(a, profile)) is not None]
    quarter = float(np.quantile(rates, 0.25, method="lower")) if len(rates) >= LEAST_EASY_RATED else None
    return (median(speeds) if speeds else None), quarter
