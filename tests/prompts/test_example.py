"""The prompt keeps its own rules: the reply it calls good is one that the checker lets through."""

from datetime import date

from chains.facts.fact import Dimension, Fact, Rank
from chains.facts.forms import print_fact
from chains.facts.sheet import FactSheet, Option
from chains.grounding.checker import check
from chains.reply import Reply
from chains.request import InsightKind
from chains.training.profile import Units
from prompts.loader import newest

FACTS = (
    Fact(id="week.distance", label="distance of the week", value=61200.0, dimension=Dimension.DISTANCE),
    Fact(id="week.running_days", label="days with a run", value=4, dimension=Dimension.COUNT, noun="day"),
    Fact(
        id="week.distance_vs_base",
        label="distance against the usual week",
        value=0.04,
        dimension=Dimension.CHANGE,
        against="the median of eight complete weeks",
        direction=1,
    ),
    Fact(
        id="history.as_dense",
        label="weeks this long on as few days",
        value=2,
        dimension=Dimension.COUNT,
        noun="week",
        rank=Rank(place=2, of=58),
    ),
    Fact(
        id="double_days.hr_gap",
        label="second run of a day against the morning's",
        value=11.0,
        dimension=Dimension.HEART_RATE_CHANGE,
        direction=1,
        polarity=-1,
    ),
)
SHEET = FactSheet(
    kind=InsightKind.WEEKLY_REVIEW,
    athlete_id="a",
    as_of=date(2025, 10, 5),
    facts={fact.id: fact for fact in FACTS},
    options=(Option(id="spread_week", what="spread the week", when="next week", purpose="balance"),),
)


def test_the_example_is_grounded() -> None:
    line = next(line for line in newest("writer").text.splitlines() if line.startswith('{"headline"'))

    assert check(Reply.model_validate_json(line), SHEET) == ()


def test_the_example_s_facts_are_printed_as_it_says() -> None:
    text = newest("writer").text

    for fact in FACTS:
        assert f"{{{fact.id}}} = {print_fact(fact, None, Units.METRIC)} | {fact.label}" in text
