"""The choice as options: the pick first, then the alternative. They are made again from the names that the facts hold."""

from chains.facts.advice.case import Case, Offered
from chains.facts.advice.workouts import offer
from chains.facts.workout.pick import LONGER, NAMES

_BY_WORDS = {**{words: name for name, words in NAMES.items()}, LONGER: "long"}
_SUPPORT = ("next.because", "next.long_days", "next.hard_days", "next.week_left", "next.after_hard", "next.after_long", "next.most")


def pick(case: Case) -> Offered:
    return _offered(case, "next.pick")


def other(case: Case) -> Offered:
    return _offered(case, "next.other")


def _offered(case: Case, fact_id: str) -> Offered:
    fact = case.facts.get(fact_id)
    if fact is None:
        return None
    return offer(case.basis, _BY_WORDS[str(fact.value)], *(i for i in _SUPPORT if case.has(i)))
