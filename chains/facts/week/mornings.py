"""The week's cheapest day against the mornings since the last break: what a day off buys, hour and length of run being alike."""

from datetime import timedelta
from statistics import median

from chains.facts.band import COMMON_M, FLATTEST_M_PER_KM
from chains.facts.fact import Dimension, Window
from chains.facts.finding import NOTHING, Finding, sign
from chains.facts.likeness import LEAST_LIKE
from chains.facts.trust import beats_per_km, climb_per_km
from chains.facts.week.cost import NOTABLE_DAY
from chains.facts.week.view import WeekView
from chains.training.activity import Activity

MORNING_ENDS = 12
"""House rule: local noon. Heart rate at one effort differs with the hour, so mornings stand beside mornings."""
MORNING_DAYS = 28


def compare_with_mornings(view: WeekView) -> Finding:
    """Heartbeats per kilometre of the cheapest day against the median flat morning run of common length before it."""
    found = view.costs
    best = min(found, key=lambda c: c.change, default=None)
    if best is None or best.change > -NOTABLE_DAY:
        return NOTHING
    day, since = best.run.local_date, _since(view, best.run)
    mornings = [a for a in view.recent + view.sessions if since.first <= a.local_date < day and _is_common_morning(a)]
    beats = [b for b in (beats_per_km(a, view.profile) for a in mornings) if b is not None]
    if len(beats) < LEAST_LIKE:
        return NOTHING
    change = best.own / median(beats) - 1
    compared = view.fact(
        "best_day.beats_vs_mornings",
        "heartbeats per kilometre of that run against flat morning runs",
        change,
        Dimension.CHANGE,
        window=since,
        n=len(beats),
        against=f"median of {len(beats)} flat morning runs since {'the break' if view.base and view.base.breaks else 'four weeks ago'}",
        direction=sign(change),
        polarity=-sign(change),
        activity_ids=(best.run.id,),
    )
    return Finding(facts=(compared,))


def _since(view: WeekView, run: Activity) -> Window:
    """The days after the last break of the base, or the last four weeks, up to the day before that run."""
    first = run.local_date - timedelta(days=MORNING_DAYS)
    if view.base is not None and view.base.breaks:
        first = max(first, view.base.breaks[-1].last + timedelta(days=1))
    return Window(first=first, last=run.local_date - timedelta(days=1))


def _is_common_morning(run: Activity) -> bool:
    shortest, longest = COMMON_M
    climb = climb_per_km(run)
    flat = climb is None or climb <= FLATTEST_M_PER_KM
    return shortest <= run.distance_m <= longest and run.local_start.hour < MORNING_ENDS and flat
