"""Points of every session of a log by one method at once: the same numbers as `session_load` gives one by one."""

from collections.abc import Callable, Mapping

import numpy as np

from chains.facts.believed import sound_heart_rates
from chains.metrics.heart_rate import default_lthr, stress_score, trimp_of_seconds
from chains.metrics.load import MIN_COVERAGE, LoadMethod
from chains.training.activity import SeriesName, Sport
from chains.training.history import Column
from chains.training.log import TrainingLog
from chains.training.profile import Profile
from chains.training.rows import FIRST_BPM, LAST_BPM, Flag


def session_points(log: TrainingLog, sport: Sport, method: LoadMethod, profile: Profile) -> Column:
    """One number per row, NaN where the method cannot tell; `log` holds one sport, `profile` is the one known on the day."""
    return _BY_METHOD[method](log, sport, profile)


def _power(log: TrainingLog, sport: Sport, profile: Profile) -> Column:
    if profile.ftp_w is None or sport is not Sport.RIDE:
        return np.full(len(log), np.nan)
    seconds = log.column("power_s")
    measured = (
        log.flagged(Flag.DEVICE_POWER)
        & ~log.flagged(Flag.POWER_DROPOUT)
        & ~log.excluded(SeriesName.POWER)
        & (seconds >= MIN_COVERAGE * log.column("moving_s"))
    )
    return np.where(measured, seconds / 36 * (log.column("np_w") / profile.ftp_w.value) ** 2, np.nan)


def _pace(log: TrainingLog, sport: Sport, profile: Profile) -> Column:
    if profile.threshold_speed_mps is None or sport is not Sport.RUN:
        return np.full(len(log), np.nan)
    return np.asarray(log.column("moving_s") / 36 * (log.column("gap_mps") / profile.threshold_speed_mps.value) ** 2)


def _heart_rate(log: TrainingLog, sport: Sport, profile: Profile) -> Column:
    """Second by second, from the time at each heart rate."""
    weights = points_per_second(sport, profile)
    if weights is None:
        return np.full(len(log), np.nan)
    seconds = log.heart_seconds()
    total = seconds.sum(axis=1)
    covered = (total > 0) & (total >= MIN_COVERAGE * log.column("moving_s"))
    return np.where(covered & sound_heart_rates(log, profile), seconds @ weights, np.nan)


def _mean_heart_rate(log: TrainingLog, sport: Sport, profile: Profile) -> Column:
    weights = points_per_second(sport, profile)
    if weights is None:
        return np.full(len(log), np.nan)
    rates = np.clip(np.nan_to_num(log.column("mean_hr"), nan=FIRST_BPM), FIRST_BPM, LAST_BPM)
    points = np.interp(rates, np.arange(FIRST_BPM, LAST_BPM + 1), weights) * log.column("moving_s")
    return np.where(np.isfinite(log.column("mean_hr")) & sound_heart_rates(log, profile), points, np.nan)


def _exertion(log: TrainingLog, sport: Sport, profile: Profile) -> Column:
    return np.asarray(log.column("rpe") * log.column("moving_s") / 60)


def points_per_second(sport: Sport, profile: Profile) -> Column | None:
    """HRSS of one second at each heart rate from `FIRST_BPM` on; None without a sensible resting and maximum heart rate."""
    if profile.resting_hr is None or profile.max_hr is None:
        return None
    rest, top = profile.resting_hr.value, profile.max_hr.value
    known = profile.lthr.get(sport)
    lthr = default_lthr(rest, top) if known is None else known.value
    if not rest < lthr <= top:
        return None
    impulses = trimp_of_seconds(FIRST_BPM, LAST_BPM, resting_hr=rest, max_hr=top, sex=profile.sex)
    return np.array(impulses) * stress_score(1, lthr=lthr, resting_hr=rest, max_hr=top, sex=profile.sex)


_BY_METHOD: Mapping[LoadMethod, Callable[[TrainingLog, Sport, Profile], Column]] = {
    LoadMethod.TSS: _power,
    LoadMethod.HRSS: _heart_rate,
    LoadMethod.HRSS_MEAN: _mean_heart_rate,
    LoadMethod.RTSS: _pace,
    LoadMethod.SESSION_RPE: _exertion,
}
