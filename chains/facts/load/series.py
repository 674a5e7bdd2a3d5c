"""Daily loads of one sport by one method, and what follows from them: CTL, ATL, TSB. The basis of everything said about load.

Points where thresholds allow them, over the last `LOAD_DAYS`; else, and for the complete history, volume, which knows no intensity.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from chains.facts.fact import Dimension
from chains.facts.load.points import session_points
from chains.facts.once import once
from chains.metrics.load import LoadMethod
from chains.metrics.performance import CTL_DAYS, SETTLED_DAYS, atl, ctl, tsb
from chains.metrics.robust import quantile
from chains.request import LOAD_DAYS, AthleteContext
from chains.training.activity import Sport
from chains.training.history import Column, DayColumns
from chains.training.log import Marks, TrainingLog
from chains.training.profile import Profile
from chains.training.rows import NONE

LEAST_COVERED = 0.9
"""House rule: a method that misses more of the training time than this describes another athlete."""
LEAST_SAME_DEVICE = 0.9
"""House rule: an odd session with another device does not cut a series."""
LEAST_DAYS = 28
"""Four weeks: below that there is no series, whatever the method."""


class Volume(StrEnum):
    """Load without intensity, for an athlete without thresholds."""

    DISTANCE = "distance"
    """On foot a kilometre costs nearly the same energy at any speed (Margaria 1963, J Appl Physiol 18:367)."""
    TIME = "time"


Method = LoadMethod | Volume

METHODS: Mapping[Sport, Sequence[LoadMethod]] = {
    Sport.RIDE: (LoadMethod.TSS, LoadMethod.HRSS, LoadMethod.HRSS_MEAN, LoadMethod.SESSION_RPE),
    Sport.RUN: (LoadMethod.HRSS, LoadMethod.RTSS, LoadMethod.HRSS_MEAN, LoadMethod.SESSION_RPE),
}
"""Best first."""
_OTHER_METHODS = (LoadMethod.HRSS, LoadMethod.HRSS_MEAN, LoadMethod.SESSION_RPE)
_ON_FOOT = (Sport.RUN, Sport.WALK, Sport.HIKE)
_DIMENSIONS = {Volume.DISTANCE: Dimension.DISTANCE, Volume.TIME: Dimension.DURATION}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadSeries:
    """One number a day from `first_day` to the day that is looked from, rest days zero: points, metres or seconds."""

    sport: Sport
    method: Method
    first_day: date
    daily: Column
    ctl: Column
    atl: Column
    tsb: Column
    """Of each day: CTL less ATL of the day before."""
    balance: Column
    """TSB as a share of the CTL it is taken from; zero where that is none. The only form that is comparable between methods."""
    usual: float
    """Median CTL of the days from `settled_from` on."""
    settled: bool
    """CTL may be told: 126 days are behind it, or 42 and a seed."""
    settled_from: int
    """Index of the first day whose CTL may be compared with today's: settled, and since then one method and one device."""
    assumed_threshold: bool = False
    estimated: int = 0
    """Sessions without a load of their own, counted by their duration."""
    sessions: int = 0
    cut: str | None = None
    """Why the series does not reach further back, in words for the athlete."""

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=len(self.daily) - 1)

    @property
    def dimension(self) -> Dimension:
        """What a day's load is printed as."""
        return _DIMENSIONS[self.method] if isinstance(self.method, Volume) else Dimension.LOAD

    @property
    def by_volume(self) -> bool:
        return isinstance(self.method, Volume)

    def day(self, index: int) -> date:
        return self.first_day + timedelta(days=index)

    def index(self, day: date) -> int:
        return (day - self.first_day).days

    def last(self, days: int) -> Column:
        """The daily loads of the last so many days, fewer where there are not as many."""
        return self.daily[-days:]


@once
def points_series(context: AthleteContext, sport: Sport) -> LoadSeries | None:
    """By the best method that makes points of the last `LOAD_DAYS`; None where none does, or not for long enough."""
    candidates = (_by_points(context, sport, method) for method in METHODS.get(sport, _OTHER_METHODS))
    return next((series for series in candidates if series is not None and series.settled), None)


@once
def points_by(context: AthleteContext, sport: Sport, method: LoadMethod) -> tuple[TrainingLog, Column]:
    """The sessions of the last `LOAD_DAYS` and the points of each by that method, NaN where it cannot tell."""
    end = context.as_of.day
    log = context.log.between(end - timedelta(days=LOAD_DAYS - 1), end).of(sport)
    return log, session_points(log, sport, method, context.profile.known_on(end))


@once
def volume_series(context: AthleteContext, sport: Sport) -> LoadSeries | None:
    """Distance a day on foot, else time, over the complete history; None with less than four weeks of the sport."""
    days = context.history.by_sport.get(sport)
    if days is None or (context.as_of.day - days.first_day).days + 1 < LEAST_DAYS:
        return None
    first, last = days.first_day, context.as_of.day
    distance, count = days.cut(days.distance_m, first, last), days.cut(days.count, first, last)
    method = Volume.DISTANCE if sport in _ON_FOOT and distance.any() else Volume.TIME
    daily = distance if method is Volume.DISTANCE else days.cut(days.moving_s, first, last)
    series = _series(sport, method, first, daily, seed=None)
    return replace(series, sessions=int(count.sum()))


def _by_points(context: AthleteContext, sport: Sport, method: LoadMethod) -> LoadSeries | None:
    log, points = points_by(context, sport, method)
    start = reaches_back(np.isfinite(points), log.column("moving_s"), LEAST_COVERED)
    if start is None:
        return None
    own, points, days = log.select(np.arange(len(log)) >= start), points[start:], log.days[start:]
    first = date.fromordinal(int(days.min()))  # West of the date line a later start may have the earlier date.
    length = (context.as_of.day - first).days + 1
    if length < LEAST_DAYS:
        return None
    filled, estimated = _with_estimates(points, own.column("moving_s"))
    daily = np.bincount(days - first.toordinal(), weights=filled, minlength=length).astype(np.float64)
    seed = _seed(context.history.by_sport[sport], first, filled, own.column("moving_s"))
    same = _device_since(own, method)
    series = _series(sport, method, first, daily, seed, 0 if same is None else (same - first).days)
    return replace(
        series,
        assumed_threshold=_assumed(method, sport, context.profile.known_on(context.as_of.day)),
        estimated=estimated,
        sessions=len(own),
        cut=_cut(log, start, method, same),
    )


def _series(sport: Sport, method: Method, first: date, daily: Column, seed: float | None, same_from: int = 0) -> LoadSeries:
    """With a seed the start stands for what was done before; without one it is zero, and 126 days have to pass."""
    start = seed or 0.0
    long, short = ctl(daily, seed=start), atl(daily, seed=start)
    needed = CTL_DAYS if seed is not None else SETTLED_DAYS
    settled_from = max(min(needed, len(daily)) - 1, same_from)
    form, before = tsb(long, short), np.concatenate(([0.0], long[:-1]))
    return LoadSeries(
        sport=sport,
        method=method,
        first_day=first,
        daily=daily,
        ctl=long,
        atl=short,
        tsb=form,
        balance=np.divide(form, before, out=np.zeros_like(before), where=before > 0),
        usual=quantile(long[settled_from:], 0.5),
        settled=len(daily) >= needed,
        settled_from=settled_from,
    )


def reaches_back(marks: Marks, weights: Column, least: float) -> int | None:
    """First marked row from which on the marked ones carry at least that share of the weight; None without any."""
    if not len(marks) or not marks.any():
        return None
    total = np.cumsum(weights[::-1])[::-1]
    carried = np.cumsum(np.where(marks, weights, 0.0)[::-1])[::-1]
    starts = np.flatnonzero(marks & (carried >= least * total))
    return int(starts[0]) if len(starts) else None


def _with_estimates(points: Column, moving_s: Column) -> tuple[Column, int]:
    """Sessions without a load get that of a usual session as long: a missing strap is no rest day."""
    known = np.isfinite(points)
    rate = float(points[known].sum() / moving_s[known].sum()) if moving_s[known].sum() > 0 else 0.0
    return np.where(known, points, rate * moving_s), int((~known).sum())


def _seed(days: DayColumns, first: date, points: Column, moving_s: Column) -> float | None:
    """CTL before the series began, from the time trained before and what a second is worth; None where too little is known."""
    known_days = (first - days.first_day).days
    if known_days < SETTLED_DAYS or moving_s.sum() <= 0:
        return None
    before = days.between(max(days.first_day, first - timedelta(days=LOAD_DAYS)), first - timedelta(days=1))
    return float(ctl(before.moving_s)[-1] * points.sum() / moving_s.sum())


def _device_since(log: TrainingLog, method: LoadMethod) -> date | None:
    """The day since which the present device made nearly all sessions; None where it always did. Exertion needs no device."""
    devices = log.field("device")
    known = devices[devices != NONE]
    if not len(known) or method is LoadMethod.SESSION_RPE:
        return None
    start = reaches_back((devices == known[-1]) | (devices == NONE), np.ones(len(log)), LEAST_SAME_DEVICE)
    return date.fromordinal(int(log.days[start])) if start else None


def _assumed(method: LoadMethod, sport: Sport, profile: Profile) -> bool:
    return method in (LoadMethod.HRSS, LoadMethod.HRSS_MEAN) and profile.lthr.get(sport) is None


def _cut(log: TrainingLog, start: int, method: LoadMethod, device_since: date | None) -> str | None:
    if device_since is not None:
        return f"another device until {device_since - timedelta(days=1)}: levels before that are not compared"
    if start:
        return f"until {date.fromordinal(int(log.days[start]))} too few sessions have what this load is made of"
    return None
