"""Hard sessions: which of the last half year's took a day or more to get over, and why one would say so."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import isfinite

from chains.facts.load.series import points_by, points_series
from chains.facts.once import once
from chains.facts.trust import heart_rate_of, speed_of
from chains.metrics.load import LoadMethod
from chains.request import AthleteContext
from chains.training.activity import Activity, Purpose, Sport
from chains.training.profile import Profile

USUAL_DAYS = 90
"""What is usual is asked of the three months before a session."""
LEAST_USUAL = 8
HARD_THRESHOLD_S = 600.0
"""Ten minutes at threshold heart rate or above: the least of what threshold sessions in Seiler 2010 (IJSPP 5:276) hold. House rule."""
HARD_LOAD = 1.6
HARD_SPEED, HARD_BPM = 0.08, 8.0
"""This much faster at this much more heart rate is another kind of session, labelled or not; see `chains.facts.cost`."""
HARD_SPEED_ALONE = 0.12
HARD_LENGTH, HARD_LENGTH_S = 1.6, 75 * 60.0
"""House rules: loads, speeds and lengths that an athlete's own weeks hold about once."""
SETTLED = frozenset({Purpose.EASY, Purpose.COMMUTE})
"""What the athlete calls easy is not taken for hard by its speed or length."""


class Why(StrEnum):
    """The reason that weighs most."""

    RACE = "race"
    WORKOUT = "workout"
    THRESHOLD = "time at threshold"
    LOAD = "load"
    SPEED = "speed"
    LENGTH = "length"


@dataclass(frozen=True, slots=True, kw_only=True)
class HardSession:
    """One hard session; `ratio` is what the reason measured: of the usual load, speed or length, or seconds at threshold."""

    day: date
    activity_id: str
    why: Why
    ratio: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """One session with what it is judged by, each None where it is not known or not to be believed."""

    activity: Activity
    points: float | None
    speed_mps: float | None
    heart_rate: float | None


@dataclass(frozen=True, slots=True)
class _Usual:
    """Medians of the three months before one session, None where too few know."""

    points: float | None
    speed_mps: float | None
    heart_rate: float | None
    moving_s: float | None


@once
def hard_sessions(context: AthleteContext, sport: Sport) -> tuple[HardSession, ...]:
    """Those of the last 190 days, oldest first."""
    profile = context.profile.known_on(context.as_of.day)
    done = _measured(context, sport, profile)
    starts = [m.activity.started_at for m in done]
    since = [bisect_left(starts, start - timedelta(days=USUAL_DAYS)) for start in starts]
    usual = zip(
        _medians([m.points for m in done], since),
        _medians([m.speed_mps for m in done], since),
        _medians([m.heart_rate for m in done], since),
        _medians([m.activity.moving_s for m in done], since),
        strict=True,
    )
    found = (_judged(one, _Usual(*medians), profile) for one, medians in zip(done, usual, strict=True))
    return tuple(session for session in found if session is not None)


def days_since_hard(sessions: Sequence[HardSession], day: date) -> int | None:
    """Days from the last hard session to that day; None where there is none on file."""
    return (day - sessions[-1].day).days if sessions else None


def _measured(context: AthleteContext, sport: Sport, profile: Profile) -> list[_Measured]:
    done = [a for a in context.recent if a.sport is sport]
    points = _points(context, sport) if done else {}
    return [_Measured(activity=a, points=points.get(a.id), speed_mps=speed_of(a), heart_rate=heart_rate_of(a, profile)) for a in done]


def _points(context: AthleteContext, sport: Sport) -> dict[str, float]:
    """By the method of the sport's points; empty where there are none: the length of a session stands for volume."""
    series = points_series(context, sport)
    if series is None or not isinstance(series.method, LoadMethod):
        return {}
    log, points = points_by(context, sport, series.method)
    return {i.decode(): float(p) for i, p in zip(log.field("id"), points, strict=True) if isfinite(p)}


def _judged(one: _Measured, usual: _Usual, profile: Profile) -> HardSession | None:
    activity = one.activity
    why = _labelled(activity) or _at_threshold(one, profile)
    if why is None and activity.purpose not in SETTLED:
        why = _by_load(one, usual) or _by_speed(one, usual) or _by_length(one, usual)
    return None if why is None else HardSession(day=activity.local_date, activity_id=activity.id, why=why[0], ratio=why[1])


def _labelled(activity: Activity) -> tuple[Why, float | None] | None:
    if activity.purpose is Purpose.RACE:
        return Why.RACE, None
    return (Why.WORKOUT, None) if activity.purpose is Purpose.WORKOUT else None


def _at_threshold(one: _Measured, profile: Profile) -> tuple[Why, float | None] | None:
    activity = one.activity
    threshold, time = profile.lthr.get(activity.sport), activity.metrics.heart_rate_time if activity.metrics else None
    if threshold is None or time is None or one.heart_rate is None:
        return None
    seconds = float(sum(time.seconds[max(round(threshold.value) - time.floor_bpm, 0) :]))
    return (Why.THRESHOLD, seconds) if seconds >= HARD_THRESHOLD_S else None


def _by_load(one: _Measured, usual: _Usual) -> tuple[Why, float | None] | None:
    if one.points is None or not usual.points or one.points < HARD_LOAD * usual.points:
        return None
    return Why.LOAD, one.points / usual.points


def _by_speed(one: _Measured, usual: _Usual) -> tuple[Why, float | None] | None:
    if one.speed_mps is None or usual.speed_mps is None:
        return None
    higher = one.heart_rate - usual.heart_rate if one.heart_rate is not None and usual.heart_rate is not None else 0.0
    faster = one.speed_mps / usual.speed_mps - 1
    return (Why.SPEED, 1 + faster) if faster >= (HARD_SPEED if higher >= HARD_BPM else HARD_SPEED_ALONE) else None


def _by_length(one: _Measured, usual: _Usual) -> tuple[Why, float | None] | None:
    moving_s = one.activity.moving_s
    long = usual.moving_s is not None and moving_s >= max(HARD_LENGTH * usual.moving_s, HARD_LENGTH_S)
    return (Why.LENGTH, moving_s / usual.moving_s) if long and usual.moving_s else None


def _medians(values: Sequence[float | None], since: Sequence[int]) -> list[float | None]:
    """For each session the median of those from index `since` up to it, None with too few; one sorted window slides along."""
    window: list[float] = []
    medians: list[float | None] = []
    first = 0
    for value, start in zip(values, since, strict=True):
        for gone in values[first:start]:
            if gone is not None:
                del window[bisect_left(window, gone)]
        first, n = start, len(window)
        medians.append((window[n // 2] + window[(n - 1) // 2]) / 2 if n >= LEAST_USUAL else None)
        if value is not None:
            insort(window, value)
    return medians
