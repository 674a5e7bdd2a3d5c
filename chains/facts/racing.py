"""Which runs were races though nobody said so: one rule, for the run in question and for the rows of a complete log."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from chains.facts.believed import cadence_locked
from chains.facts.trust import FASTEST_MPS, SHORTEST_M, heart_rate_of, speed_of, stopped_share
from chains.metrics.robust import row_medians
from chains.training.activity import HALF_MARATHON_M, MARATHON_M, MILE_M, Activity, Sport
from chains.training.history import Column
from chains.training.log import Marks, TrainingLog
from chains.training.profile import Profile
from chains.training.rows import EPOCH, Flag

OFFICIAL_M = (5000.0, 10_000.0, 15_000.0, 10 * MILE_M, HALF_MARATHON_M, MARATHON_M)
OFFICIAL_ROOM = (-0.005, 0.03)
"""House rule: satellites measure a certified course up to some 2 % long, almost never short."""
RACE_SHORTEST_M = 3000.0
RACE_STOPS = 0.02
"""House rule: a minute in an hour; an aid station, not a traffic light."""
BEFORE_DAYS, AFTER_DAYS = 182, 60
LEAST_RUNS = 10
"""A race shows against the runs of the half year before, and of two months after where those are known by now. Only those before are to
beat: the next race may be faster."""
NEARLY_THIS_LONG = 0.9
RACE_GAIN, RACE_HEART = 1.10, 1.09
"""House rule: a tenth above the median run and faster than every one of nearly this length, at a heart rate clearly above everyday; over an
official distance, at an hour of events."""
STEADY_GAIN, STEADY_HEART = 1.07, 1.12
"""House rule: who trains fast races by less than a tenth faster; then the heart rate has to be that of a race beyond doubt."""
PLAIN_GAIN, PLAIN_HEART = 1.20, 1.18
"""So far above everyday in both, a run needs neither the distance nor the hour; and with them it may be slower than an earlier race: the
second race of a season is as often the slower one, on its hills or in its heat."""
WEEKEND_HOURS, EVENING_HOURS = range(7, 21), range(17, 22)
SATURDAY = 5
WHOLE = 0.9
"""A heart rate that was lost for more than a tenth of the way is none of the whole."""
_COARSE = 0.97
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """The runs around one: distance in m, moving speed in m/s and heart rate in bpm, NaN where not to be believed; which came before it."""

    distance_m: Column
    speed_mps: Column
    heart_rate: Column
    before: Marks


def field_of(earlier: Sequence[Activity], profile: Profile) -> Field:
    """Of runs that all came before."""
    return Field(
        distance_m=np.array([a.distance_m for a in earlier], dtype=np.float64),
        speed_mps=np.array([speed_of(a) or np.nan for a in earlier], dtype=np.float64),
        heart_rate=np.array([heart_rate_of(a, profile) or np.nan for a in earlier], dtype=np.float64),
        before=np.ones(len(earlier), dtype=np.bool_),
    )


def looks_raced(run: Activity, profile: Profile, around: Field) -> bool:
    """Whether the numbers of an unlabelled run are those of a race."""
    speed, known = speed_of(run), np.isfinite(around.speed_mps)
    if speed is None or not _may_be_race(run) or int(known.sum()) < LEAST_RUNS:
        return False
    usual, heart = float(np.median(around.speed_mps[known])), _heart_gain(run, profile, around)
    gain, event = speed / usual, official_distance(run.distance_m) is not None and at_hour_of_events(run.local_start)
    ahead = around.before & (around.distance_m >= NEARLY_THIS_LONG * run.distance_m) & (around.speed_mps >= speed)
    if ahead.any():
        by_races = _official(around.distance_m[ahead]) & (around.speed_mps[ahead] >= PLAIN_GAIN * usual)
        return event and bool(by_races.all()) and gain >= PLAIN_GAIN and (heart is None or heart >= PLAIN_HEART)
    if heart is not None and gain >= PLAIN_GAIN and heart >= PLAIN_HEART:
        return True
    if not event:
        return False
    if heart is not None and gain >= STEADY_GAIN and heart >= STEADY_HEART:
        return True
    return gain >= RACE_GAIN and (heart is None or heart >= RACE_HEART)


def official_distance(distance_m: float) -> float | None:
    """The official distance that a satellite would measure as this one."""
    low, high = OFFICIAL_ROOM
    return next((official for official in OFFICIAL_M if low <= distance_m / official - 1 <= high), None)


def at_hour_of_events(start: datetime) -> bool:
    """Weekends by day, other days in the evening; local time."""
    return start.hour in (WEEKEND_HOURS if start.weekday() >= SATURDAY else EVENING_HOURS)


def field_starts(day: date) -> date:
    """The first day that the verdict on a run of that day looks at: the half year before it and the block of days before its own."""
    return date.fromordinal((day.toordinal() // BEFORE_DAYS - 1) * BEFORE_DAYS)


def raced(runs: TrainingLog, profile: Profile, athlete_id: str) -> Marks:
    """The unlabelled races among the rows of a log that holds runs alone; those of which the columns already deny it are not judged.

    A log that begins at `field_starts(day)` has the same ones from that day on as the complete one.
    """
    marks = np.zeros(len(runs), dtype=np.bool_)
    if not len(runs):
        return marks
    everything, started = _columns_of(runs), runs.column("started_ms")
    possible = np.flatnonzero(_possible(runs, everything.speed_mps / _coarse_median(everything.speed_mps, runs.days)))
    from_day, until_day = (np.searchsorted(started, started[possible] + days * _DAY_MS) for days in (-BEFORE_DAYS, AFTER_DAYS))
    fields = [
        (first, i, end) for first, i, end in zip(from_day, possible.tolist(), until_day, strict=True) if _unbeaten(everything, first, i)
    ]
    chosen = np.array([i for _, i, _ in fields], dtype=np.intp)
    for (first, i, end), run in zip(fields, replace(runs, at=runs.at[chosen]).activities(athlete_id), strict=True):
        around = np.delete(np.arange(first, end), i - first)
        marks[i] = looks_raced(run, profile, _taken(everything, around, around < i))
    return marks


def _may_be_race(run: Activity) -> bool:
    repeated = run.metrics is not None and len(run.metrics.repetitions) > 0
    long_enough = run.sport is Sport.RUN and run.distance_m >= RACE_SHORTEST_M
    return long_enough and run.purpose is None and not run.trainer and not repeated and stopped_share(run) <= RACE_STOPS


def _heart_gain(run: Activity, profile: Profile, around: Field) -> float | None:
    """Heart rate over the usual one; None where either is unknown or holds for a part of the run only."""
    rate, usual = heart_rate_of(run, profile), around.heart_rate[np.isfinite(around.heart_rate)]
    time = run.metrics.heart_rate_time if run.metrics else None
    partial = time is not None and sum(time.seconds) < WHOLE * run.moving_s
    return None if rate is None or partial or len(usual) < LEAST_RUNS else rate / float(np.median(usual))


def _columns_of(runs: TrainingLog) -> Field:
    distance, moving, rate = runs.column("distance_m"), runs.column("moving_s"), runs.column("mean_hr")
    speed = np.divide(distance, moving, out=np.full(len(runs), np.nan), where=moving > 0)
    plausible = ~runs.flagged(Flag.HAND_ENTERED) & (distance >= SHORTEST_M[Sport.RUN]) & (speed <= FASTEST_MPS[Sport.RUN])
    sound = plausible & ~cadence_locked(runs) & ~runs.flagged(Flag.SPOILT_HEART_RATE)
    return Field(
        distance_m=distance,
        speed_mps=np.where(plausible & ~runs.flagged(Flag.SPOILT_DISTANCE), speed, np.nan),
        heart_rate=np.where(sound, rate, np.nan),
        before=np.zeros(len(runs), dtype=np.bool_),
    )


def _possible(runs: TrainingLog, fast: Column) -> Marks:
    """What stands out of everyday enough, over a distance and at an hour of events or beyond doubt; `fast` is the coarse gain."""
    elapsed = runs.column("elapsed_s")
    marks = (fast >= _COARSE * STEADY_GAIN) & (elapsed - runs.column("moving_s") <= RACE_STOPS * elapsed)
    marks &= (runs.field("purpose") == 0) & (runs.column("distance_m") >= RACE_SHORTEST_M)
    at = np.flatnonzero(marks & (fast < _COARSE * PLAIN_GAIN))
    marks[at] = _like_events(replace(runs, at=runs.at[at]))
    return np.asarray(marks)


def _like_events(runs: TrainingLog) -> Marks:
    """As `official_distance` and `at_hour_of_events`."""
    hours = (runs.field("started_ms") // 1000 + runs.field("utc_offset_s")) // 3600
    hour, weekend = hours % 24, (hours // 24 + EPOCH - 1) % 7 >= SATURDAY
    by_day, in_evening = (np.isin(hour, list(known)) for known in (WEEKEND_HOURS, EVENING_HOURS))
    return np.asarray(_official(runs.column("distance_m")) & np.where(weekend, by_day, in_evening))


def _official(distance_m: Column) -> Marks:
    """As `official_distance`."""
    low, high = OFFICIAL_ROOM
    off = distance_m[:, np.newaxis] / np.array(OFFICIAL_M) - 1
    return np.asarray(np.any((off >= low) & (off <= high), axis=1))


def _unbeaten(everything: Field, first: int, own: int) -> bool:
    """Faster than every run of nearly its length from row `first` on, those over official distances aside."""
    distance = everything.distance_m[first:own]
    ahead = (distance >= NEARLY_THIS_LONG * everything.distance_m[own]) & (everything.speed_mps[first:own] >= everything.speed_mps[own])
    return bool(np.all(_official(distance[ahead])))


def _coarse_median(speed: Column, days: NDArray[np.int64]) -> Column:
    """For each run the lower of the medians of its half year and the one before: a sieve, not a verdict."""
    in_order = np.maximum.accumulate(days)  # West of the date line a later start may have the earlier date.
    block = in_order // BEFORE_DAYS - in_order[0] // BEFORE_DAYS
    counts = np.bincount(block)
    table = np.full((len(counts), counts.max()), np.nan)
    table[block, np.arange(len(block)) - (np.cumsum(counts) - counts)[block]] = speed
    medians = row_medians(table)
    return np.asarray(np.fmin(medians[block], medians[np.maximum(block - 1, 0)]), dtype=np.float64)


def _taken(field: Field, rows: NDArray[np.intp], before: Marks) -> Field:
    return Field(distance_m=field.distance_m[rows], speed_mps=field.speed_mps[rows], heart_rate=field.heart_rate[rows], before=before)
