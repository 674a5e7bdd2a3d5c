"""Advice for a week."""

import math
from datetime import date

from chains.facts.advice.after_activity import easy_days_since
from chains.facts.advice.case import CAP_STEP_M, Case, Offered, next_week, option, parameter
from chains.facts.advice.limits import RETURN_GAP_DAYS, return_share
from chains.facts.fact import Dimension
from chains.facts.trust import heart_rate_of
from chains.training.activity import Sport

SECOND_RUN_ROOM_BPM = 2
DEAR_SECOND_RUN = 0.02
MOST_ACTIVE_DAYS = 6
LEAST_LEFT_M = 3000.0
FRESH_LEVEL = 0.25
LONG_ROW_WEEKS = 6
LIGHT_SHARE = 0.75
"""House rule: a quarter less is a week that feels different and loses nothing."""


def easy_days(case: Case) -> Offered:
    """After the race of the week."""
    day, distance = case.facts.get("week.race_day"), case.number("week.race_distance")
    if day is None or distance is None or not isinstance(day.value, date):
        return None
    return easy_days_since(case, day.value, distance, "week.race")


def spread_week(case: Case) -> Offered:
    if not case.has("history.big_weeks_as_dense", "week.distance"):
        return None
    days, usual = case.number("week.active_days"), case.number("history.big_week_days")
    if days is None or usual is None:
        return None
    spread = int(min(max(days + 1, min(usual, MOST_ACTIVE_DAYS)), MOST_ACTIVE_DAYS))
    if spread <= days:
        return None
    fact = parameter("option.spread_days", "days for the same distance", spread, Dimension.COUNT, noun="day")
    what = "the same distance, {week.distance|about}, on {option.spread_days|count}"
    return option("spread_week", what, "from {option.next_week|words}", "same volume, less of it at once", "history.big_weeks_as_dense"), (
        fact,
        next_week(case),
    )


def second_run_easy(case: Case) -> Offered:
    gap = case.number("double_days.beats_gap")
    day = case.facts.get("double_days.count")
    higher, quicker = case.number("double_days.hr_gap") or 0.0, -(case.number("double_days.pace_gap") or 0.0)
    if gap is None or gap < DEAR_SECOND_RUN or day is None or day.window is None or higher <= 0 or quicker <= 0:
        return None
    first_of_day: dict[object, float] = {}
    for run in case.context.recent:
        rate = heart_rate_of(run, case.context.profile)
        if rate is not None and day.window.first <= run.local_date <= day.window.last:
            first_of_day.setdefault(run.local_date, rate)
    if not first_of_day:
        return None
    limit = round(sum(first_of_day.values()) / len(first_of_day)) + SECOND_RUN_ROOM_BPM
    fact = parameter("option.second_hr", "heart rate of the first runs, and a little room", limit, Dimension.HEART_RATE)
    what = "the second run of a day at {option.second_hr} or less"
    return option("second_run_easy", what, "each day with two runs", "keeps the cheap half cheap", "double_days.beats_gap"), (fact,)


def ease_back(case: Case) -> Offered:
    idle, base = case.number("break.days"), case.number("week.base")
    if idle is None or base is None or idle < RETURN_GAP_DAYS:
        return None
    first = math.floor(base * return_share(round(idle)) / CAP_STEP_M) * CAP_STEP_M
    fact = parameter(
        "option.return_distance",
        "part of the base for the first week back; house guard",
        first,
        Dimension.DISTANCE,
        sport=case.sport_of("week.base"),
    )
    what = "a first week of at most {option.return_distance}, all of it easy"
    return option("ease_back", what, "when you start again", "leaves room for a second week", "break.days", "week.base"), (fact,)


def finish_week(case: Case) -> Offered:
    so_far, base, elapsed = case.number("week.distance"), case.number("week.base"), case.number("week.elapsed_days")
    if so_far is None or base is None or elapsed is None or elapsed >= 7:
        return None
    rest = base - (case.number("week.base_to_date") or 0.0)
    left = math.floor(min(base - so_far, rest) / CAP_STEP_M) * CAP_STEP_M
    if left < LEAST_LEFT_M:
        return None
    facts = (
        parameter(
            "option.left",
            "what base weeks hold in the days left, at most up to the base",
            left,
            Dimension.DISTANCE,
            sport=case.sport_of("week.base"),
        ),
        parameter("option.days_left", "days left", int(7 - elapsed), Dimension.COUNT, noun="day"),
    )
    what = "{option.left} more at most"
    return option("finish_week", what, "in the {option.days_left|count} left", "ends at the base", "week.distance", "week.base"), facts


def keep_week(case: Case) -> Offered:
    change = case.facts.get("week.distance_vs_base")
    if change is None or change.direction != 0 or case.has("week.elapsed_days"):
        return None
    what = "another week like this one, {week.distance}"
    return option("keep_week", what, "from {option.next_week|words}", "the level is yours", "week.distance_vs_base"), (next_week(case),)


def lighter_week(case: Case) -> Offered:
    """A trial after a long row of equal weeks, not a rule: what does a smaller one change?"""
    row, distance = case.number("block.weeks"), case.number("week.distance")
    change = case.facts.get("week.distance_vs_base")
    if row is None or distance is None or row < LONG_ROW_WEEKS or case.sport_of("week.distance") != Sport.RUN:
        return None
    if change is None or change.direction != 0:
        return None
    light = math.floor(distance * LIGHT_SHARE / CAP_STEP_M) * CAP_STEP_M
    fact = parameter("option.light_distance", f"{LIGHT_SHARE:.0%} of this week, rounded down", light, Dimension.DISTANCE)
    what = "as a trial one lighter week of {option.light_distance}, then compare before and after what the same run takes in heartbeats"
    purpose = "measures what less does for this athlete"
    return option("lighter_week", what, "from {option.next_week|words}", purpose, "block.weeks"), (fact, next_week(case))


def hold_week(case: Case) -> Offered:
    change = case.number("week.distance_vs_base")
    if change is None or change < FRESH_LEVEL or case.has("week.elapsed_days"):
        return None
    what = "at most {week.distance} once more, before anything is added"
    when = "for the week from {option.next_week|words}"
    return option("hold_week", what, when, "a house guard on growth", "week.distance_vs_base"), (next_week(case),)


def part_hard_days(case: Case) -> Offered:
    """Where hard days stood side by side and the day after one is known to be dear."""
    after = case.facts.get("density.after_hard_beats")
    if after is None or after.direction != 1 or not case.has("week.hard_close"):
        return None
    what = "an easy day or a day off between hard ones"
    return option("part_hard_days", what, "from {option.next_week|words}", "the day after is the dear one", after.id), (next_week(case),)
