"""What is worth telling about one activity: what is new, what it took, what the past says. One function per passage."""

from chains.facts.workout.following import SESSIONS
from chains.training.profile import Units
from chains.writers.rules.activity_headline import chosen_headline, headline, pace_and_cost
from chains.writers.rules.goal_passages import tell_goal, tell_race_result, why
from chains.writers.rules.manner import Manner
from chains.writers.rules.passage import Passage, Teller
from chains.writers.rules.recording_passages import DOUBT_TELLERS, RECORDING_TELLERS
from chains.writers.rules.voice import Voice, sign_name

CLEAR_COST = 0.04
CLEAR_DRIFT = 0.03
NOTABLE_REST, LONG_REST = 3, 21
"""Days; after three weeks without a file nobody knows what the legs did."""
LATE_IN_WEEK, OVER_WEEK = 0.97, 1.05
MOSTLY = 0.95
MOSTLY_SET = 0.85


def tell_record(voice: Voice) -> Passage | None:
    if voice.has("record.margin"):
        return Passage(10, ("record", "record.no_stop") if not voice.has("activity.stops") else ("record",))
    if voice.has("record.fastest_since"):
        return Passage(7, ("fastest_since",))
    return None


def tell_record_usual(voice: Voice) -> Passage | None:
    """How far a record lies from what such runs usually are."""
    faster = voice.has("record.margin", "activity.like_sessions") and voice.polarity("activity.pace_vs_usual") > 0
    return Passage(6.4, ("record.usual",)) if faster and not voice.has("race.gain_now") else None


def tell_engine(voice: Voice) -> Passage | None:
    """A race against the pace of everyday runs, and against the same of the mark that it beat."""
    if not voice.has("race.gain_now") or voice.direction("race.gain_now") <= 0:
        return None
    if not voice.has("race.gain_change"):
        return Passage(8, ("engine",))
    day = {1: "engine.day_up", 0: "engine.training", -1: "engine.day_down"}[voice.direction("race.gain_change")]
    return Passage(8.6, ("engine.then", day))


def tell_taper(voice: Voice) -> Passage | None:
    return Passage(7.5, ("taper", "taper.keep" if voice.has("record.margin") else "taper.note")) if voice.has("taper.cut") else None


def tell_heart_rate_fault(voice: Voice) -> Passage | None:
    return Passage(9, ("hr_fault", "hr_fault.peak", "hr_fault.use")) if voice.has("activity.hr_fault") else None


def tell_step(voice: Voice) -> Passage | None:
    if not voice.has("long.ratio", "long.reference"):
        return None
    if voice.leaps:
        return Passage(8.5, ("step.short" if chosen_headline(voice) == "headline.step" else "step.large", "step.rule"))
    return Passage(4, ("step.small",))


def tell_length(voice: Voice) -> Passage | None:
    if voice.has("history.longest_of"):
        return Passage(8, ("longest_ever",))
    if voice.has("history.longest_since"):
        told = chosen_headline(voice) == "headline.longest_since"
        return Passage(6, ("longest_between" if told else "longest_since",))
    return None


def tell_cost(voice: Voice) -> Passage | None:
    """Pace, heart rate and heartbeats per kilometre against like runs."""
    if not voice.has("activity.pace_vs_usual") or voice.has("race.label") or voice.has("record.margin"):
        return None
    pattern = pace_and_cost("cost.", voice)
    place = ("cost.place",) if voice.has("activity.beats_place") else ("pace.place",) if voice.has("activity.pace_place") else ()
    if pattern == "cost.same_even":
        place = ()
    clear = abs(voice.number("activity.beats_vs_usual")) >= CLEAR_COST or voice.has("activity.effort")
    return Passage(7 if clear else 5.5, (pattern, *place))


def tell_row(voice: Voice) -> Passage | None:
    """One run is a day; several say something: a row, a drift, the last that was as cheap."""
    if voice.has("race.label"):
        return None
    streak = voice.has("activity.streak") and not chosen_headline(voice).startswith("headline.streak")
    patterns = (
        *(("cheap_since",) if voice.has("activity.cheap_since") else ()),
        *((f"streak.{sign_name(voice.direction('activity.streak'))}",) if streak else ()),
        *((_trend(voice),) if voice.has("activity.beats_trend") else ()),
    )
    return Passage(6, patterns) if patterns else None


def _trend(voice: Voice) -> str:
    """This run within the drift of the last like runs: part of it, against it, or unremarkable itself."""
    own, drift = voice.direction("activity.beats_vs_usual"), voice.direction("activity.beats_trend")
    return f"trend.{'' if own == drift else 'against_' if own else 'plain_'}{sign_name(drift)}"


def tell_race(voice: Voice) -> Passage | None:
    """The plain result, where it is no record."""
    if not voice.has("race.label") or voice.has("record.margin"):
        return None
    result = "race.stops" if voice.has("activity.stops") else "race"
    return Passage(7, (result, "pace.place" if voice.has("activity.pace_place") else "thin.why"))


def tell_daypart(voice: Voice) -> Passage | None:
    """Mornings and afternoons differ: does the hour explain what was found?"""
    if not voice.has("daypart.gap", "activity.beats_vs_usual") or voice.number("daypart.gap") < 0:
        return None
    overall, within = voice.direction("activity.beats_vs_usual"), voice.direction("daypart.beats_vs_usual")
    if within:
        return Passage(5.8, ("daypart.more" if within > 0 else "daypart.less",)) if within < 0 or overall > 0 else None
    return Passage(5.8, ("daypart.explains",)) if overall > 0 else None


def tell_speed(voice: Voice) -> Passage | None:
    """Rides: speed against like rides."""
    if not voice.has("activity.speed_vs_usual"):
        return None
    return Passage(5, (pace_and_cost("ride.", voice), *(("pace.place",) if voice.has("activity.pace_place") else ())))


def tell_power(voice: Voice) -> Passage | None:
    if voice.has("activity.ef_vs_usual"):
        return Passage(6.5, (f"ef.{sign_name(voice.polarity('activity.ef_vs_usual'))}", "power.intensity"))
    if not voice.has("activity.np"):
        return None
    return Passage(5, ("power.intensity" if voice.has("activity.if") else "power.plain",))


def tell_heart_rate(voice: Voice) -> Passage | None:
    """Where heartbeats per kilometre say nothing: swims, rides, hikes."""
    if not voice.has("activity.hr_vs_usual") or voice.has("activity.beats_vs_usual") or voice.has("activity.effort"):
        return None
    return Passage(3, (f"hr.{sign_name(voice.direction('activity.hr_vs_usual'))}",))


def tell_second_session(voice: Voice) -> Passage | None:
    if not voice.has("day.earlier_distance"):
        return None
    return Passage(
        6, ("second", f"second.hr_{sign_name(voice.direction('day.hr_vs_earlier'))}" if voice.has("day.hr_vs_earlier") else "none")
    )


def tell_intervals(voice: Voice) -> Passage | None:
    if voice.has("interval.label"):
        return Passage(6, ("workout", *(() if voice.has("best.5_km_of") else ("workout.best",))))
    if not voice.has("interval.count", "interval.last_vs_first"):
        return None
    whole = ("thin.intervals",) if voice.number("interval.distance") < MOSTLY_SET * voice.number("activity.distance") else ()
    return Passage(7, (f"intervals.{sign_name(voice.direction('interval.last_vs_first'))}", *whole))


def tell_splits(voice: Voice) -> Passage | None:
    if not voice.has("split.change"):
        return None
    direction = voice.direction("split.change")
    extreme = ("split.extreme",) if voice.sheet.units is Units.METRIC else ()
    return Passage(5 if direction else 3.5, (f"split.{sign_name(direction)}", *extreme))


def tell_drift(voice: Voice) -> Passage | None:
    if voice.has("activity.drift_vs_usual"):
        return Passage(6.2, (f"drift_judged.{sign_name(voice.direction('activity.drift_vs_usual'))}",))
    if voice.has("activity.drift"):
        worth = 4 if abs(voice.number("activity.drift")) >= CLEAR_DRIFT else 3
        return Passage(worth, (f"drift.{sign_name(voice.direction('activity.drift'))}",))
    return None


def tell_best(voice: Voice) -> Passage | None:
    for slug in ("half_marathon", "10_km", "5_km", "mile", "1_km"):
        if voice.has(f"best.{slug}_of"):
            return Passage(7, (f"best.{slug}",))
    return Passage(7, ("best.power",)) if voice.has("best.power_of") else None


def tell_load(voice: Voice) -> Passage | None:
    """Points against the usual session, and how much of the time was below threshold where that is not all of it."""
    zone = ("zone",) if 0 < voice.number("zone.below_threshold") <= MOSTLY else ()
    if not voice.has("load.session_vs_usual"):
        return Passage(3.5, zone) if zone else None
    direction = voice.direction("load.session_vs_usual")
    return Passage(4.5 if direction else 2.5, (f"load.{sign_name(direction)}", *zone))


def tell_day(voice: Voice) -> Passage | None:
    """Rest before it, and what the week holds by now."""
    rested = voice.number("day.rest_days") >= NOTABLE_REST
    share = voice.number("week.base_share")
    if not rested and not voice.has("week.base_share"):
        return None
    week = "week.closed" if not voice.number("week.days_left") else _week_share(share)
    rest = "rest.file" if voice.number("day.rest_days") > LONG_REST else "rest"
    patterns = (*((rest,) if rested else ()), *((week,) if voice.has("week.base_share") else ()))
    return Passage(4.2 if rested or share >= LATE_IN_WEEK else 3.2, patterns)


def _week_share(share: float) -> str:
    return "week.part" if share < LATE_IN_WEEK else "week.full" if share <= OVER_WEEK else "week.over"


def tell_stops(voice: Voice) -> Passage | None:
    if voice.number("activity.stops_share") < 0.1 or voice.has("interval.count"):
        return None
    return Passage(2.8, ("stops",)) if voice.has("activity.usual_stops_share") else Passage(1, ("stops.alone",))


def tell_by_hand(voice: Voice) -> Passage | None:
    return Passage(6, ("by_hand",)) if voice.has("data.hand_entered") else None


def tell_time(voice: Voice) -> Passage | None:
    if not voice.has("activity.time_vs_usual"):
        return None
    return Passage(5, (f"time.{sign_name(voice.direction('activity.time_vs_usual'))}",))


def tell_years(voice: Voice) -> Passage | None:
    """Where this run stands among all of its length, and against the same weeks of last year."""
    if voice.has("race.label") or voice.has("record.margin") or not voice.has("history.like_runs"):
        return None
    place = "years.cost" if voice.has("history.like_cheaper") and not voice.has("activity.effort") else "years.pace"
    direction = voice.direction("history.beats_vs_year_ago")
    year = (f"years.{sign_name(direction)}",) if voice.has("history.beats_vs_year_ago") and not voice.has("activity.effort") else ()
    return Passage(5.2 if direction else 3.6, (*year, place) if direction else (place, *year))


def tell_thin(voice: Voice) -> Passage | None:
    """What there is, where nothing compares."""
    compared = (
        "activity.pace_vs_usual",
        "activity.speed_vs_usual",
        "activity.time_vs_usual",
        "record.margin",
        "data.hand_entered",
        "data.gps_jump",
        "interval.count",
        "interval.label",
    )
    if any(voice.has(c) for c in compared) or voice.has("race.label", "activity.pace"):
        return None
    plain = "thin" if voice.has("activity.pace") else "thin.ride" if voice.has("activity.speed") else _bare(voice)
    known = ("thin.length",) if voice.number("history.this_long") else ()
    return Passage(2, (plain, "thin.climb" if voice.has("data.ascent") else "thin.why", *known))


def _bare(voice: Voice) -> str:
    return "thin.race" if voice.has("race.label") else "thin.bare"


TELLERS: tuple[Teller, ...] = (
    tell_record,
    tell_record_usual,
    tell_by_hand,
    *DOUBT_TELLERS,
    tell_length,
    tell_best,
    tell_race_result,
    tell_race,
    tell_engine,
    tell_taper,
    tell_cost,
    tell_daypart,
    tell_row,
    tell_speed,
    tell_power,
    tell_time,
    tell_intervals,
    *RECORDING_TELLERS,
    tell_thin,
    tell_drift,
    tell_splits,
    tell_second_session,
    tell_heart_rate,
    tell_load,
    tell_step,
    tell_years,
    tell_goal,
    tell_day,
    tell_stops,
    tell_heart_rate_fault,
)

MANNER = Manner(
    headline=headline,
    tellers=TELLERS,
    compared=("activity.beats_vs_usual", "activity.pace_vs_usual", "activity.effort"),
    why=why,
    standing=SESSIONS,
)
