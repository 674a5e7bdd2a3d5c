"""Load of the week, where one method covers it, and the intensity mix, where thresholds allow one."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from chains.facts.activity.load import METHOD_NAMES, describe
from chains.facts.fact import Dimension, Missing, Window
from chains.facts.finding import NOTHING, Finding, sign, withheld
from chains.facts.week.view import WeekView
from chains.facts.wording import age_of
from chains.metrics.load import LoadMethod, session_load
from chains.metrics.zones import heart_rate_zones
from chains.training.activity import Activity

SAME_LOAD = 0.1
LEAST_BASE_WEEKS = 4


def measure_load(view: WeekView) -> Finding:
    """Sum of the sport's sessions if one method covers all of them, against the base weeks by the same method."""
    if not view.sessions:
        return NOTHING
    own = _sum(view, view.sessions)
    if own is None:
        return withheld("load.week", "the sessions have no load, or not all by the same method")
    points, method = own
    first = session_load(view.sessions[0], view.profile)
    label = describe(first) if first else METHOD_NAMES[method]
    total = view.fact("load.week", f"{label}, week", points, Dimension.LOAD, noun=METHOD_NAMES[method])
    sums = [s for s in (_sum(view, week) for week in _base_weeks(view)) if s is not None and s[1] is method]
    usual = float(np.median([s[0] for s in sums])) if sums else 0.0
    if len(sums) < LEAST_BASE_WEEKS or usual <= 0:
        return Finding(facts=(total,))
    change = points / usual - 1
    compared = view.fact(
        "load.week_vs_base",
        "load against the base weeks",
        change,
        Dimension.CHANGE,
        n=len(sums),
        against=f"median of {len(sums)} weeks outside breaks",
        direction=0 if abs(change) <= SAME_LOAD else sign(change),
        polarity=0,
    )
    return Finding(facts=(compared, total))


def _sum(view: WeekView, sessions: Sequence[Activity]) -> tuple[float, LoadMethod] | None:
    loads = [session_load(a, view.profile) for a in sessions]
    known = [load for load in loads if load is not None]
    if not known or len(known) < len(loads) or len({load.method for load in known}) > 1:
        return None
    return sum(load.points for load in known), known[0].method


def _base_weeks(view: WeekView) -> list[tuple[Activity, ...]]:
    """Sessions of each base week over the same days as this one."""
    if view.base is None:
        return []
    starts = [view.weeks.start_of(i) for i in view.base.weeks]
    span, dated = timedelta(days=view.elapsed), [(a.local_date, a) for a in view.recent]
    return [week for start in starts if (week := tuple(a for day, a in dated if start <= day < start + span))]


def measure_mix(view: WeekView) -> Finding:
    """Share of the week's time below threshold heart rate; only from a threshold and samples."""
    if not view.sessions:
        return NOTHING
    threshold = view.profile.lthr.get(view.sport)
    if threshold is None:
        return withheld("zone", f"no threshold heart rate on file for {view.sport}")
    times = [(a, a.metrics.heart_rate_time) for a in view.sessions if a.metrics and a.metrics.heart_rate_time]
    seconds = sum(sum(time.seconds) for _, time in times)
    if not seconds or seconds < 0.8 * sum(a.moving_s for a in view.sessions):
        return withheld("zone", "heart rate was recorded for less than four fifths of the time")
    zones = [zone for _, time in times for zone in heart_rate_zones(time, threshold, view.sport)]
    easy = sum(z.seconds for z in zones if z.high_bpm is not None and z.high_bpm < 0.9 * threshold.value)
    hard = sum(z.seconds for z in zones if z.low_bpm >= threshold.value)
    window = Window(first=view.start, last=view.end)
    age = (view.end - threshold.date).days
    old, noun = age_of(threshold.date, view.end)
    return Finding(
        facts=(
            view.fact("zone.easy", "time below nine tenths of threshold heart rate", easy / seconds, Dimension.SHARE, window=window),
            view.fact("zone.hard", "time at threshold heart rate or above", hard / seconds, Dimension.SHARE, window=window),
            view.fact("profile.lthr_age", "age of the threshold heart rate", old, Dimension.COUNT, noun=noun),
        ),
        missing=(Missing(fact="zone", reason="threshold older than half a year"),) if age > 180 else (),
    )
