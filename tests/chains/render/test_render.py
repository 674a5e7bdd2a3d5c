"""Printing: references in the reader's units, capitals where a sentence begins, the facts behind each sentence."""

from datetime import UTC, date, datetime

import pytest

from chains.facts.fact import Dimension, Fact
from chains.insight import Action, AskedQuestion, Insight, InsightSource, Observation
from chains.render import evidence, print_insight, printed
from chains.request import InsightKind
from chains.training.profile import Units

FACTS = {
    "week.distance": Fact(id="week.distance", label="distance", value=84270.0, dimension=Dimension.DISTANCE, n=7),
    "week.active_days": Fact(id="week.active_days", label="days with a run", value=4, dimension=Dimension.COUNT, noun="day"),
    "week.distance_vs_base": Fact(
        id="week.distance_vs_base", label="distance against the base", value=0.09, dimension=Dimension.CHANGE, against="median of 8 weeks"
    ),
}


def insight() -> Insight:
    return Insight(
        id="i1",
        athlete_id="ada",
        kind=InsightKind.WEEKLY_REVIEW,
        activity_id=None,
        as_of=date(2025, 10, 5),
        created_at=datetime(2025, 10, 5, tzinfo=UTC),
        headline="{week.distance|about} in {week.active_days|count}",
        observations=(Observation(text="{week.active_days|count} held it. That is {week.distance_vs_base}.", facts=("week.active_days",)),),
        actions=(Action(option="keep_week", what="another {week.distance}", when="next week", why="It holds.", facts=("week.distance",)),),
        question=AskedQuestion(id=None, text="Was {week.distance} planned?", choices=("yes", "no")),
        source=InsightSource.RULES,
        degraded=False,
        safety=None,
        missing=(),
        facts=FACTS,
        prompt="weekly_review/v1@0",
        context_hash="0",
        model=None,
        cost_micro_usd=0,
        trace_id=None,
        attempts=(),
    )


def test_a_text_is_printed_in_the_readers_units() -> None:
    text = "You covered {week.distance|about}, {week.distance_vs_base|about} more."
    assert printed(text, FACTS, Units.METRIC) == "You covered just over 84 km, 9 % more."
    assert printed(text, FACTS, Units.IMPERIAL) == "You covered about 52 miles, 9 % more."


def test_words_at_the_start_of_a_sentence_get_their_capital() -> None:
    text = "{week.active_days|count} of running. {week.active_days|count} again, {week.active_days|count} in all."
    assert printed(text, FACTS, Units.METRIC) == "Four days of running. Four days again, four days in all."


def test_an_unknown_fact_and_an_unknown_form_are_errors() -> None:
    with pytest.raises(KeyError):
        printed("{week.pace}", FACTS, Units.METRIC)
    with pytest.raises(LookupError):
        printed("{week.distance|list}", FACTS, Units.METRIC)


def test_evidence_lists_each_fact_once_in_order() -> None:
    behind = evidence("{week.active_days}, {week.distance_vs_base}, {week.active_days|words}", FACTS, Units.METRIC)
    assert [f.id for f in behind] == ["week.active_days", "week.distance_vs_base"]
    assert (behind[1].display, behind[1].against) == ("+9 %", "median of 8 weeks")


def test_a_whole_insight_with_the_facts_behind_each_sentence() -> None:
    shown = print_insight(insight(), Units.METRIC)
    assert shown.headline.text == "Just over 84 km in four days"
    assert shown.observations[0].text == "Four days held it. That is +9 %."
    assert [f.display for f in shown.observations[0].facts] == ["4 days", "+9 %"]
    assert shown.actions[0].what == "another 84.3 km"
    assert shown.question is not None
    assert shown.question.text == "Was 84.3 km planned?"
    assert shown.choices == ("yes", "no")
