"""This activity against the athlete's own like-for-like ones: pace, heart rate, heartbeats per kilometre, and its place among them."""

from collections.abc import Sequence
from statistics import median

from chains.facts.activity.view import ActivityView
from chains.facts.fact import Dimension, Fact, Rank
from chains.facts.finding import NOTHING, Finding, sign, withheld
from chains.facts.likeness import LEAST_LIKE, LIKE_DAYS
from chains.facts.quantities import shown_pace_change
from chains.facts.trust import heart_rate_of, speed_of
from chains.facts.wording import superlative
from chains.training.activity import Sport

SAME_PACE = 0.015
SAME_SPEED = 0.03
SAME_HR_BPM = 2.5
SAME_TIME = 0.1
"""House rule: below these a difference is called none; they lie inside what GPS and a wrist sensor repeat from day to day."""
NOTABLE_PLACES, NOTABLE_SHARE, LEAST_PLACED = 3, 0.1, 8
"""House rule: a place is told among the first or last three or the outer tenth, of eight at least."""


def compare_speed(view: ActivityView) -> Finding:
    """Pace or speed against the median of like sessions, with the place among them."""
    speed = speed_of(view.activity)
    if speed is None:
        return NOTHING
    if view.structured:
        return withheld("activity.pace_vs_usual", "intervals: the mean mixes work and recovery")
    others = [s for s in (speed_of(a) for a in view.like) if s is not None]
    n = len(others)
    if n < LEAST_LIKE:
        return _too_few_for(view, "activity.pace_vs_usual", n)
    compared = _compare_ride(view, speed, median(others), n) if view.activity.sport is Sport.RIDE else _compare_pace(view, speed, others)
    counted = view.like_fact("activity.like_sessions", "like sessions of the last 180 days", n, Dimension.COUNT, n, noun=view.noun)
    return Finding(facts=(*compared, *_speed_place(view, speed, others), counted))


def _compare_pace(view: ActivityView, speed: float, others: Sequence[float]) -> tuple[Fact, ...]:
    usual, n = median(others), len(others)
    change = 1 / speed - 1 / usual
    direction = 0 if abs(change * usual) <= SAME_PACE else sign(change)
    compared = view.like_fact(
        "activity.pace_vs_usual",
        "pace against the median of like sessions",
        shown_pace_change(speed, usual, view.activity.sport, view.profile.units),
        Dimension.PACE_CHANGE,
        n,
        against=f"median of {n} like sessions",
        direction=direction,
        polarity=-direction,
    )
    return (
        compared,
        view.like_fact("activity.usual_pace", "median pace of like sessions", usual, Dimension.PACE, n, against=f"{n} like sessions"),
    )


def _compare_ride(view: ActivityView, speed: float, usual: float, n: int) -> tuple[Fact, ...]:
    change = speed / usual - 1
    direction = 0 if abs(change) <= SAME_SPEED else sign(change)
    compared = view.like_fact(
        "activity.speed_vs_usual",
        "speed against the median of like rides",
        change,
        Dimension.CHANGE,
        n,
        against=f"median of {n} like rides",
        direction=direction,
        polarity=direction,
    )
    return (compared, view.like_fact("activity.usual_speed", "median speed of like rides", usual, Dimension.SPEED, n))


def _speed_place(view: ActivityView, speed: float, others: Sequence[float]) -> tuple[Fact, ...]:
    place, of = 1 + sum(o > speed for o in others), len(others) + 1
    words = placed(place, of, "fastest", "slowest", view.noun)
    if words is None:
        return ()
    label = "place by pace among like sessions"
    return (view.like_fact("activity.pace_place", label, words, Dimension.TEXT, len(others), rank=Rank(place=place, of=of)),)


def placed(place: int, of: int, first: str, last: str, noun: str) -> str | None:
    """'second fastest of 39 such runs'; None in the middle of the field."""
    edge = max(NOTABLE_PLACES, int(NOTABLE_SHARE * of))
    if of < LEAST_PLACED or edge < place <= of - edge:
        return None
    words = superlative(place, first) if place <= edge else superlative(of - place + 1, last)
    return f"{words} of {of} such {noun}s"


def compare_heart_rate(view: ActivityView) -> Finding:
    """Mean heart rate against the median of like sessions; neither better nor worse by itself."""
    rate = heart_rate_of(view.activity, view.profile)
    if rate is None or view.structured:
        return NOTHING
    others = [r for r in (heart_rate_of(a, view.profile) for a in view.like) if r is not None]
    n = len(others)
    if n < LEAST_LIKE:
        return withheld("activity.hr_vs_usual", too_few(n))
    change = rate - median(others)
    compared = view.like_fact(
        "activity.hr_vs_usual",
        "mean heart rate against the median of like sessions",
        change,
        Dimension.HEART_RATE_CHANGE,
        n,
        against=f"median of {n} like sessions",
        direction=0 if abs(change) <= SAME_HR_BPM else sign(change),
        polarity=0,
    )
    label, against = "median heart rate of like sessions", f"{n} like sessions"
    usually = view.like_fact("activity.usual_hr", label, median(others), Dimension.HEART_RATE, n, against=against)
    return Finding(facts=(compared, usually))


def compare_duration(view: ActivityView) -> Finding:
    """Time against the athlete's own sessions, for sports that have no distance."""
    if view.activity.distance_m > 0:
        return NOTHING
    others = [a.moving_s for a in view.earlier if a.moving_s > 0]
    n = len(others)
    if n < LEAST_LIKE:
        return _too_few_for(view, "activity.time_vs_usual", n)
    change = view.activity.moving_s / median(others) - 1
    compared = view.like_fact(
        "activity.time_vs_usual",
        "time against the median of the sport's sessions",
        change,
        Dimension.CHANGE,
        n,
        against=f"median of {n} sessions",
        direction=0 if abs(change) <= SAME_TIME else sign(change),
        polarity=0,
    )
    usually = view.like_fact("activity.usual_time", "median time of the sport's sessions", median(others), Dimension.DURATION, n)
    counted = view.like_fact("activity.like_sessions", "the sport's sessions of the last 180 days", n, Dimension.COUNT, n, noun=view.noun)
    return Finding(facts=(compared, usually, counted))


def _too_few_for(view: ActivityView, fact_id: str, n: int) -> Finding:
    """The comparison is withheld; how many like sessions there are and how many it takes can be told."""
    noun = view.noun
    found = view.like_fact("data.like_found", "like sessions of the last 180 days", n, Dimension.COUNT, n, noun=noun)
    needed = view.like_fact("data.like_needed", "like sessions that a comparison takes", LEAST_LIKE, Dimension.COUNT, n, noun=noun)
    return Finding(facts=(found, needed), missing=withheld(fact_id, too_few(n)).missing)


def too_few(n: int) -> str:
    """Why a like-for-like comparison is not made."""
    return f"{n} like sessions in the last {LIKE_DAYS} days, {LEAST_LIKE} needed"
