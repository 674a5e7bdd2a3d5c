"""What is asked twice of one context is worked out once, and never taken from another context."""

from dataclasses import replace

import pytest

from chains.facts.once import once
from chains.request import AthleteContext, InsightKind
from tests.builders import context, weeks_of

SHEETS_CONTEXT = context(InsightKind.TRAINING_LOAD, weeks_of(2))


class Counted:
    """How often it was really worked out."""

    def __init__(self) -> None:
        self.times = 0

    def sessions(self, given: AthleteContext, more: int = 0) -> int:
        self.times += 1
        return len(given.recent) + more


def test_the_second_answer_is_the_first() -> None:
    counted = Counted()
    ask, given = once(counted.sessions), replace(SHEETS_CONTEXT)
    assert ask(given) == ask(given) == len(given.recent)
    assert counted.times == 1


def test_another_question_is_another_answer() -> None:
    ask, given = once(Counted().sessions), replace(SHEETS_CONTEXT)
    assert (ask(given), ask(given, 1), ask(given, more=2)) == tuple(len(given.recent) + more for more in range(3))


def test_a_replaced_context_knows_nothing_of_the_first() -> None:
    ask, given = once(Counted().sessions), replace(SHEETS_CONTEXT)
    assert ask(given) == len(given.recent)
    assert ask(replace(given, recent=())) == 0


def test_an_error_is_raised_anew() -> None:
    def broken(_: AthleteContext) -> int:
        raise LookupError("no sport")

    ask, given = once(broken), replace(SHEETS_CONTEXT)
    for _ in range(2):
        with pytest.raises(LookupError):
            ask(given)
