"""Advice that both kinds share: the next long run, a day off, a threshold on file, and leaving things as they are."""

import math
from datetime import timedelta

from chains.facts.activity.step import SPIKE
from chains.facts.advice.case import CAP_STEP_M, Case, Offered, option, parameter
from chains.facts.days import local_days
from chains.facts.fact import Dimension
from chains.request import AthleteContext
from chains.training.activity import Sport

LEAST_RATED = 10
"""Sessions with a heart rate that make a threshold worth asking for."""
LONG_STREAK_DAYS = 10


def long_run_cap(case: Case) -> Offered:
    step, day = case.number("long.ratio"), case.facts.get("long.distance", case.facts.get("activity.distance"))
    if step is None or step <= SPIKE or day is None or day.window is None or not isinstance(day.value, (int, float)):
        return None
    cap = math.floor(day.value * (1 + SPIKE) / CAP_STEP_M) * CAP_STEP_M
    following = day.window.first + timedelta(days=7)
    if following <= case.context.as_of.day:
        return None
    facts = (
        parameter("option.long_cap", f"{SPIKE:.0%} above the longest run of thirty days, rounded down", cap, Dimension.DISTANCE),
        parameter("option.long_day", "a week after that run", following, Dimension.DATE),
    )
    when = "{option.long_day|date} {option.long_day|words}"
    return option("long_run_cap", "a long run of at most {option.long_cap}", when, "keeps the next step small", "long.ratio"), facts


def rest_day(case: Case) -> Offered:
    streak = _active_streak(case.context)
    if streak < LONG_STREAK_DAYS:
        return None
    fact = parameter("option.streak", "days in a row with sport", streak, Dimension.COUNT, noun="day")
    return option("rest_day", "a day without sport, after {option.streak|count} in a row", "tomorrow or the next day", "rest"), (fact,)


def add_threshold(case: Case) -> Offered:
    profile, sport = case.context.profile, _sport(case)
    rated = sum(a.mean_hr is not None for a in case.context.recent)
    if sport is None or profile.lthr.get(sport) is not None or rated < LEAST_RATED:
        return None
    fact = parameter("option.rated", "recent sessions with a heart rate", rated, Dimension.COUNT, noun="session")
    what = "enter your threshold heart rate, from a test or a race of about an hour"
    purpose = "opens zones and load for every session with a heart rate"
    return option("add_threshold", what, "once, when you have it", purpose, "option.rated"), (fact,)


def change_nothing(case: Case) -> Offered:
    return option("change_nothing", "carry on as planned", "from here", "nothing here asks for a change"), ()


def _sport(case: Case) -> Sport | None:
    if case.context.activity is not None:
        return case.context.activity.sport
    distance = case.facts.get("week.distance")
    return Sport(distance.sport) if distance is not None and distance.sport else None


def _active_streak(context: AthleteContext) -> int:
    """Days in a row with any sport, up to the day that is looked from."""
    active = set(local_days(context))
    day, streak = context.as_of.day, 0
    while day in active:
        day, streak = day - timedelta(days=1), streak + 1
    return streak
