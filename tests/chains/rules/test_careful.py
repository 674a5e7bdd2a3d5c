"""The analyst reads his own text: a wording that slips costs itself and nothing else."""

from chains.facts.registry import analyse
from chains.facts.sheet import FactSheet
from chains.grounding.checker import check
from chains.reply import Choice, Reply
from chains.writers.rules.analyst import RulesWriter
from chains.writers.rules.careful import PLAIN_HEADLINE, CarefulAnalyst
from tests.builders import review_of, run

TRUE, FALSE = "You covered {week.distance}.", "You covered 25 km."


class Slipping(RulesWriter):
    """Says what it is told to, one reply a wording."""

    def __init__(self, *replies: Reply) -> None:
        self._replies = replies

    def compose(self, sheet: FactSheet, *, wording: int = 0) -> Reply:
        return self._replies[min(wording, len(self._replies) - 1)]


def a_week() -> FactSheet:
    return analyse(review_of(run(days_ago=days_ago, km=8) for days_ago in range(1, 90, 2)))


def says(*observations: str, headline: str = "A week", actions: tuple[Choice, ...] = ()) -> Reply:
    return Reply(headline=headline, observations=list(observations), actions=list(actions), question=None)


def test_a_grounded_text_stays_as_it_is() -> None:
    sheet = a_week()

    assert CarefulAnalyst(RulesWriter()).compose(sheet) == RulesWriter().compose(sheet)


def test_another_wording_is_taken_when_one_slips() -> None:
    reply = CarefulAnalyst(Slipping(says(FALSE), says(FALSE, TRUE), says(TRUE))).compose(a_week())

    assert reply == says(TRUE)


def test_what_holds_is_kept_when_every_wording_slips() -> None:
    sheet = a_week()
    slip = says(FALSE, TRUE, headline="9 km more", actions=(Choice(option="no_such", why="It took 3 hours."),))

    reply = CarefulAnalyst(Slipping(slip)).compose(sheet)

    assert reply == says(TRUE, headline=PLAIN_HEADLINE)
    assert check(reply, sheet) == ()
