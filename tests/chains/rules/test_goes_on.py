"""What the headline has told is not told again: the passages go on from it, over seven years of one real runner, in every kind."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from chains.facts.gates import unmet
from chains.facts.registry import analyse
from chains.request import AthleteContext, InsightKind
from chains.text import references
from chains.writers.rules.analyst import RulesWriter
from chains.writers.rules.phrases import Phrases
from chains.writers.rules.voice import NAMES, Voice, voice_of
from tests.builders import review_of, run, weeks_of
from tests.novelty import sentences
from tests.real_runner import Told, runner, runner_after, runner_on, told_over
from tests.shared_data import needs

HISTORY = needs("strava", "history_runner", "activities.ndjson.gz")
FIRST_DAY, LAST_DAY = date(2019, 1, 6), date(2025, 12, 28)
APART = {InsightKind.RECOVERY: 61, InsightKind.NEXT_WORKOUT: 61}
"""Days from one look to the next: every weekday for the kinds that are asked daily, Sundays for the others."""
SUMMARIES, EVERY = 1_800, 36
MOST_AGAIN = 0.01
"""Of all insights: two calculators that disagree are named in the headline and argued over below."""


def repeated(told: Told) -> list[str]:
    """Sentences behind the headline that cite a comparison or a rank that it cited."""
    facts, said = told.sheet.facts, {r.fact_id for r in references(told.reply.headline)}
    figures = {i for i in said if (facts[i].against or facts[i].rank) and facts[i].dimension not in NAMES}
    return [s for text in told.reply.observations for s in sentences(text) if figures & {r.fact_id for r in references(s)}]


def looks(kind: InsightKind) -> Iterator[AthleteContext]:
    if kind is InsightKind.ACTIVITY_SUMMARY:
        yield from (runner_after(activity) for activity in runner()[-SUMMARIES::EVERY])
        return
    step, days = APART.get(kind, 35), (LAST_DAY - FIRST_DAY).days
    contexts = (runner_on(kind, FIRST_DAY + timedelta(days=k)) for k in range(0, days, step))
    yield from (context for context in contexts if not unmet(context, kind))


@pytest.mark.parametrize("kind", [kind for kind in InsightKind if kind is not InsightKind.QUESTION])
def test_no_figure_of_the_headline_comes_again(kind: InsightKind) -> None:
    told = list(told_over(looks(kind)))
    first = [t.reply.headline for t in told if set(sentences(t.reply.observations[0])) & set(repeated(t))]
    assert first == []
    assert sum(bool(repeated(t)) for t in told) <= MOST_AGAIN * len(told)


def test_a_wording_gives_way_where_it_would_tell_the_figure_again() -> None:
    sheet = analyse(review_of((*weeks_of(14), *weeks_of(1, from_weeks_ago=0, kms=(14.0, 14.0, 14.0, 14.0)))))
    phrases: Phrases = {
        "again": ("{week.distance} is {week.distance_vs_base|about} above base.",),
        "again.on": ("The base has {week.base}.",),
        "both": ("{week.distance_vs_base|about} more.", "The base has {week.base}."),
        "alone": ("{week.distance_vs_base|about} more.",),
        "alone.on": ("{nothing.here} is missing.",),
    }
    voice = Voice(sheet=sheet, phrases=phrases, turn=0)
    later = voice.after("{week.distance_vs_base|about} more than usual")
    assert voice.say("again") == phrases["again"][0]
    assert later.say("again") == phrases["again.on"][0]
    assert {voice_turned.say("both") for turn in range(4) for voice_turned in [Voice(sheet=sheet, phrases=phrases, turn=turn)]} == set(
        phrases["both"]
    )
    assert later.say("both") == phrases["both"][1]
    assert later.say("alone") == phrases["alone"][0]


def test_days_and_names_may_come_again() -> None:
    sheet = analyse(review_of((*weeks_of(14), *weeks_of(1, from_weeks_ago=0), run(hr=133.0))))
    voice = voice_of(sheet, {"day": ("{long.day|date} it was.",)})
    assert voice.after("{long.day|date} stands out").say("day") == "{long.day|date} it was."


def test_the_analyst_goes_on_from_his_headline() -> None:
    sheet = analyse(review_of((*weeks_of(1, from_weeks_ago=16, kms=(20.0, 20.0, 20.0)), *weeks_of(14), run(4, km=9.0), run(1, km=9.0))))
    reply = RulesWriter().compose(sheet)
    assert "week.distance_vs_base" in {r.fact_id for r in references(reply.headline)}
    assert repeated(Told(sheet=sheet, reply=reply)) == []
