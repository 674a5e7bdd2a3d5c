"""The safety path: where the athlete's own words speak of harm there is no praise, no judgement and no training advice."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from chains.facts.fact import Dimension, Fact, Topic
from chains.facts.sheet import Quote
from chains.request import AthleteContext
from chains.training.activity import Activity
from chains.training.history import week_start_of

MOST_QUOTES = 6
WELLNESS_DAYS = 3


@dataclass(frozen=True, slots=True)
class Concern:
    """One kind of harm: the words that speak of it and how a fact names it."""

    name: str
    pattern: re.Pattern[str]
    words: str
    topic: Topic


def _concern(name: str, words: str, topic: Topic, *patterns: str) -> Concern:
    return Concern(name, re.compile("|".join(patterns), re.IGNORECASE), words, topic)


CONCERNS: tuple[Concern, ...] = (
    _concern(
        "crisis",
        "a crisis",
        Topic.STRESS,
        r"\bsuicid\w*|\bself[- ]?harm\w*|\bkill(?:ing)? my ?self\b",
        r"\bend(?:ing)? (?:my life|it all)\b|\b(?:don'?t|do not) want to (?:live|be alive)\b",
    ),
    _concern(
        "chest",
        "chest symptoms",
        Topic.ILLNESS,
        r"\bchest (?:pains?|tight\w*|pressure|discomfort|hurt\w*)|\bpain in (?:my|the) chest\b",
        r"\bpalpitations?\b|\bheart (?:attack|racing at rest)\b|\bshort of breath at rest\b",
    ),
    _concern(
        "fainting",
        "fainting or dizziness",
        Topic.ILLNESS,
        r"\bfaint(?:ed|ing)\b|\bpass(?:ed|ing) out\b|\bblack(?:ed|ing) out\b|\bcollapsed\b|\bdizz(?:y|iness)\b",
    ),
    _concern(
        "crash",
        "a crash or a fall",
        Topic.INJURY,
        r"\bcrash(?:ed)?\b|\baccident\b|\bhit by a\b|\bfell (?:off|hard|down|badly)\b",
        r"\bconcussion\b|\bambulance\b|\bhospital\b",
    ),
    _concern(
        "eating",
        "trouble with eating",
        Topic.FOOD,
        r"\bpurg(?:e|ed|ing)\b|\bbing(?:e|ed|ing)\b(?! ?watch)|\bstarv(?:e|ed|ing) my ?self\b|\bnot eating\b",
        r"\bmade myself (?:sick|vomit|throw up)\b|\bskipp(?:ed|ing) (?:all )?meals\b",
    ),
    _concern(
        "pregnancy",
        "pregnancy or missed periods",
        Topic.ILLNESS,
        r"\bpregnan\w+|\bmissed (?:my )?periods?\b|\bno period for\b",
    ),
    _concern(
        "injury",
        "pain or an injury",
        Topic.INJURY,
        r"(?<!no )(?<!without )\bpain(?:s|ful)?\b(?![- ]?(?:free|cave))|\binjur(?:y|ed|ies)\b|\bsprain(?:ed)?\b",
        r"\btorn\b|\b(?:stress )?fracture\w*|\bswollen\b",
        r"\b(?:knee|calf|achilles|hip|shin|foot|ankle|back|hamstring)s? (?:hurts?|hurting|aches?|sore)\b",
    ),
    _concern(
        "illness",
        "illness",
        Topic.ILLNESS,
        r"\b(?:was|am|is|feel(?:ing)?|felt|got|been|still|being) (?:really |very |so |a bit )?(?:sick|ill|unwell)\b",
        r"\bfever\b|\bthe flu\b|\binfluenza\b|\bcovid\b|\binfection\b|\bvomit(?:ed|ing)\b|\bthrew up\b|\bantibiotics\b",
    ),
)
"""Gravest first: the first that is found is the reason."""


def concern_of(context: AthleteContext) -> Concern | None:
    """The gravest concern that the words around this insight speak of."""
    words = [quote.text for quote in own_words(context)] + _wellness_notes(context)
    return next((c for c in CONCERNS if any(c.pattern.search(text) for text in words)), None)


def concern_fact(concern: Concern) -> Fact:
    """The reason as a fact, so that a text can name it."""
    return Fact(
        id="safety.concern",
        label="what the athlete's own words mention",
        value=concern.words,
        dimension=Dimension.TEXT,
        topic=concern.topic,
    )


def own_words(context: AthleteContext) -> tuple[Quote, ...]:
    """Titles and notes of the activity, or of the week's activities: data for a writer, never instructions."""
    quotes = [quote for activity in _told_about(context) for quote in _quotes(activity)]
    return tuple(quotes[-MOST_QUOTES:])


def _told_about(context: AthleteContext) -> Iterator[Activity]:
    if context.activity is not None:
        yield context.activity
        return
    start = week_start_of(context.as_of.day, context.profile.week_start)
    yield from (a for a in context.recent if a.local_date >= start)


def _quotes(activity: Activity) -> Iterator[Quote]:
    texts: Mapping[str, str | None] = {"title": activity.title, "notes": activity.notes, "weather": activity.weather}
    yield from (Quote(source=source, text=text) for source, text in texts.items() if text)


def _wellness_notes(context: AthleteContext) -> list[str]:
    since = context.as_of.day - timedelta(days=WELLNESS_DAYS)
    return [w.note for w in context.wellness if w.note and w.date > since]
