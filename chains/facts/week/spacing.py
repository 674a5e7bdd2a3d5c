"""What many running days a week, and a hard day on the eve, have meant in heartbeats per kilometre: runs of half a year, like for like.

They are differences, and no proof of their reason: the form of the time and the length of the runs' weeks are part of them.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from math import expm1, log1p
from statistics import median

import numpy as np

from chains.facts.cost import SAME_COST
from chains.facts.fact import Confidence, Dimension, Fact
from chains.facts.finding import NOTHING, Finding, sign, withheld
from chains.facts.load.hard import hard_sessions
from chains.facts.prices import Price
from chains.facts.week.baseline import break_weeks
from chains.facts.week.view import WeekView
from chains.metrics.shift import Shift, shift
from chains.request import RECENT_DAYS
from chains.training.activity import Sport
from chains.training.history import week_start_of

LEAST_WEEKS, LEAST_RUNS = 5, 6
"""House rule: with fewer on a side the interval is as wide as the differences themselves."""
WIDEST = 0.12
"""House rule: an interval wider than this says nothing either way, not that there is no difference."""
LEAST_DAYS, MOST_DAYS = 2, 7
LOOKED_AT_WEEKS = RECENT_DAYS // 7 + 1


def price_running_days(view: WeekView) -> Finding:
    """Weeks of many running days against weeks of fewer, breaks left out, each by the median of its runs."""
    if view.sport is not Sport.RUN or not view.sessions:
        return NOTHING
    weeks = _weekly_prices(view)
    cut = _evenest_cut([days for days, _ in weeks])
    many, few = _parted(weeks, cut)
    if min(len(many), len(few)) < LEAST_WEEKS:
        reason = (
            f"it takes {LEAST_WEEKS} weeks of more and {LEAST_WEEKS} of fewer running days in half a year, with heart rate and like runs"
        )
        return withheld("density.many_days_beats", reason)
    found = shift(np.array(many), np.array(few))
    against = f"{len(few)} weeks of fewer running days"
    return _told(view, "many_days", f"weeks of {cut} running days or more", found, against, len(many), (
        view.fact("density.many_days", "running days a week that part the half year best", cut, Dimension.COUNT, noun="day", n=len(weeks)),
        view.fact("density.many_weeks", "weeks of as many running days", len(many), Dimension.COUNT, noun="week", n=len(many)),
        view.fact("density.few_weeks", "weeks of fewer", len(few), Dimension.COUNT, n=len(few)),
    ))  # fmt: skip


def _weekly_prices(view: WeekView) -> list[tuple[int, float]]:
    """Running days and the median price of each finished week of the half year that is no break."""
    marks = break_weeks(view.weeks, view.days, len(view.weeks) - LOOKED_AT_WEEKS)
    weeks: list[tuple[int, float]] = []
    for start, priced in groupby(view.prices, key=lambda p: week_start_of(p.day, view.profile.week_start)):
        index = (start - view.weeks.first_start).days // 7
        if not marks[index] and (index < len(view.weeks) - 1 or view.complete):
            weeks.append((int(view.weeks.days[index]), median(log1p(p.change) for p in priced)))
    return weeks


def _evenest_cut(days: Sequence[int]) -> int:
    """The number of days from which on a week has many: the one that parts the weeks most evenly, the higher of two."""
    return max(range(LEAST_DAYS, MOST_DAYS + 1), key=lambda cut: (min(sum(d >= cut for d in days), sum(d < cut for d in days)), cut))


def _parted(weeks: Sequence[tuple[int, float]], cut: int) -> tuple[list[float], list[float]]:
    return [price for days, price in weeks if days >= cut], [price for days, price in weeks if days < cut]


def price_hard_spacing(view: WeekView) -> Finding:
    """Easy runs on the day after a hard day of any sport against those two days and more after one."""
    if view.sport is not Sport.RUN or not view.sessions:
        return NOTHING
    hard = [h for sport in {a.sport for a in view.context.recent} for h in hard_sessions(view.context, sport)]
    days, ids = {h.day for h in hard}, {h.activity_id for h in hard}
    easy = [p for p in view.prices if p.run.id not in ids and p.day not in days and days and p.day > min(days)]
    close = [p for p in easy if _eve(p) in days]
    apart = [p for p in easy if _eve(p) not in days]
    if min(len(close), len(apart)) < LEAST_RUNS:
        reason = f"it takes {LEAST_RUNS} easy runs on the day after a hard day and {LEAST_RUNS} later ones, with heart rate and like runs"
        return withheld("density.after_hard_beats", reason)
    found = shift(_logs(close), _logs(apart))
    against = f"{len(apart)} easy runs two days and more after a hard day"
    counted = view.fact(
        "density.after_hard_runs", "easy runs on the day after a hard day", len(close), Dimension.COUNT, noun="run", n=len(close)
    )
    return _told(view, "after_hard", "easy runs on the day after a hard day", found, against, len(close), (counted,))


def _eve(price: Price) -> date:
    return price.day - timedelta(days=1)


def _logs(found: Sequence[Price]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    return np.array([log1p(p.change) for p in found])


def _told(view: WeekView, name: str, what: str, found: Shift, against: str, n: int, counted: tuple[Fact, ...]) -> Finding:
    """The difference with its interval; no direction where the interval holds zero or the difference is below what a watch repeats."""
    low, middle, high = expm1(found.low), expm1(found.value), expm1(found.high)
    if high - low > WIDEST and not found.clear:
        return withheld(f"density.{name}_beats", f"{what}: the runs scatter too much to tell, {_range(low, high)} would all fit")
    direction = sign(middle) if found.clear and abs(middle) > SAME_COST else 0
    compared = view.fact(
        f"density.{name}_beats",
        f"heartbeats per kilometre in {what}, against their like runs",
        middle,
        Dimension.CHANGE,
        n=n,
        confidence=Confidence.MEDIUM,
        against=f"{against}; 95 % interval {_range(low, high)} (Hodges-Lehmann)",
        direction=direction,
        polarity=-direction,
    )
    fits = view.fact(f"density.{name}_range", "95 % interval of it", _range(low, high), Dimension.TEXT, n=n, against=against)
    return Finding(facts=(compared, fits, *counted))


def _range(low: float, high: float) -> str:
    """'1 to 6 % more', '3 % fewer to 1 % more'."""
    a, b = round(100 * low), round(100 * high)
    if a < 0 < b:
        return f"{-a} % fewer to {b} % more"
    return f"{a} to {b} % more" if b > 0 else f"{-b} to {-a} % fewer"
