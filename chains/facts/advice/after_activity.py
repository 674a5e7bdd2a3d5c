"""Advice after one activity."""

from datetime import timedelta

from chains.facts.advice.case import Case, Offered, option, parameter
from chains.facts.fact import Dimension
from chains.facts.trust import heart_rate_of
from chains.training.activity import Sport

MOST_EASY_DAYS = 14
EASY_DAYS_PER_M = 1 / 3000
"""House rule: an easy day for each 3 km raced; a half marathon gets its week."""
CLEAR_COST, CLEAR_TEST = 0.05, 0.06
HEAVY = 0.5
EASY_DAYS, LEAST_EASY_RUNS, EASY_ROOM_BPM = 28, 6, 5
"""The easy end is where a quarter of the last four weeks' runs lie; it has to be clearly below the run in question."""


def reject_heart_rate(case: Case) -> Offered:
    if not case.has("activity.hr_fault"):
        return None
    what = "leave this heart rate out of zones, load and maximum"
    return option("reject_heart_rate", what, "now, one tap", "keeps a faulty sensor out of every later number", "activity.hr_fault"), ()


def easy_days(case: Case) -> Offered:
    activity = case.context.activity
    if activity is None or not case.has("race.label") or activity.sport is not Sport.RUN:
        return None
    days = min(max(round(activity.distance_m * EASY_DAYS_PER_M), 2), MOST_EASY_DAYS)
    until = activity.local_date + timedelta(days=days)
    if until <= case.context.as_of.day:
        return None
    fact = parameter("option.easy_until", "last easy day after a race", until, Dimension.DATE)
    when = "until {option.easy_until|date}, {option.easy_until|words}"
    return option("easy_days", "easy running or none; no hard session", when, "recovery after a race", "race.label"), (fact,)


def easy_next(case: Case) -> Offered:
    """After a session harder or dearer than its like: the next one at the easy end of what this athlete runs."""
    effort, change = case.facts.get("activity.effort"), case.number("activity.beats_vs_usual") or 0.0
    activity = case.context.activity
    hard = (effort is not None and effort.direction == 1) or change >= CLEAR_COST or (case.number("load.session_vs_usual") or 0.0) >= HEAVY
    if activity is None or activity.sport is not Sport.RUN or not hard or case.has("race.label"):
        return None
    since = activity.started_at - timedelta(days=EASY_DAYS)
    runs = (a for a in case.context.recent if a.sport is Sport.RUN and a.started_at >= since)
    rates = sorted(r for r in (heart_rate_of(a, case.context.profile) for a in runs) if r is not None)
    if len(rates) < LEAST_EASY_RUNS:
        return None
    limit = round(rates[len(rates) // 4])
    if activity.mean_hr is not None and limit > activity.mean_hr - EASY_ROOM_BPM:
        return None
    label = f"a quarter of the runs of the last {EASY_DAYS} days stayed at or below this"
    fact = parameter("option.easy_hr", label, limit, Dimension.HEART_RATE)
    what = "the next run easy, at {option.easy_hr} or less"
    return option("easy_next", what, "the next time you run", "keeps hard and easy apart", "activity.pace"), (fact,)


def measure_this(case: Case) -> Offered:
    change = case.number("activity.beats_vs_usual")
    if change is None or abs(change) < CLEAR_TEST or not case.has("activity.hr", "activity.distance") or case.has("race.label"):
        return None
    what = "the same course once more at {activity.hr}, nothing else changed"
    return option("measure_this", what, "within two weeks", "one run is a hint, two are an answer", "activity.beats_vs_usual"), ()
