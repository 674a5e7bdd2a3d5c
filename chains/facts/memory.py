"""What recent insights said: facts already told go down, questions already answered are not asked again."""

from collections.abc import Mapping, Sequence

from chains.facts.fact import Fact
from chains.facts.sheet import Ask
from chains.request import AthleteAnswer, PastInsight

_SLOW = ("history.", "rebuild.", "profile.", "break.", "block.", "rule.")
"""What moves so slowly that saying it again says nothing new; the facts of a day or a week are new each time."""


def ordered(facts: Mapping[str, Fact], past: Sequence[PastInsight]) -> dict[str, Fact]:
    """The facts in order of worth, those behind which a recent insight already told."""
    told = {fact_id for insight in past for fact_id in insight.fact_ids if fact_id.startswith(_SLOW)}
    fresh = {i: f for i, f in facts.items() if i not in told}
    return {**fresh, **{i: f for i, f in facts.items() if i in told}}


def open_asks(asks: Sequence[Ask], answers: Sequence[AthleteAnswer], activity_id: str | None) -> tuple[Ask, ...]:
    """Questions that no unexpired answer settles, for this activity or in general."""
    settled = {answer.question_id for answer in answers if answer.activity_id in (None, activity_id)}
    return tuple(ask for ask in asks if ask.id not in settled)
