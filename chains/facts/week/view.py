"""One week of the athlete's main sport within the complete history: what the detectors of a weekly review look at."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Unpack

import numpy as np

from chains.facts.cost import Cost, cost_of
from chains.facts.fact import Dimension, Fact, FactValue, Window
from chains.facts.finding import Evidence
from chains.facts.prices import Price, run_prices
from chains.facts.week.baseline import Base, base_before
from chains.facts.wording import session_noun
from chains.request import AthleteContext
from chains.training.activity import Activity, Sport
from chains.training.history import Column, DayColumns, History, Weeks, week_start_of
from chains.training.profile import Profile

MAIN_SPORT_DAYS = 84


@dataclass(frozen=True, kw_only=True, eq=False)
class WeekView:
    """`weeks` ends with the week in question; `to_date` are the distances of all weeks over their first `elapsed` days."""

    context: AthleteContext
    profile: Profile
    sport: Sport
    start: date
    elapsed: int
    days: DayColumns
    weeks: Weeks
    to_date: Column
    base: Base | None
    sessions: tuple[Activity, ...]
    """Of the main sport, this week, oldest first."""
    recent: tuple[Activity, ...]
    """Of the main sport, before this week, oldest first."""
    prices: tuple[Price, ...]
    """Of the half year's runs up to the day that is looked from, oldest first; none of another main sport."""

    @property
    def end(self) -> date:
        return self.start + timedelta(days=self.elapsed - 1)

    @property
    def complete(self) -> bool:
        return self.elapsed == 7

    @property
    def window(self) -> Window:
        return Window(first=self.start, last=self.end)

    @property
    def distance_m(self) -> float:
        return float(self.to_date[-1])

    @property
    def active_days(self) -> int:
        return int(self.weeks.days[-1])

    @cached_property
    def costs(self) -> tuple[Cost, ...]:
        """Of this week's steady runs with at least five like runs before them."""
        pool = self.recent + self.sessions
        return tuple(c for c in (cost_of(run, pool, self.profile) for run in self.sessions) if c is not None)

    @property
    def noun(self) -> str:
        return session_noun(self.sport)

    def fact(self, identifier: str, label: str, value: FactValue, dimension: Dimension, **evidence: Unpack[Evidence]) -> Fact:
        """A fact about this week; whatever `evidence` says wins over 'this week, its sessions, its sport'."""
        known: Evidence = {"window": self.window, "n": len(self.sessions), "sport": self.sport}
        known.update(evidence)
        return Fact(id=identifier, label=label, value=value, dimension=dimension, **known)


def main_sport(history: History, last_day: date) -> Sport:
    """The sport with most moving time in twelve weeks. Raises LookupError for a history without any sport."""
    first = last_day - timedelta(days=MAIN_SPORT_DAYS - 1)
    seconds = {sport: float(days.between(first, last_day).moving_s.sum()) for sport, days in history.by_sport.items()}
    if not seconds:
        raise LookupError("no activity at all")
    return max(seconds, key=lambda sport: seconds[sport])


def view_week(context: AthleteContext) -> WeekView:
    """The week that holds `as_of`, up to that day."""
    profile, last_day = context.profile.known_on(context.as_of.day), context.as_of.day
    sport = main_sport(context.history, last_day)
    start = week_start_of(last_day, profile.week_start)
    elapsed = (last_day - start).days + 1
    weeks = context.history.weeks(sport, last_day=last_day, starts_on=profile.week_start)
    days = context.history.by_sport[sport].between(weeks.first_start, start + timedelta(days=6))
    done = tuple(a for a in context.recent if a.sport is sport)
    return WeekView(
        context=context,
        profile=profile,
        sport=sport,
        start=start,
        elapsed=elapsed,
        days=days,
        weeks=weeks,
        to_date=np.asarray(days.distance_m.reshape(-1, 7)[:, :elapsed].sum(axis=1)),
        base=base_before(weeks, days, len(weeks) - 1),
        sessions=tuple(a for a in done if start <= a.local_date <= last_day),
        recent=tuple(a for a in done if a.local_date < start),
        prices=run_prices(context) if sport is Sport.RUN else (),
    )
