"""What the choice of the next session looks at: the season, the signals of recovery, the basis for sessions, and the athlete's habits."""

from dataclasses import dataclass
from functools import cached_property
from typing import Unpack

from chains.facts.advice.basis import Basis, basis_of
from chains.facts.fact import Dimension, Fact, FactValue, Window
from chains.facts.finding import Evidence
from chains.facts.once import once
from chains.facts.recovery.view import RecoveryView, view_recovery
from chains.facts.season import SeasonView
from chains.facts.workout.choice import Choice, choose
from chains.facts.workout.habits import Habits, habits_of
from chains.facts.workout.readiness import Readiness, readiness_of
from chains.request import AthleteContext


@dataclass(frozen=True, kw_only=True, eq=False)
class NextView:
    """`choice` is made once and told by several detectors."""

    recovery: RecoveryView
    basis: Basis
    habits: Habits
    readiness: Readiness

    @cached_property
    def choice(self) -> Choice:
        return choose(self.basis, self.habits, self.readiness)

    @property
    def season(self) -> SeasonView:
        return self.recovery.season

    def fact(self, identifier: str, label: str, value: FactValue, dimension: Dimension, **evidence: Unpack[Evidence]) -> Fact:
        """A fact of the main sport."""
        return self.season.fact(identifier, label, value, dimension, **evidence)

    def last(self, days: int) -> Window:
        return self.season.last(days)


@once
def view_next(context: AthleteContext) -> NextView:
    """Raises LookupError for a history without any sport."""
    recovery, basis = view_recovery(context), basis_of(context)
    return NextView(recovery=recovery, basis=basis, habits=habits_of(basis), readiness=readiness_of(recovery))
