"""Heart rate: time at each bpm, training impulse, stress score and the faults a heart rate can have."""

import math
from enum import StrEnum
from functools import lru_cache

import numpy as np

from chains.training.activity import Activity, FaultKind, HeartRateTime, SeriesName, Sport
from chains.training.profile import Profile, Sex
from chains.training.recording import Series

# Banister 1991 (in: Physiological Testing of the High-Performance Athlete, 403-424): weight of blood lactate over heart rate reserve.
TRIMP_SCALE = 0.64
TRIMP_EXPONENT = {Sex.MALE: 1.92, Sex.FEMALE: 1.67}
# Nobody is taken for a man by default: the mean of both. A stress score, being a ratio, moves by at most 4 % with the choice.
UNKNOWN_SEX_EXPONENT = 1.795
# elevate's default (Karvonen): threshold at 85 % of heart rate reserve. Good enough to scale a load, never to draw a zone.
DEFAULT_LTHR_RESERVE = 0.85
# Optical sensors that lock onto the steps sit on them; on real files six of 1,631 means lay within 4 of the steps, three of them races.
CADENCE_LOCK_BPM = 4.0
# House rule: nobody's heart beats faster; from 200 on a peak so far above the mean of its own session came from the sensor. In 1,808
# summaries of one runner, whose races peak at 190 to 196, easy runs with a mean of 146 to 164 show peaks of 202 to 219.
HIGHEST_BPM, ODD_PEAK_BPM, LEAST_MEAN_OF_PEAK = 220.0, 200.0, 0.82
NEAR_MAXIMUM_BPM = 3.0


class HeartRateFault(StrEnum):
    """Why an activity's heart rate is withheld."""

    EXCLUDED = "excluded by the athlete"
    UNRELIABLE = "marked unreliable in the profile"
    CADENCE_LOCK = "equal to the steps per minute"
    LOCKED_IN_PART = "equal to the steps per minute for a part of the way"
    FROZEN = "the same value for minutes on end"
    SPIKING = "peaks that no heart rises to"


_OF_SERIES = {
    FaultKind.CADENCE_LOCK: HeartRateFault.LOCKED_IN_PART,
    FaultKind.FROZEN_HEART_RATE: HeartRateFault.FROZEN,
    FaultKind.SPIKING_HEART_RATE: HeartRateFault.SPIKING,
}


def heart_rate_fault(activity: Activity, profile: Profile) -> HeartRateFault | None:
    """Why this activity's heart rate may not be used, None where it may."""
    if SeriesName.HEART_RATE in activity.excluded_series:
        return HeartRateFault.EXCLUDED
    if profile.heart_rate_unreliable:
        return HeartRateFault.UNRELIABLE
    if is_cadence_lock(activity.sport, activity.mean_hr, activity.mean_cadence):
        return HeartRateFault.CADENCE_LOCK
    for fault in activity.metrics.faults if activity.metrics else ():
        if fault.kind in _OF_SERIES:
            return _OF_SERIES[fault.kind]
    return HeartRateFault.SPIKING if has_odd_peak(activity, profile) else None


def spoils_mean(activity: Activity, fault: HeartRateFault) -> bool:
    """Whether the mean heart rate is lost with it: a fault of a part leaves a mean that it hardly moves."""
    if fault not in _OF_SERIES.values():
        return True
    faults = activity.metrics.faults if activity.metrics else ()
    return any(one.spoils_mean for one in faults if one.kind in _OF_SERIES)


def has_odd_peak(activity: Activity, profile: Profile) -> bool:
    """Whether a summary's maximum is beyond a heart, or far beyond its own session; one that was measured before is not."""
    peak, mean = activity.max_hr, activity.mean_hr
    if peak is None or (activity.metrics is not None and activity.metrics.heart_rate_time is not None):
        return False
    if profile.max_hr is not None and peak <= profile.max_hr.value + NEAR_MAXIMUM_BPM:
        return False
    return peak > HIGHEST_BPM or (mean is not None and peak >= ODD_PEAK_BPM and mean < LEAST_MEAN_OF_PEAK * peak)


def is_cadence_lock(sport: Sport, mean_hr: float | None, steps_per_minute: float | None) -> bool:
    """Whether a run's mean heart rate lies within 4 of its steps per minute."""
    if sport is not Sport.RUN or mean_hr is None or steps_per_minute is None:
        return False
    return abs(mean_hr - steps_per_minute) <= CADENCE_LOCK_BPM


def heart_rate_time(series: Series) -> HeartRateTime | None:
    """Moving seconds at each whole bpm; None where there is no heart rate in motion."""
    if series.heart_rate is None:
        return None
    beats = series.heart_rate[series.moving & np.isfinite(series.heart_rate)]
    if len(beats) == 0:
        return None
    counts = np.bincount(np.rint(beats).astype(np.int64))
    floor = int(np.flatnonzero(counts)[0])
    return HeartRateTime(floor_bpm=floor, seconds=tuple(counts[floor:].tolist()))


def reserve(hr: float, resting_hr: float, max_hr: float) -> float:
    """Share of heart rate reserve, 0 to 1: above a maximum that is too low nothing runs away. Raises ValueError unless rest < max."""
    if not resting_hr < max_hr:
        raise ValueError("resting heart rate must be below the maximum")
    return min(max((hr - resting_hr) / (max_hr - resting_hr), 0.0), 1.0)


def trimp_of_mean(seconds: float, hr: float, *, resting_hr: float, max_hr: float, sex: Sex | None) -> float:
    """Banister's training impulse of `seconds` at one heart rate."""
    share = reserve(hr, resting_hr, max_hr)
    return seconds / 60 * share * TRIMP_SCALE * math.exp(_exponent(sex) * share)


def trimp(time: HeartRateTime, *, resting_hr: float, max_hr: float, sex: Sex | None) -> float:
    """Banister's training impulse, second by second: by convexity at least that of the mean."""
    table = _weights(resting_hr, max_hr, sex)
    top = len(table) - 1
    found = ((seconds, table[min(bpm, top)]) for bpm, seconds in enumerate(time.seconds, time.floor_bpm) if seconds)
    return sum([seconds / 60 * share * TRIMP_SCALE * weight for seconds, (share, weight) in found])


def trimp_of_seconds(first_bpm: int, last_bpm: int, *, resting_hr: float, max_hr: float, sex: Sex | None) -> list[float]:
    """Banister's training impulse of one second at each whole heart rate, both ends included."""
    table = _weights(resting_hr, max_hr, sex)
    top = len(table) - 1
    return [1 / 60 * share * TRIMP_SCALE * weight for share, weight in (table[min(bpm, top)] for bpm in range(first_bpm, last_bpm + 1))]


@lru_cache(maxsize=64)
def _weights(resting_hr: float, max_hr: float, sex: Sex | None) -> tuple[tuple[float, float], ...]:
    """The formula as a table: share of reserve and weight of lactate at each whole bpm from 0 up to the maximum; above it nothing grows."""
    shares = [reserve(bpm, resting_hr, max_hr) for bpm in range(math.ceil(max_hr) + 1)]
    return tuple((share, math.exp(_exponent(sex) * share)) for share in shares)


def stress_score(impulse: float, *, lthr: float, resting_hr: float, max_hr: float, sex: Sex | None) -> float:
    """HRSS in points: the training impulse over that of an hour at lactate threshold, times 100."""
    return 100 * impulse / trimp_of_mean(3600, lthr, resting_hr=resting_hr, max_hr=max_hr, sex=sex)


def default_lthr(resting_hr: float, max_hr: float) -> float:
    """An assumed threshold in bpm: scales load, makes no zone."""
    return resting_hr + DEFAULT_LTHR_RESERVE * (max_hr - resting_hr)


def _exponent(sex: Sex | None) -> float:
    return UNKNOWN_SEX_EXPONENT if sex is None else TRIMP_EXPONENT[sex]
