"""The week over the complete history: its rank, the weeks as big, how tightly they were packed."""

import math
from datetime import timedelta

import numpy as np

from chains.facts.fact import Dimension, Fact, Rank, Window
from chains.facts.finding import NOTHING, Finding
from chains.facts.week.view import WeekView
from chains.facts.wording import day_and_month, number_word
from chains.training.history import Weeks

AS_BIG = 0.9
LEAST_BIG_WEEKS = 10
RARE_SHARE = 0.15
NOTABLE_SINCE_WEEKS = 12
LEAST_SMALLER_WEEKS = 6
"""House rule: the biggest since is news over weeks that were trained, not over an empty file."""
YEAR_WEEKS = 52
LEAST_DAYS = 2
MOST_CHANGE = 0.6
"""House rule: a comparison with a stretch that holds a broken week is true and misleads."""


def rank_week(view: WeekView) -> Finding:
    """The biggest week since, or ever: a finished week against finished weeks."""
    weeks = view.weeks
    if view.distance_m <= 0 or len(weeks) < NOTABLE_SINCE_WEEKS:
        return NOTHING
    earlier = weeks.distance_m[:-1]
    n = int((earlier > 0).sum())
    bigger = np.flatnonzero(earlier >= view.distance_m)
    if not len(bigger):
        window = Window(first=weeks.first_start, last=view.end)
        rank = Rank(place=1, of=n + 1)
        return Finding(
            facts=(view.fact("history.biggest_of", "earlier weeks, all smaller", n, Dimension.COUNT, n=n, window=window, rank=rank),)
        )
    last = int(bigger[-1])
    counted = int((earlier[last + 1 :] > 0).sum())
    if len(earlier) - last < NOTABLE_SINCE_WEEKS or counted < LEAST_SMALLER_WEEKS:
        return NOTHING
    since = weeks.start_of(last)
    window = Window(first=since + timedelta(days=7), last=view.end)
    rank = Rank(place=1 + len(bigger), of=n + 1, since=since)
    return Finding(
        facts=(
            view.fact("history.biggest_since", "last week at least this big", since, Dimension.DATE, window=window, n=counted, rank=rank),
            view.fact(
                "history.smaller_weeks",
                "trained weeks since then",
                counted,
                Dimension.COUNT,
                noun="week",
                window=window,
                n=counted,
                rank=rank,
            ),
        )
    )


def compare_density(view: WeekView) -> Finding:
    """The same distance in how many days: of the earlier weeks as big, how many were packed as tightly."""
    weeks = view.weeks
    if not view.complete or view.distance_m <= 0 or not _is_big(view):
        return NOTHING
    floor = math.ceil(AS_BIG * view.distance_m / 1000) * 1000.0
    big = np.flatnonzero(weeks.distance_m[:-1] >= floor)
    n = len(big)
    if n < LEAST_BIG_WEEKS:
        return NOTHING
    dense = big[weeks.days[big] <= view.active_days]
    usual_days = round(float(np.median(weeks.days[big])))
    window = Window(first=weeks.start_of(int(big[0])), last=view.end)
    rank = Rank(place=len(dense) + 1, of=n + 1)
    facts = (
        view.fact("history.big_weeks", "earlier weeks of at least this floor", n, Dimension.COUNT, window=window, n=n),
        view.fact("history.big_week_floor", "nine tenths of this week, rounded up", floor, Dimension.DISTANCE, window=window, n=n),
        view.fact("history.big_week_days", "median of their active days", usual_days, Dimension.COUNT, noun="day", window=window, n=n),
    )
    tight = len(dense) <= RARE_SHARE * n and view.active_days < usual_days
    if not tight:
        return Finding(facts=facts)
    words = view.fact(
        "history.big_weeks_as_dense",
        "of those, packed into as few days",
        _dense_words(weeks, dense),
        Dimension.TEXT,
        window=window,
        n=n,
        rank=rank,
    )
    return Finding(facts=(words, *facts))


def _is_big(view: WeekView) -> bool:
    """At least a middling week of the whole history, and not far below the present base."""
    earlier = view.weeks.distance_m[:-1]
    active = earlier[earlier > 0]
    if not len(active) or view.distance_m < float(np.median(active)):
        return False
    return view.base is None or view.distance_m >= AS_BIG * view.base.distance_m


def _dense_words(weeks: Weeks, dense: "np.ndarray[tuple[int, ...], np.dtype[np.intp]]") -> str:
    if not len(dense):
        return "none"
    if len(dense) > 1:
        return f"only {number_word(len(dense))}"
    only = int(dense[0])
    return "only last week" if only == len(weeks) - 2 else f"only that of {day_and_month(weeks.start_of(only))} {weeks.start_of(only).year}"


def compare_with_last_year(view: WeekView) -> Finding:
    """The last four weeks against the same four of the year before."""
    if len(view.weeks) < YEAR_WEEKS + 4 or not view.complete:
        return NOTHING
    now, then = float(view.weeks.distance_m[-4:].sum()), float(view.weeks.distance_m[-56:-52].sum())
    broken = (view.weeks.days[-4:] < LEAST_DAYS).any() or (view.weeks.days[-56:-52] < LEAST_DAYS).any()
    if now <= 0 or then <= 0 or broken:
        return NOTHING
    change = now / then - 1
    if abs(change) > MOST_CHANGE:
        return NOTHING
    year_ago = Window(first=view.start - timedelta(days=364 + 21), last=view.start - timedelta(days=364 - 6))
    last_four = Window(first=view.start - timedelta(days=21), last=view.end)
    compared: Fact = view.fact(
        "history.vs_year_ago",
        "last four weeks against the same four of the year before",
        change,
        Dimension.CHANGE,
        n=4,
        window=last_four,
        against="the same four weeks a year before",
        direction=0 if abs(change) <= 0.05 else (change > 0) - (change < 0),
        polarity=0,
    )
    return Finding(
        facts=(
            compared,
            view.fact("history.four_weeks", "distance of the last four weeks", now, Dimension.DISTANCE, n=4, window=last_four),
            view.fact("history.year_weeks", "weeks compared", 4, Dimension.COUNT, noun="week", n=4, window=last_four),
            view.fact("history.year_ago", "distance of the same four weeks a year before", then, Dimension.DISTANCE, n=4, window=year_ago),
        )
    )
