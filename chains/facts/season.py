"""An athlete's training up to a day, in the main sport: what the kinds look at that are about no single activity or week."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Unpack

from chains.facts.fact import Dimension, Fact, FactValue, Window
from chains.facts.finding import Evidence
from chains.facts.once import once
from chains.facts.week.view import main_sport
from chains.facts.wording import session_noun
from chains.request import AthleteContext
from chains.training.activity import Activity, Sport
from chains.training.history import DayColumns
from chains.training.log import TrainingLog
from chains.training.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeasonView:
    """`log` and `days` hold the main sport over the complete history, `recent` its activities of the last half year, oldest first."""

    context: AthleteContext
    profile: Profile
    sport: Sport
    log: TrainingLog
    days: DayColumns
    recent: tuple[Activity, ...]

    @property
    def day(self) -> date:
        """The day that is looked from."""
        return self.context.as_of.day

    @property
    def noun(self) -> str:
        return session_noun(self.sport)

    def last(self, days: int) -> Window:
        """The window of so many days that ends on the day that is looked from."""
        return Window(first=self.day - timedelta(days=days - 1), last=self.day)

    def fact(self, identifier: str, label: str, value: FactValue, dimension: Dimension, **evidence: Unpack[Evidence]) -> Fact:
        """A fact of this sport; `evidence` should say at least its window and n."""
        known: Evidence = {"sport": self.sport}
        known.update(evidence)
        return Fact(id=identifier, label=label, value=value, dimension=dimension, **known)


def view_season(context: AthleteContext) -> SeasonView:
    """Raises LookupError for a history without any sport."""
    return season_of(context, main_sport(context.history, context.as_of.day))


@once
def season_of(context: AthleteContext, sport: Sport) -> SeasonView:
    """The same for a sport of choice. Raises LookupError for one never done."""
    return SeasonView(
        context=context,
        profile=context.profile.known_on(context.as_of.day),
        sport=sport,
        log=context.log.of(sport),
        days=context.history.by_sport[sport],
        recent=tuple(a for a in context.recent if a.sport is sport),
    )
