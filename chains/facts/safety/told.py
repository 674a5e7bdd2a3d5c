"""The safety path: where the athlete's own words speak of harm there is no praise, no judgement and no training advice."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from chains.facts.days import local_days
from chains.facts.safety.concern import CONCERNS, Concern
from chains.facts.safety.language import concerns_in
from chains.facts.sheet import Quote
from chains.request import AthleteContext, InsightKind
from chains.training.activity import Activity
from chains.training.history import week_start_of

MOST_QUOTES = 6
TOLD_DAYS = 7
"""House rule: what was written or answered in the last seven days counts; a week later it is asked anew rather than assumed."""


def concern_of(context: AthleteContext) -> Concern | None:
    """The gravest concern that the athlete's own words speak of."""
    found = {name for text in set(_words(context)) for name in concerns_in(text)}
    return next((concern for concern in CONCERNS if concern.name in found), None)


def own_words(context: AthleteContext) -> tuple[Quote, ...]:
    """Titles and notes of the activity, or of the week's activities: data for a writer, never instructions."""
    quotes = [quote for activity in _shown(context) for quote in _quotes(activity)]
    return tuple(quotes[-MOST_QUOTES:])


def _words(context: AthleteContext) -> Iterator[str]:
    """All that is read for harm: the question, this activity or those of the last days, wellness notes and answers."""
    if context.request.question:
        yield context.request.question
    since = _since(context)
    for activity in _read(context, since):
        yield from (quote.text for quote in _quotes(activity))
    yield from (w.note for w in context.wellness if w.note and w.date > since)
    yield from (answer.choice for answer in context.answers if answer.answered_on > since)


def _since(context: AthleteContext) -> date:
    """The last day that no longer counts; a review reads the whole of its week."""
    since = context.as_of.day - timedelta(days=TOLD_DAYS)
    if context.request.kind is InsightKind.WEEKLY_REVIEW:
        return min(since, week_start_of(context.as_of.day, context.profile.week_start) - timedelta(days=1))
    return since


def _read(context: AthleteContext, since: date) -> Iterator[Activity]:
    if context.activity is not None:
        yield context.activity
        return
    yield from (a for a, day in zip(context.recent, local_days(context), strict=True) if day > since)


def _shown(context: AthleteContext) -> Iterator[Activity]:
    if context.activity is not None:
        yield context.activity
        return
    start = week_start_of(context.as_of.day, context.profile.week_start)
    yield from (a for a, day in zip(context.recent, local_days(context), strict=True) if day >= start)


def _quotes(activity: Activity) -> Iterator[Quote]:
    texts: Mapping[str, str | None] = {"title": activity.title, "notes": activity.notes, "weather": activity.weather}
    yield from (Quote(source=source, text=text) for source, text in texts.items() if text)
