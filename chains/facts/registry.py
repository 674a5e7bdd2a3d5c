"""Context → fact sheet. A detector is one function; one line here adds it to a kind. Lines stand in order of worth."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import structlog

from chains.facts import memory
from chains.facts.activity import best, cost, day, daypart, heart, history, intervals, load, power, race, splits, step, usual, volume
from chains.facts.activity.view import ActivityView, view_activity
from chains.facts.contrasts import contrasts
from chains.facts.fact import Fact, Missing
from chains.facts.finding import NOTHING, Detector, Finding
from chains.facts.options import options
from chains.facts.safety import Concern, concern_fact, concern_of, own_words
from chains.facts.sheet import FactSheet
from chains.facts.week import blocks, density, double_days, empty, long_run, returns
from chains.facts.week import cost as week_cost
from chains.facts.week import load as week_load
from chains.facts.week import volume as week_volume
from chains.facts.week.view import WeekView, view_week
from chains.request import AthleteContext, InsightKind

log = structlog.get_logger(__name__)

MAX_FACTS = 80
"""A sheet's budget: about a thousand tokens of facts."""

ACTIVITY_SUMMARY: tuple[Detector[ActivityView], ...] = (
    volume.measure_distance,
    volume.measure_speed,
    race.recognise_race,
    heart.measure_heart_rate,
    volume.mark_hand_entry,
    history.rank_pace,
    step.measure_step,
    history.rank_length,
    cost.compare_cost,
    daypart.compare_daypart,
    cost.count_streak,
    power.compare_efficiency,
    usual.compare_speed,
    usual.compare_heart_rate,
    usual.compare_duration,
    race.compare_with_band,
    race.measure_taper,
    intervals.describe_repetitions,
    splits.measure_drift,
    splits.compare_halves,
    day.find_earlier_session,
    day.count_rest,
    load.measure_load,
    power.measure_power,
    heart.measure_zones,
    day.place_in_week,
    volume.measure_climb,
    volume.measure_stops,
    best.find_best_stretches,
    best.find_best_powers,
    history.count_like_lengths,
)

WEEKLY_REVIEW: tuple[Detector[WeekView], ...] = (
    week_volume.measure_week,
    empty.describe_empty_week,
    week_volume.compare_with_base,
    week_volume.name_break,
    density.compare_density,
    density.rank_week,
    double_days.find_double_days,
    returns.recall_returns,
    long_run.measure_long_run,
    week_cost.measure_cost,
    blocks.measure_block,
    blocks.find_target,
    week_cost.compare_band,
    week_load.measure_load,
    week_load.measure_mix,
    week_volume.mark_hand_entries,
    week_volume.mention_other_sports,
    density.compare_with_last_year,
)

Seen = TypeVar("Seen")


def analyse(context: AthleteContext) -> FactSheet:
    """Everything that may be said about the context. Pure; a detector that breaks loses its own facts and is logged by name."""
    match context.request.kind:
        case InsightKind.ACTIVITY_SUMMARY:
            return _sheet(context, findings_of(ACTIVITY_SUMMARY, view_activity(context)))
        case InsightKind.WEEKLY_REVIEW:
            return _sheet(context, findings_of(WEEKLY_REVIEW, view_week(context)))


def findings_of(detectors: Iterable[Detector[Seen]], view: Seen) -> tuple[Finding, ...]:
    """One finding per detector, in order; an empty one where a detector broke."""
    return tuple(_run(detector, view) for detector in detectors)


def _run(detector: Detector[Seen], view: Seen) -> Finding:
    try:
        return detector(view)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        log.warning("detector_failed", detector=detector.__name__, error=type(error).__name__)
        return NOTHING


def _sheet(context: AthleteContext, findings: Sequence[Finding]) -> FactSheet:
    concern = concern_of(context)
    if concern is not None:
        return _safe_sheet(context, findings[0], concern)
    facts = _unique(fact for finding in findings for fact in finding.facts)
    offered = options(context, facts)
    told = {**memory.ordered(facts, context.past), **offered.facts}
    activity = context.activity
    return FactSheet(
        kind=context.request.kind,
        athlete_id=context.request.athlete_id,
        activity_id=activity.id if activity else None,
        as_of=context.as_of.day,
        units=context.profile.units,
        tone=context.profile.tone,
        facts=told,
        contrasts=contrasts(told),
        options=offered.options,
        asks=memory.open_asks([ask for finding in findings for ask in finding.asks], context.answers, activity.id if activity else None),
        missing=_unique_missing(m for finding in findings for m in finding.missing),
        quotes=own_words(context),
        past_skeletons=tuple(s for past in context.past for s in past.skeletons),
    )


def _safe_sheet(context: AthleteContext, plain: Finding, concern: Concern) -> FactSheet:
    """What is on file and why nothing is made of it: no comparison, no advice, no question, and no words for a model."""
    activity = context.activity
    return FactSheet(
        kind=context.request.kind,
        athlete_id=context.request.athlete_id,
        activity_id=activity.id if activity else None,
        as_of=context.as_of.day,
        units=context.profile.units,
        tone=context.profile.tone,
        facts={fact.id: fact for fact in (concern_fact(concern), *plain.facts)},
        past_skeletons=tuple(s for past in context.past for s in past.skeletons),
        safety=concern.name,
    )


def _unique(facts: Iterable[Fact]) -> dict[str, Fact]:
    """The first of each id, up to the sheet's budget."""
    kept: dict[str, Fact] = {}
    for fact in facts:
        if len(kept) < MAX_FACTS:
            kept.setdefault(fact.id, fact)
    return kept


def _unique_missing(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """The first reason for each fact."""
    reasons: dict[str, Missing] = {}
    for one in missing:
        reasons.setdefault(one.fact, one)
    return tuple(reasons.values())
