"""How this athlete spaces hard and long sessions, and on which days: what the next session is held against."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from chains.facts.advice.basis import Basis
from chains.facts.days import local_days
from chains.training.activity import Activity, Purpose

HABIT_DAYS = 84
LONG_FACTOR, LEAST_LONG_S = 1.3, 45 * 60.0
"""House rule: a long session is a third beyond the athlete's own middle one, and three quarters of an hour at least."""
LEAST_GAPS = 3
MOST_GAP_DAYS = 21
WEEKDAY_SHARE = 0.5
HARD_GAP_DAYS = 4
"""House rule: without a rhythm of one's own a hard session every four days at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Of the main sport in twelve weeks; gaps are medians in days, None where too few were seen."""

    longs: tuple[Activity, ...]
    long_gap: int | None
    long_weekday: int | None
    """As `date.weekday` counts, where at least half of the long sessions fell on it."""
    hard_gap: int | None
    days_since_long: int | None
    days_since_hard: int | None
    weekday_hits: int
    weekday_of: int
    """On how many of the last so many weekdays like that of the next session something was done."""
    streak: int
    """Days in a row with sport, up to the day before the next session."""


def habits_of(basis: Basis) -> Habits:
    day, days = basis.day, local_days(basis.context)
    recent = zip(basis.context.recent, days, strict=True)
    own = [a for a, done_on in recent if a.sport is basis.sport and (day - done_on).days <= HABIT_DAYS]
    usual_s = median([a.moving_s for a in own] or [0.0])
    longs = tuple(a for a in own if _is_long(a, usual_s))
    hard_days = sorted({h.day for h in basis.hard})
    active = set(days)
    same = [day - timedelta(days=7 * week) for week in range(1, HABIT_DAYS // 7 + 1)]
    known = [d for d in same if d >= min(active, default=day)]
    return Habits(
        longs=longs,
        long_gap=_gap([a.local_date for a in longs]),
        long_weekday=_weekday(longs),
        hard_gap=_gap(hard_days),
        days_since_long=(day - longs[-1].local_date).days if longs else None,
        days_since_hard=(day - hard_days[-1]).days if hard_days else None,
        weekday_hits=sum(d in active for d in known),
        weekday_of=len(known),
        streak=_streak(active, day),
    )


def _is_long(activity: Activity, usual_s: float) -> bool:
    if activity.purpose is Purpose.LONG:
        return True
    if activity.purpose in (Purpose.RACE, Purpose.WORKOUT) or activity.moving_s < LEAST_LONG_S:
        return False
    return activity.moving_s >= LONG_FACTOR * usual_s


def _gap(days: Sequence[date]) -> int | None:
    gaps = [(later - day).days for day, later in pairwise(sorted(set(days))) if (later - day).days <= MOST_GAP_DAYS]
    return round(median(gaps)) if len(gaps) >= LEAST_GAPS else None


def _weekday(longs: Sequence[Activity]) -> int | None:
    if len(longs) <= LEAST_GAPS:
        return None
    weekday, times = Counter(a.local_date.weekday() for a in longs).most_common(1)[0]
    return weekday if times >= WEEKDAY_SHARE * len(longs) else None


def _streak(active: set[date], day: date) -> int:
    count = 0
    while day - timedelta(days=count + 1) in active:
        count += 1
    return count
