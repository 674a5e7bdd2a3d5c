"""An athlete's thresholds: those on file first, those that efforts show where the file has none or an old one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray

from chains.facts import quantities, wording
from chains.facts.fact import Confidence
from chains.facts.trust import heart_rate_of, max_hr_of, speed_of
from chains.metrics.heart_rate import LEAST_MEAN_OF_PEAK
from chains.request import AthleteContext
from chains.training.activity import DISTANCES_M, POWER_DURATIONS_S, Activity, Purpose, Sport
from chains.training.history import Column
from chains.training.log import TrainingLog
from chains.training.profile import Profile
from chains.training.profile import Threshold as OnFile

HALF_YEAR_DAYS = 182
"""House rule: a threshold moves with training. One older than this gives way to recent efforts; older efforts show nothing."""
CLEAR_MOVE = 0.03
"""House rule: a test repeats itself no better than this, so that an old value this near to the detected one stays."""
MAX_HR_DAYS = 3 * 365
"""House rule: a maximum moves by a beat or two in three years, less than a year without a full effort would hide."""
MAX_HR_AGREE_BPM, MAX_HR_SESSIONS = 3.0, 3
"""House rule: one peak is a sensor, three sessions within 3 bpm are a heart."""
HARD_S = (30 * 60.0, 60 * 60.0)
"""Friel, The Cyclist's Training Bible: the mean heart rate of a hard effort of half an hour to an hour lies at lactate threshold."""
RIEGEL_SPEED = 0.06 / 1.06
"""Riegel 1981, American Scientist 69:285: time grows with distance to the power of 1.06, so speed falls with time to this power."""
THRESHOLD_S = 3600.0
TWENTY_MINUTES_FTP = 0.95
"""Allen & Coggan, Training and Racing with a Power Meter: FTP is 95 % of the best 20 min."""
HARDER_SPEED, HARDER_BPM = 1.08, 8.0
"""House rule: what is not this much faster, or higher in heart rate, than the everyday session was no effort to measure by."""
AGREE_BPM, AGREE_SHARE = 5.0, 0.03
"""House rule: two efforts this near to each other confirm each other."""
LEAST_OF_MAX = 0.84
"""House rule: threshold lies near nine tenths of the maximum; an effort whose mean stays below this is a bound, no threshold."""
LEAST_EVERYDAY, TRIED = 6, 12
NIGHTS, LEAST_NIGHTS = 14, 4


class Source(StrEnum):
    PROFILE = "profile"
    DETECTED = "detected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """`value` in bpm, m/s or W; `basis` says in words where it comes from, as 'your 10.0 km of 3 May'."""

    value: float
    source: Source
    day: date
    confidence: Confidence
    basis: str

    @property
    def detected(self) -> bool:
        return self.source is Source.DETECTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Of one sport, as known on one day; `speed_mps` and `ftp_w` only where the sport has them."""

    sport: Sport
    lthr: Estimate | None = None
    speed_mps: Estimate | None = None
    ftp_w: Estimate | None = None
    max_hr: Estimate | None = None
    resting_hr: Estimate | None = None

    @property
    def detected(self) -> tuple[Estimate, ...]:
        """Those that no test on file stands behind: each use of them has to be said."""
        every = (self.lthr, self.speed_mps, self.ftp_w, self.max_hr, self.resting_hr)
        return tuple(e for e in every if e is not None and e.detected)


def thresholds(context: AthleteContext, sport: Sport) -> Thresholds:
    """All that can be said of this athlete's thresholds in this sport on the day that is looked from."""
    profile, day = context.profile.known_on(context.as_of.day), context.as_of.day
    year = context.log.since(context.as_of.instant - timedelta(days=MAX_HR_DAYS))
    done = year.since(context.as_of.instant - timedelta(days=HALF_YEAR_DAYS)).of(sport)
    max_hr = _chosen(profile.max_hr, partial(_max_hr, year, profile, context.request.athlete_id), day)
    efforts = _Efforts.of(done, profile, context.request.athlete_id, max_hr)
    nights = sorted(w.resting_hr for w in context.wellness if w.resting_hr and (day - w.date).days < NIGHTS)
    return Thresholds(
        sport=sport,
        lthr=_chosen(profile.lthr.get(sport), efforts.lthr, day),
        speed_mps=_chosen(profile.threshold_speed_mps, efforts.speed, day) if sport is Sport.RUN else None,
        ftp_w=_chosen(profile.ftp_w, efforts.ftp, day) if sport is Sport.RIDE else None,
        max_hr=max_hr,
        resting_hr=_chosen(profile.resting_hr, partial(_resting, nights, day), day),
    )


def _chosen(on_file: OnFile | None, detect: Callable[[], Estimate | None], day: date) -> Estimate | None:
    """The one on file unless it is old and recent efforts clearly say otherwise; a fresh one asks no efforts."""
    if on_file is None:
        return detect()
    old = (day - on_file.date).days > HALF_YEAR_DAYS
    detected = detect() if old else None
    if detected is not None and detected.confidence is not Confidence.LOW and _moved(detected.value, on_file.value):
        return detected
    return Estimate(
        value=on_file.value,
        source=Source.PROFILE,
        day=on_file.date,
        confidence=Confidence.MEDIUM if old else Confidence.HIGH,
        basis="your profile",
    )


def _moved(value: float, before: float) -> bool:
    return abs(value / before - 1) > CLEAR_MOVE


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Efforts:
    """The half year of one sport, and what an everyday session of it is."""

    done: TrainingLog
    profile: Profile
    athlete_id: str
    everyday_mps: float
    everyday_bpm: float
    max_bpm: float | None

    @classmethod
    def of(cls, done: TrainingLog, profile: Profile, athlete_id: str, max_hr: Estimate | None) -> "_Efforts":
        speed, rate = done.column("distance_m") / np.maximum(done.column("moving_s"), 1.0), done.column("mean_hr")
        enough = len(done) >= LEAST_EVERYDAY
        return cls(
            done=done,
            profile=profile,
            athlete_id=athlete_id,
            everyday_mps=float(np.median(speed)) if enough else np.inf,
            everyday_bpm=float(np.nanmedian(rate)) if enough and np.isfinite(rate).sum() >= LEAST_EVERYDAY else np.inf,
            max_bpm=max_hr.value if max_hr is not None and max_hr.confidence is not Confidence.LOW else None,
        )

    def lthr(self) -> Estimate | None:
        """The highest mean heart rate of a hard session of 30 to 60 min, where it was much higher and faster than everyday."""
        rated = [(rate, a) for a in self._sessions("mean_hr") if (rate := heart_rate_of(a, self.profile)) and self._hard(a, rate)]
        if not rated:
            return None
        best, of = max(rated, key=lambda r: r[0])
        agreed = sum(best - rate <= AGREE_BPM for rate, _ in rated) > 1 and self.max_bpm is not None
        agreed = agreed or of.purpose is Purpose.RACE
        return self._estimate(best, of, of.distance_m, agreed)

    def speed(self) -> Estimate | None:
        """The best stretch or session of 30 to 60 min, carried to an hour by Riegel."""
        found = [f for f in (*self._stretches(), *self._whole_sessions()) if self._near_threshold(heart_rate_of(f[1], self.profile))]
        if not found:
            return None
        best, of, meters = max(found, key=lambda f: f[0])
        if best < HARDER_SPEED * self.everyday_mps:
            return None
        efforts = {a.id for value, a, _ in found if value >= best * (1 - AGREE_SHARE)}
        return self._estimate(best, of, meters, len(efforts) > 1 or of.purpose is Purpose.RACE)

    def ftp(self) -> Estimate | None:
        """95 % of the best 20 min on a measured bike, or the best hour where that is more."""
        rows, powers = self.done.column("powers").astype(np.int64), self.done.powers
        twenty, hour = POWER_DURATIONS_S.index(1200), POWER_DURATIONS_S.index(3600)
        kept = np.flatnonzero(rows >= 0)
        if not len(kept):
            return None
        watts = np.fmax(powers[rows[kept], twenty] * TWENTY_MINUTES_FTP, powers[rows[kept], hour])
        order = np.argsort(-np.nan_to_num(watts))[:TRIED]
        order = order[np.isfinite(watts[order])]
        found = [(float(watts[i]), a) for i, a in zip(order, self._activities(kept[order]), strict=True) if a.device_power]
        if not found:
            return None
        best, of = found[0]
        return self._estimate(best, of, of.distance_m, sum(w >= best * (1 - AGREE_SHARE) for w, _ in found) > 1)

    def _sessions(self, by: str) -> tuple[Activity, ...]:
        """The sessions of 30 to 60 min that come first by that column."""
        moving = self.done.column("moving_s")
        value = np.where((moving >= HARD_S[0]) & (moving <= HARD_S[1]), np.nan_to_num(self.done.column(by)), 0.0)
        return self._activities(_highest(value, TRIED))

    def _hard(self, activity: Activity, rate: float) -> bool:
        speed = speed_of(activity)
        harder = speed is not None and rate >= self.everyday_bpm + HARDER_BPM and speed >= self.everyday_mps * HARDER_SPEED
        return harder and self._near_threshold(rate)

    def _near_threshold(self, rate: float | None) -> bool:
        """False for efforts whose heart rate says that more was left; True where nothing is known."""
        return rate is None or self.max_bpm is None or rate >= LEAST_OF_MAX * self.max_bpm

    def _stretches(self) -> list[tuple[float, Activity, float]]:
        rows = self.done.column("stretches").astype(np.int64)
        kept = np.flatnonzero(rows >= 0)
        seconds = self.done.stretches[rows[kept]].astype(np.float64)
        speeds = np.where((seconds >= HARD_S[0]) & (seconds <= HARD_S[1]), _hour_speed(np.array(DISTANCES_M), seconds), 0.0)
        fastest = speeds.max(axis=1, initial=0.0)
        order = _highest(fastest, TRIED)
        return [
            (float(fastest[i]), a, DISTANCES_M[int(speeds[i].argmax())])
            for i, a in zip(order, self._activities(kept[order]), strict=True)
            if speed_of(a) is not None
        ]

    def _whole_sessions(self) -> list[tuple[float, Activity, float]]:
        meters, elapsed = self.done.column("distance_m"), self.done.column("elapsed_s")
        value = np.where((elapsed >= HARD_S[0]) & (elapsed <= HARD_S[1]), _hour_speed(meters, np.maximum(elapsed, 1.0)), 0.0)
        order = _highest(value, TRIED)
        return [(float(value[i]), a, a.distance_m) for i, a in zip(order, self._activities(order), strict=True) if speed_of(a) is not None]

    def _activities(self, rows: NDArray[np.intp]) -> tuple[Activity, ...]:
        return _taken(self.done, rows, self.athlete_id)

    def _estimate(self, value: float, of: Activity, meters: float, agreed: bool) -> Estimate:
        length = quantities.distance(meters, of.sport, self.profile.units)
        return Estimate(
            value=value,
            source=Source.DETECTED,
            day=of.local_date,
            confidence=Confidence.MEDIUM if agreed else Confidence.LOW,
            basis=f"your {length} of {wording.day_and_month(of.local_date)}",
        )


def _highest(values: Column, most: int) -> NDArray[np.intp]:
    """Indices of the highest values above nought, the highest first."""
    order = np.argsort(-values)[:most]
    return order[values[order] > 0]


def _taken(log: TrainingLog, rows: NDArray[np.intp], athlete_id: str) -> tuple[Activity, ...]:
    """The activities of those rows, in their order."""
    marks = np.zeros(len(log), dtype=np.bool_)
    marks[rows] = True
    found = dict(zip(np.flatnonzero(marks).tolist(), log.select(marks).activities(athlete_id), strict=True))
    return tuple(found[row] for row in rows.tolist())


def _hour_speed(meters: Column, seconds: Column) -> Column:
    """Speed over that time, as it would be over an hour."""
    return np.nan_to_num(meters / seconds * (seconds / THRESHOLD_S) ** RIEGEL_SPEED)


def _max_hr(year: TrainingLog, profile: Profile, athlete_id: str) -> Estimate | None:
    """The middle of the highest three sessions that agree, of every sport: a heart has one maximum. From easy days alone it is a bound."""
    peaks = np.nan_to_num(year.column("max_hr"))
    order = _highest(peaks, 3 * TRIED)
    everyday = float(np.median(peaks[peaks > 0])) if len(order) else 0.0
    found = [a for a in _taken(year, order, athlete_id) if _believable_peak(a, profile)]
    for three in (found[i : i + MAX_HR_SESSIONS] for i in range(len(found) - MAX_HR_SESSIONS + 1)):
        top, middle, low = (a.max_hr or 0.0 for a in three)
        if top - low <= MAX_HR_AGREE_BPM:
            days = wording.joined([wording.day_and_month(a.local_date) for a in three])
            return Estimate(
                value=middle,
                source=Source.DETECTED,
                day=max(a.local_date for a in three),
                confidence=Confidence.MEDIUM if middle >= everyday + HARDER_BPM else Confidence.LOW,
                basis=f"the peaks of {days}",
            )
    return None


def _believable_peak(activity: Activity, profile: Profile) -> bool:
    mean, peak = heart_rate_of(activity, profile), max_hr_of(activity, profile)
    return mean is not None and peak is not None and mean >= LEAST_MEAN_OF_PEAK * peak


def _resting(nights: list[float], day: date) -> Estimate | None:
    if len(nights) < LEAST_NIGHTS:
        return None
    value = nights[len(nights) // 2]
    return Estimate(
        value=value, source=Source.DETECTED, day=day, confidence=Confidence.MEDIUM, basis=f"the median of {len(nights)} recent nights"
    )
