"""Pace at everyday heart rate: what a runner runs in the band where most steady runs lie. A band, no zone: no threshold is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from chains.facts.trust import climb_per_km, heart_rate_of, speed_of
from chains.training.activity import Activity, Purpose, Sport
from chains.training.profile import Profile

HALF_WIDTH_BPM = 6
FLATTEST_M_PER_KM = 12.0
DISTANCE_M = (6000.0, 22000.0)
LEAST_RUNS = 4
"""House rules: steady flat runs of common length, and enough of them for a median."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Median speeds in m/s inside the band, of the days before `until` and of the months before those."""

    low_bpm: int
    high_bpm: int
    now_mps: float
    now_n: int
    then_mps: float | None
    then_n: int


def everyday_band(runs: Sequence[Activity], profile: Profile, until: datetime, days: int) -> Band | None:
    """The band around the median heart rate of the last `days`; None with fewer than four runs in it."""
    since = until - timedelta(days=days)
    steady = [(a.started_at, rate, speed) for a in runs if a.started_at < until and (rate := _rate(a, profile)) and (speed := speed_of(a))]
    rates = [rate for start, rate, _ in steady if start >= since]
    if len(rates) < LEAST_RUNS:
        return None
    low = round(median(rates)) - HALF_WIDTH_BPM
    high = low + 2 * HALF_WIDTH_BPM
    now = [speed for start, rate, speed in steady if start >= since and low <= rate <= high]
    then = [speed for start, rate, speed in steady if start < since and low <= rate <= high]
    if len(now) < LEAST_RUNS:
        return None
    return Band(
        low_bpm=low,
        high_bpm=high,
        now_mps=median(now),
        now_n=len(now),
        then_mps=median(then) if len(then) >= LEAST_RUNS else None,
        then_n=len(then),
    )


def _rate(activity: Activity, profile: Profile) -> float | None:
    """Mean heart rate of a steady flat run, None for others."""
    climb = climb_per_km(activity)
    shortest, longest = DISTANCE_M
    if activity.sport is not Sport.RUN or not shortest <= activity.distance_m <= longest:
        return None
    if activity.purpose in (Purpose.RACE, Purpose.WORKOUT) or (climb is not None and climb > FLATTEST_M_PER_KM):
        return None
    return heart_rate_of(activity, profile)
