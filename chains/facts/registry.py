"""Context → fact sheet."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chains.facts import gates, injury, memory
from chains.facts.activity.reading import ACTIVITY_SUMMARY
from chains.facts.advice.case import Rule
from chains.facts.contrasts import contrasts
from chains.facts.fact import Fact, Missing
from chains.facts.finding import Finding
from chains.facts.load.reading import TRAINING_LOAD
from chains.facts.options import options
from chains.facts.progress.reading import PROGRESS
from chains.facts.question.reading import QUESTION
from chains.facts.race.reading import RACE_OUTLOOK
from chains.facts.reading import Reading
from chains.facts.recovery.reading import RECOVERY
from chains.facts.safety.concern import Concern, concern_fact
from chains.facts.safety.told import concern_of, own_words
from chains.facts.sheet import FactSheet, Quote
from chains.facts.week.reading import WEEKLY_REVIEW
from chains.facts.workout.reading import NEXT_WORKOUT
from chains.request import AthleteContext, InsightKind

MAX_FACTS = 80
"""A sheet's budget: about a thousand tokens of facts."""

ON_FILE = frozenset({"activity.distance", "activity.moving_time", "week.distance", "week.moving_time", "week.sessions"})
"""All that the safety path shows of the training: how much it was, and nothing about how it went."""

READINGS: Mapping[InsightKind, Reading[Any]] = {
    InsightKind.ACTIVITY_SUMMARY: ACTIVITY_SUMMARY,
    InsightKind.WEEKLY_REVIEW: WEEKLY_REVIEW,
    InsightKind.TRAINING_LOAD: TRAINING_LOAD,
    InsightKind.PROGRESS: PROGRESS,
    InsightKind.RACE_OUTLOOK: RACE_OUTLOOK,
    InsightKind.RECOVERY: RECOVERY,
    InsightKind.NEXT_WORKOUT: NEXT_WORKOUT,
    InsightKind.QUESTION: QUESTION,
}


def analyse(context: AthleteContext) -> FactSheet:
    """Everything that may be said about the context. Pure. Raises NotEnoughData where the kind's gate is not met."""
    concern = concern_of(context)
    if concern is not None and (context.activity is not None or context.request.kind is not InsightKind.ACTIVITY_SUMMARY):
        return _safe_sheet(context, concern)
    gates.require(context)
    reading = READINGS[context.request.kind]
    findings = reading.findings(context)
    if injury.applies(context):
        return _sheet(context, injury.as_return(context, findings), injury.gentle(reading.advice))
    return _sheet(context, findings, reading.advice)


def _sheet(context: AthleteContext, findings: Sequence[Finding], advice: Sequence[Rule]) -> FactSheet:
    facts = _unique(fact for finding in findings for fact in finding.facts)
    offered = options(context, facts, advice)
    told = memory.already_told(facts, context.past)
    sheet_facts = {**memory.ordered(facts, told), **offered.facts}
    activity = context.activity
    return FactSheet(
        kind=context.request.kind,
        athlete_id=context.request.athlete_id,
        activity_id=activity.id if activity else None,
        as_of=context.as_of.day,
        units=context.profile.units,
        tone=context.profile.tone,
        facts=sheet_facts,
        contrasts=contrasts(sheet_facts),
        options=offered.options,
        asks=memory.open_asks(
            [ask for finding in findings for ask in finding.asks], context.answers, activity.id if activity else None, context.past
        ),
        missing=_unique_missing(m for finding in findings for m in finding.missing),
        question=context.request.question,
        quotes=(*_question(context), *own_words(context)),
        past_skeletons=tuple(s for past in context.past for s in past.skeletons),
        told=told,
    )


def _safe_sheet(context: AthleteContext, concern: Concern) -> FactSheet:
    """What is on file and why nothing is made of it: no comparison, no advice, no question, and no words for a model.

    Harm is answered whether or not there is training enough for the kind.
    """
    activity = context.activity
    return FactSheet(
        kind=context.request.kind,
        athlete_id=context.request.athlete_id,
        activity_id=activity.id if activity else None,
        as_of=context.as_of.day,
        units=context.profile.units,
        tone=context.profile.tone,
        facts={fact.id: fact for fact in (concern_fact(concern), *_on_file(context))},
        question=context.request.question,
        past_skeletons=tuple(s for past in context.past for s in past.skeletons),
        safety=concern.name,
    )


def _on_file(context: AthleteContext) -> tuple[Fact, ...]:
    """Distance, time and sessions of an activity or a week; the other kinds judge, and have nothing to show here."""
    kind = context.request.kind
    if kind not in {InsightKind.ACTIVITY_SUMMARY, InsightKind.WEEKLY_REVIEW} or gates.unmet(context, kind):
        return ()
    return tuple(f for finding in READINGS[kind].findings(context)[:1] for f in finding.facts if f.id in ON_FILE)


def _question(context: AthleteContext) -> tuple[Quote, ...]:
    """The athlete's question among the athlete's words: fenced for a writer, masked in a trace."""
    asked = context.request.question
    return (Quote(source="question", text=asked),) if asked else ()


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
