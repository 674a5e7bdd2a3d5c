"""What recent insights said and the athlete answered: what has not changed goes down, what was asked is not asked again."""

from collections.abc import Mapping, Sequence
from itertools import chain

from chains.facts.fact import Fact
from chains.facts.forms import print_fact
from chains.facts.sheet import Ask
from chains.request import AthleteAnswer, PastInsight
from chains.text import skeleton
from chains.training.profile import Units

SLOW = ("history.", "rebuild.", "profile.", "break.", "block.", "rule.", "record.", "best.", "progress.", "base.", "density.")
"""What moves from month to month; the facts of a day, a week or a session are new each time."""
ASKED_AGAIN_AFTER = 3
"""Insights of the kind: a question that stayed open this long is asked once more."""


def ordered(facts: Mapping[str, Fact], told: frozenset[str]) -> dict[str, Fact]:
    """The facts in order of worth, those behind that a recent insight told and that stand as they were."""
    fresh = {i: f for i, f in facts.items() if i not in told}
    return {**fresh, **{i: f for i, f in facts.items() if i in told}}


def already_told(facts: Mapping[str, Fact], past: Sequence[PastInsight]) -> frozenset[str]:
    """Ids of slow facts that say what they said in a recent insight, and of those that the athlete did not want to hear."""
    disliked = frozenset(chain.from_iterable(insight.disliked for insight in past))
    unchanged = (i for i, fact in facts.items() if i.startswith(SLOW) and any(_says_the_same(fact, insight) for insight in past))
    return disliked.intersection(facts).union(unchanged)


def _says_the_same(fact: Fact, insight: PastInsight) -> bool:
    """By what is printed: a value that moved behind its rounding has not changed for anybody who reads it."""
    then = insight.facts.get(fact.id)
    return then is not None and then.dimension is fact.dimension and _shown(then) == _shown(fact)


def _shown(fact: Fact) -> str:
    return print_fact(fact, None, Units.METRIC)


def open_asks(
    asks: Sequence[Ask], answers: Sequence[AthleteAnswer], activity_id: str | None, past: Sequence[PastInsight]
) -> tuple[Ask, ...]:
    """Questions that no unexpired answer settles, for this activity or in general, and that were not asked just now."""
    settled = {answer.question_id for answer in answers if answer.activity_id in (None, activity_id)}
    lately = {s for insight in past[:ASKED_AGAIN_AFTER] for s in insight.skeletons}
    return tuple(ask for ask in asks if ask.id not in settled and skeleton(ask.text) not in lately)
