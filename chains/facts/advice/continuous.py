"""Sessions at one intensity: easy, long and recovery, sized by the athlete's own habit and cut to the limits."""

import math
from dataclasses import dataclass

from chains.facts.advice.basis import Basis
from chains.facts.advice.case import CAP_STEP_M, parameter
from chains.facts.advice.limits import BEGINNER_SESSION_S, spike_cap
from chains.facts.advice.targets import Aim, Intensity, aim, by_feel
from chains.facts.fact import Dimension, Fact
from chains.facts.wording import session_noun
from chains.training.activity import HALF_MARATHON_M, MARATHON_M, Sport
from chains.training.workout import Step, StepKind, StepSet, Workout

LEAST_S = 15 * 60.0
LEAST_RUN_M, LEAST_SWIM_M = 2000.0, 400.0
"""House rules: below this no session is worth changing for."""
TIME_STEP_S, SWIM_STEP_M = 300.0, 50.0
RECOVERY_SHARE, RECOVERY_MOST_S = 0.6, 40 * 60.0
"""House rule: six tenths of the usual session, forty minutes at most."""
LONG_SHARE, LEAST_LONG = 0.9, 1.15
"""A long session is at least this much beyond the usual one, and nine tenths of the month's longest counts as long already."""
GOAL_LONG = ((MARATHON_M * 0.99, 30_000.0), (HALF_MARATHON_M * 0.99, 18_000.0), (10_000.0, 14_000.0))
"""House rule: the long run that a race asks for; a marathon 30 km, a half marathon 18, ten kilometres 14."""
LONG_AT_ALL = 0.7
"""House rule: below seven tenths of the longest of half a year no session is called long; it is a step towards one."""
WALK_S, RUN_S = 60.0, 4 * 60.0
"""House rule: beginners walk a minute after each four of running."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session of the library, made for one athlete; `what` refers to `facts`."""

    name: str
    what: str
    purpose: str
    facts: tuple[Fact, ...]
    workout: Workout | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """An amount in the sport's own measure: metres for runs and swims with a known pace, else seconds."""

    seconds: float
    meters: float | None


def easy(basis: Basis) -> Session | None:
    share = basis.limits.session_share
    size = _fit(basis, basis.volume.usual_s * share, basis.volume.usual_m * share)
    return _session(basis, "easy", "an easy", size, aim(basis, "easy", Intensity.EASY), "keeps the volume and leaves the legs free")


def recovery(basis: Basis) -> Session | None:
    share = RECOVERY_SHARE * basis.limits.session_share
    seconds = min(basis.volume.usual_s * share, RECOVERY_MOST_S)
    meters = min(basis.volume.usual_m * share, (basis.volume.easy_mps or math.inf) * RECOVERY_MOST_S)
    size = _fit(basis, seconds, meters)
    purpose = "moves the legs without adding to what they carry"
    return _session(basis, "recovery", "a short recovery", size, aim(basis, "recovery", Intensity.RECOVERY), purpose)


def long(basis: Basis) -> Session | None:
    """The month's longest again, or towards what the goal asks, never beyond the step; none on the way back or before a race."""
    if basis.limits.not_hard is not None or basis.limits.taper_cut is not None:
        return None
    volume = basis.volume
    meters = max(volume.longest_m * LONG_SHARE, min(_goal_long(basis), spike_cap(volume.longest_m)))
    seconds = max(volume.longest_s * LONG_SHARE, volume.usual_s * LEAST_LONG)
    size = _fit(basis, seconds, max(meters, volume.usual_m * LEAST_LONG))
    if size is None or size.seconds < volume.usual_s:
        return None
    lead = "a long" if is_long(basis, size.meters) else "a longer"
    return _session(basis, "long", lead, size, aim(basis, "long", Intensity.EASY), "endurance: time on the legs at an easy effort")


def is_long(basis: Basis, meters: float | None) -> bool:
    """Whether this athlete would call that distance long."""
    return meters is None or meters >= LONG_AT_ALL * basis.volume.known_m


def _goal_long(basis: Basis) -> float:
    goal = basis.goal.distance_m if basis.goal is not None and basis.sport is Sport.RUN else None
    return next((length for race, length in GOAL_LONG if goal is not None and goal >= race), 0.0)


def _fit(basis: Basis, seconds: float, meters: float) -> Size | None:
    """Cut to the limits and rounded down; None where too little is left."""
    limits, speed = basis.limits, basis.volume.easy_mps
    seconds = min(seconds, limits.most_s, limits.week_left_s, BEGINNER_SESSION_S if limits.beginner else math.inf)
    if limits.most_m is None or speed is None or meters <= 0 or limits.beginner:
        whole = math.floor(seconds / TIME_STEP_S) * TIME_STEP_S
        return Size(seconds=whole, meters=None) if whole >= LEAST_S else None
    swum = basis.sport is Sport.SWIM
    step, least = (SWIM_STEP_M, LEAST_SWIM_M) if swum else (CAP_STEP_M, LEAST_RUN_M)
    allowed = min(meters, limits.most_m, limits.week_left_m, min(limits.most_s, limits.week_left_s) * speed)
    whole = math.floor(allowed / step) * step
    return Size(seconds=whole / speed, meters=whole) if whole >= least else None


def _session(basis: Basis, name: str, lead: str, size: Size | None, aimed: Aim, purpose: str) -> Session | None:
    if size is None:
        return None
    amount = amount_fact(basis, name, size)
    form = "" if amount.dimension is Dimension.DISTANCE else "|about"
    walking = basis.limits.beginner and basis.sport is Sport.RUN
    what = f"{lead} {session_noun(basis.sport)} of {{{amount.id}{form}}}, {aimed.words}"
    what += ", walking every fifth minute" if walking else ""
    sets = _with_walks(size, aimed) if walking else (_steady(size, aimed),)
    return Session(
        name=name,
        what=what,
        purpose=purpose,
        facts=(amount, *aimed.facts),
        workout=Workout(sport=basis.sport, name=name, sets=sets),
    )


def amount_fact(basis: Basis, name: str, size: Size) -> Fact:
    """How far, or how long where no pace is known."""
    if size.meters is None:
        return parameter(f"option.{name}_time", "length, within your limits", size.seconds, Dimension.DURATION, sport=basis.sport)
    return parameter(f"option.{name}_distance", "length, within your limits", size.meters, Dimension.DISTANCE, sport=basis.sport)


def _steady(size: Size, aimed: Aim) -> StepSet:
    seconds = None if size.meters is not None else size.seconds
    return StepSet(times=1, steps=(Step(kind=StepKind.STEADY, duration_s=seconds, distance_m=size.meters, target=aimed.target),))


def _with_walks(size: Size, aimed: Aim) -> tuple[StepSet, ...]:
    """Four minutes running, one walking, as often as it fits."""
    run = Step(kind=StepKind.STEADY, duration_s=RUN_S, target=aimed.target)
    walk = Step(kind=StepKind.RECOVERY, duration_s=WALK_S, target=by_feel(Intensity.RECOVERY).target)
    return (StepSet(times=int(size.seconds // (RUN_S + WALK_S)), steps=(run, walk)),)
