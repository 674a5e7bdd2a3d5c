"""Advice from a look at progress: measure it, do what one's best year did, try what the engine allows, or leave it."""

import math
from datetime import timedelta

from chains.facts.advice.case import CAP_STEP_M, Case, Offered, option, parameter
from chains.facts.advice.limits import MOST_WEEK, NotHard
from chains.facts.advice.workouts import offer
from chains.facts.fact import Dimension
from chains.training.activity import Sport
from chains.training.profile import Units

TEST_M = {Units.METRIC: 10_000.0, Units.IMPERIAL: 6 * 1609.344}
SHORT_TEST_M = {Units.METRIC: 6000.0, Units.IMPERIAL: 4 * 1609.344}
TEST_WEEKS = 4
"""House rule: what changes over months shows after four weeks; it is brought up as often as it is due."""
LIGHT_SHARE = 0.75
"""House rule: a quarter less is a week that feels different and loses nothing."""
MOST_DAYS = 6
MANY_OUT = 2
"""House rule: two gaps in twelve weeks are a pattern, one is a holiday; said every other week, for a habit is not changed by nagging."""
FAR_LESS = -0.2
"""House rule: a fifth less a week than a year before is a difference one would want to speak about."""
LEAST_RATED = 10


def measure_band(case: Case) -> Offered:
    """The same easy run every four weeks, where the scattered ones cannot tell."""
    trend = case.facts.get("progress.band_trend")
    due = case.context.as_of.day.toordinal() // 7 % TEST_WEEKS == 0
    if not due or not case.has("progress.band") or (trend is not None and trend.direction):
        return None
    units, usual = case.context.profile.units, case.number("progress.long_usual") or 0.0
    length = TEST_M[units] if usual >= TEST_M[units] else SHORT_TEST_M[units]
    facts = (
        parameter("option.test_distance", "length of the same course", length, Dimension.DISTANCE, sport=Sport.RUN),
        parameter("option.test_weeks", "weeks from one to the next", TEST_WEEKS, Dimension.COUNT, noun="week"),
    )
    what = "the same flat {option.test_distance} at {progress.band} from start to end"
    purpose = "one course at one effort answers what scattered runs cannot"
    return option("measure_band", what, "now, and then every {option.test_weeks|count}", purpose, "progress.band"), facts


def add_day(case: Case) -> Offered:
    """One more easy day where the athlete's best year in these weeks had more of them and more distance."""
    then, now, change = case.number("best_year.days"), case.number("best_year.days_now"), case.facts.get("best_year.week_vs")
    volume = case.facts.get("progress.volume_trend")
    if then is None or now is None or change is None or change.direction != -1 or then <= now or now >= MOST_DAYS:
        return None
    limits = case.basis.limits
    if (volume is not None and volume.direction == 1) or limits.not_hard in (NotHard.INJURY, NotHard.ILLNESS, NotHard.RETURN):
        return None
    most = f"{MOST_WEEK - 1:.0%}"
    facts = (
        parameter("option.days", "days a week with one more", int(now) + 1, Dimension.COUNT, noun="day"),
        parameter("option.day_growth", f"house guard on growth, {most} in a week", MOST_WEEK - 1, Dimension.SHARE),
    )
    what = "running on {option.days|count} a week, the extra one short and easy, with at most {option.day_growth} more distance in all"
    return option("add_day", what, "for the next four weeks", "what the best year had and this one lacks", "best_year.days"), facts


def steady_block(case: Case) -> Offered:
    """Even weeks where the last ones had gaps: at most the usual, and at most a tenth above the last four."""
    due = case.context.as_of.day.toordinal() // 7 % 2 == 1
    out, week = case.number("progress.weeks_out") or 0.0, case.facts.get("progress.week_volume")
    wanted = (due and out >= MANY_OUT) or _below_last_year(case)
    if not wanted or week is None or week.dimension is not Dimension.DISTANCE or case.has("regain.gap"):
        return None
    days = case.context.history.by_sport[Sport(week.sport or Sport.RUN)]
    today = case.context.as_of.day
    lately = float(days.between(today - timedelta(days=27), today).distance_m.sum()) / 4
    usual = case.number("progress.week_volume") or 0.0
    each = math.floor(min(usual, MOST_WEEK * lately) / CAP_STEP_M) * CAP_STEP_M
    if each <= 0 or case.context.profile.injury is not None:
        return None
    label = "at most the usual week, and at most a tenth above the mean of the last four; house guard"
    facts = (
        parameter("option.even_week", label, each, Dimension.DISTANCE, sport=week.sport),
        parameter("option.even_weeks", "weeks of it", TEST_WEEKS, Dimension.COUNT, noun="week"),
    )
    what = "{option.even_weeks|count} of about {option.even_week} each, none skipped and none bigger"
    reason = "progress.weeks_out" if out >= MANY_OUT else "years.week_vs_last"
    return option("steady_block", what, "from the next week on", "even weeks build, and they can be read", reason), facts


def _below_last_year(case: Case) -> bool:
    """Far less than in these weeks of the year before, and no trend upwards yet."""
    less, trend = case.number("years.week_vs_last"), case.facts.get("progress.volume_trend")
    return less is not None and less <= FAR_LESS and (trend is None or trend.direction != 1)


def use_engine(case: Case) -> Offered:
    """A tempo where the pace at one heart rate is better than it was and no recent effort shows it."""
    gains = (case.facts.get(i) for i in ("progress.band_trend", "years.band_vs_last", "progress.beats_trend"))
    gained = next((fact for fact in gains if fact is not None and (fact.polarity or 0) > 0), None)
    if gained is None or not case.has("record.gap"):
        return None
    return offer(case.basis, "tempo", gained.id, "record.gap")


def lighter_week(case: Case) -> Offered:
    """A trial where the same distance has become dearer: what does less of it change?"""
    dearer = next((i for i in ("progress.beats_trend", "progress.band_trend") if (f := case.facts.get(i)) and (f.polarity or 0) < 0), None)
    week = case.facts.get("progress.week_volume")
    if dearer is None or week is None or week.dimension is not Dimension.DISTANCE or not isinstance(week.value, (int, float)):
        return None
    light = math.floor(week.value * LIGHT_SHARE / CAP_STEP_M) * CAP_STEP_M
    if light <= 0:
        return None
    label = f"{LIGHT_SHARE:.0%} of the usual week, rounded down"
    fact = parameter("option.light_distance", label, light, Dimension.DISTANCE, sport=week.sport)
    what = "one week of {option.light_distance}, all easy, then the usual again"
    return option("try_lighter", what, "next week, as a trial", "shows whether it is tiredness that costs", dearer), (fact,)


def add_threshold(case: Case) -> Offered:
    """Zones and load need one; the trends here do not."""
    sport = next((f.sport for f in case.facts.values() if f.id == "progress.sessions"), None)
    rated = sum(a.mean_hr is not None and a.sport == sport for a in case.context.recent)
    if sport is None or case.context.profile.lthr.get(Sport(sport)) is not None or rated < LEAST_RATED:
        return None
    fact = parameter("option.rated", "recent sessions with a heart rate", rated, Dimension.COUNT, noun="session")
    what = "enter your threshold heart rate, from a test or a race of about an hour"
    purpose = "opens zones and load for every session with a heart rate"
    return option("add_threshold", what, "once, when you have it", purpose, "option.rated"), (fact,)
