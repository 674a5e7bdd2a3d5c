"""This activity over the complete history: longest since, how many were this long."""

from datetime import timedelta

from chains.facts import columns
from chains.facts.activity.view import ActivityView
from chains.facts.fact import Dimension, Fact, Rank, Window
from chains.facts.finding import NOTHING, Finding
from chains.facts.trust import speed_of
from chains.training.activity import Activity, Sport
from chains.training.history import DayColumns

NOTABLE_SINCE_DAYS = 56
"""House rule: 'the longest since' is news after eight weeks."""
THIS_LONG = 0.98
"""Courses measure 2 % apart by GPS: 21.35 km and 20.9 km are the same race, and 24.02 km is no longer than 24.00 km."""
INDOORS = frozenset({"indoor", "virtual"})
LEAST_RIVALS = 5


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
        noun="day",
        window=window,
        n=total,
        rank=Rank(place=n + 1, of=total + 1),
    )
    return Finding(facts=(fact,))
