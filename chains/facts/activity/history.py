"""This activity over the complete history: longest since, how many were this long, faster than all of them."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from chains.facts import columns
from chains.facts.activity.view import ActivityView
from chains.facts.fact import Dimension, Fact, Rank, Window
from chains.facts.finding import NOTHING, Finding, withheld
from chains.facts.quantities import shown_pace_change
from chains.facts.trust import FASTEST_MPS, speed_of
from chains.training.activity import Activity, Sport
from chains.training.history import Column, DayColumns

NOTABLE_SINCE_DAYS = 56
"""House rule: 'the longest since' is news after eight weeks."""
THIS_LONG = 0.98
"""Courses measure 2 % apart by GPS: 21.35 km and 20.9 km are the same race, and 24.02 km is no longer than 24.00 km."""
INDOORS = frozenset({"indoor", "virtual"})
LEAST_RECORD_M = 3000.0
LEAST_RIVALS = 5
NOTABLE_FASTEST_DAYS = 180


def rank_length(view: ActivityView) -> Finding:
    """The longest since, or ever: recorded sessions only."""
    activity, days = view.activity, view.days
    if days is None or speed_of(activity) is None or _is_indoor_ride(activity):
        return NOTHING
    past = columns.before(days, activity.local_date)
    sessions = int((past.longest_m > 0).sum())
    if sessions < LEAST_RIVALS:
        return NOTHING
    longer = past.longest_m >= THIS_LONG * activity.distance_m
    since = columns.last_day_with(past, longer)
    if since is None:
        return Finding(facts=_longest_ever(view, past, sessions))
    between = past.longest_m[(since - past.first_day).days + 1 :]
    n = int((between > 0).sum())
    if n < LEAST_RIVALS or (activity.local_date - since).days < NOTABLE_SINCE_DAYS:
        return NOTHING
    rank = Rank(place=1 + int(longer.sum()), of=sessions + 1, since=since)
    window = Window(first=since + timedelta(days=1), last=activity.local_date)
    last, days_since, longest = (
        "last day with a session as long",
        "days with a session since then, all shorter",
        "longest session since then",
    )
    return Finding(
        facts=(
            view.fact("history.longest_since", last, since, Dimension.DATE, n=n, window=window, rank=rank),
            view.fact("history.shorter_since", days_since, n, Dimension.COUNT, noun="day", n=n, window=window, rank=rank),
            view.fact(
                "history.longest_between", longest, float(between.max()), Dimension.DISTANCE, n=n, window=window, rank=rank, activity_ids=()
            ),
        )
    )


def _is_indoor_ride(activity: Activity) -> bool:
    """A trainer's distance is a setting, not a road."""
    return activity.sport is Sport.RIDE and (activity.trainer or activity.sub_sport in INDOORS)


def _longest_ever(view: ActivityView, past: DayColumns, n: int) -> tuple[Fact, ...]:
    """Of how many days, and what the longest was until now."""
    window, rank = Window(first=past.first_day, last=view.activity.local_date), Rank(place=1, of=n + 1)
    longest = int(past.longest_m.argmax())
    then = past.first_day + timedelta(days=longest)
    on_day = Window(first=then, last=then)
    label, before = "earlier days with a recorded session, all shorter", float(past.longest_m[longest])
    return (
        view.fact("history.longest_of", label, n, Dimension.COUNT, n=n, window=window, rank=rank),
        view.fact("history.longest_before", "longest session until now", before, Dimension.DISTANCE, window=on_day, activity_ids=()),
        view.fact("history.longest_before_when", "day of that session", then, Dimension.DATE, window=on_day, activity_ids=()),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rivals:
    """Mean moving speed of each earlier day with one recorded run this long, 0 elsewhere; `hidden` days held several runs."""

    days: DayColumns
    speeds: Column
    n: int
    hidden: int


def rank_pace(view: ActivityView) -> Finding:
    """Elapsed pace against every earlier day with one recorded run this long.

    Earlier days are known by moving time, which flatters them: what beats them here beats them by elapsed time too.
    """
    activity, days = view.activity, view.days
    if activity.sport is not Sport.RUN or days is None or activity.distance_m < LEAST_RECORD_M or speed_of(activity) is None:
        return NOTHING
    rivals = _rivals(columns.before(days, activity.local_date), THIS_LONG * activity.distance_m)
    if rivals.n < LEAST_RIVALS:
        return withheld("record.margin", f"{rivals.n} earlier runs this long, {LEAST_RIVALS} needed")
    own = activity.distance_m / activity.elapsed_s
    faster = columns.last_day_with(rivals.days, rivals.speeds >= own)
    if faster is None:
        return _record(view, rivals, own)
    if (activity.local_date - faster).days < NOTABLE_FASTEST_DAYS or rivals.hidden:
        return NOTHING
    rank = Rank(place=1 + int((rivals.speeds >= own).sum()), of=rivals.n + 1, since=faster)
    window = Window(first=faster + timedelta(days=1), last=activity.local_date)
    label = "last faster run this long"
    return Finding(facts=(view.fact("record.fastest_since", label, faster, Dimension.DATE, window=window, n=rivals.n, rank=rank),))


def _rivals(past: DayColumns, floor_m: float) -> Rivals:
    long_enough = past.longest_m >= floor_m
    alone = long_enough & (past.count == 1) & (past.hand_entered_m == 0) & (past.moving_s > 0)
    speeds = np.divide(past.distance_m, past.moving_s, out=np.zeros(len(past)), where=alone)
    speeds[speeds > FASTEST_MPS[Sport.RUN]] = 0.0
    return Rivals(days=past, speeds=speeds, n=int((speeds > 0).sum()), hidden=int((long_enough & (past.count > 1)).sum()))


def _record(view: ActivityView, rivals: Rivals, own: float) -> Finding:
    best = int(rivals.speeds.argmax())
    held, when = float(rivals.speeds[best]), rivals.days.first_day + timedelta(days=best)
    rank = Rank(place=1, of=rivals.n + 1, since=when)
    window = Window(first=rivals.days.first_day, last=view.activity.local_date)
    note = f"; {rivals.hidden} days with several runs cannot be compared" if rivals.hidden else ""
    margin = view.fact(
        "record.margin",
        f"elapsed pace against the fastest earlier run this long{note}",
        shown_pace_change(own, held, view.activity.sport, view.profile.units),
        Dimension.PACE_CHANGE,
        window=window,
        n=rivals.n,
        against=f"the fastest of {rivals.n} earlier runs this long, by moving time",
        direction=-1,
        polarity=1,
        rank=rank,
    )
    counted = f"earlier days with one recorded run this long{note}"
    then = Window(first=when, last=when)
    return Finding(
        facts=(
            margin,
            view.fact("record.n", counted, rivals.n, Dimension.COUNT, window=window, n=rivals.n, rank=rank),
            view.fact("record.previous", "fastest earlier run this long", held, Dimension.PACE, window=then, activity_ids=()),
            view.fact("record.previous_when", "day of that run", when, Dimension.DATE, window=then, activity_ids=()),
        )
    )


def count_like_lengths(view: ActivityView) -> Finding:
    """How many days in the whole history held a session this long: what is familiar."""
    activity, days = view.activity, view.days
    if days is None or speed_of(activity) is None:
        return NOTHING
    past = columns.before(days, activity.local_date)
    n = int((past.longest_m >= activity.distance_m).sum())
    total = int((past.longest_m > 0).sum())
    window = Window(first=past.first_day, last=activity.local_date)
    if total < LEAST_RIVALS:
        return NOTHING
    fact: Fact = view.fact(
        "history.this_long",
        "earlier days with a session at least this long",
        n,
        Dimension.COUNT,
        window=window,
        n=total,
        rank=Rank(place=n + 1, of=total + 1),
    )
    return Finding(facts=(fact,))
