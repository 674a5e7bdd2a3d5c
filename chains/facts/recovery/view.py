"""What a look at recovery sees: the last days' training, the nights, and what the last runs took."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import itemgetter
from typing import Unpack

import numpy as np

from chains.facts.days import local_days
from chains.facts.fact import Dimension, Fact, FactValue, Window
from chains.facts.finding import Evidence
from chains.facts.once import once
from chains.facts.prices import Price, run_prices
from chains.facts.season import SeasonView, view_season
from chains.request import AthleteContext
from chains.training.history import Column
from chains.training.wellness import Wellness

YEAR_DAYS = 365


@dataclass(frozen=True, kw_only=True, eq=False)
class RecoveryView:
    """`moving_s` and `sessions` hold the days of the last year, all sports, the day that is looked from last: time is what sports share."""

    season: SeasonView
    moving_s: Column
    sessions: Column
    prices: tuple[Price, ...]
    """Of this sport's runs in the half year, oldest first."""
    first_starts: Mapping[date, datetime]
    """When the first session of each day of the half year began."""

    @property
    def context(self) -> AthleteContext:
        return self.season.context

    @property
    def day(self) -> date:
        return self.season.day

    @cached_property
    def wellness(self) -> tuple[Wellness, ...]:
        """Up to the day that is looked from."""
        return tuple(w for w in self.context.wellness if w.date <= self.day)

    @property
    def idle_days(self) -> int:
        """Days without sport up to and with the day that is looked from; all of the year where there was none."""
        active = np.flatnonzero(self.sessions)
        return len(self.sessions) - 1 - int(active[-1]) if len(active) else len(self.sessions)

    @property
    def streak_days(self) -> int:
        """Days in a row with sport up to the day that is looked from."""
        idle = np.flatnonzero(self.sessions == 0)
        return len(self.sessions) - 1 - int(idle[-1]) if len(idle) else len(self.sessions)

    def fact(self, identifier: str, label: str, value: FactValue, dimension: Dimension, **evidence: Unpack[Evidence]) -> Fact:
        """A fact about all sports together, unless `evidence` names one."""
        known: Evidence = {"sport": None}
        known.update(evidence)
        return self.season.fact(identifier, label, value, dimension, **known)

    def last(self, days: int) -> Window:
        return self.season.last(days)


@once
def view_recovery(context: AthleteContext) -> RecoveryView:
    """Raises LookupError for a history without any sport."""
    season = view_season(context)
    known = _known_days(context)
    first = season.day - timedelta(days=known - 1)
    every = [days.between(first, season.day) for days in context.history.by_sport.values()]
    starts = [a.started_at for a in context.recent]
    return RecoveryView(
        season=season,
        moving_s=np.sum([days.moving_s for days in every], axis=0),
        sessions=np.sum([days.count for days in every], axis=0),
        prices=run_prices(context),
        first_starts=dict(sorted(zip(local_days(context), starts, strict=True), key=itemgetter(1), reverse=True)),
    )


def _known_days(context: AthleteContext) -> int:
    """A year, or since the first activity where that is less."""
    first = context.history.first_day()
    return YEAR_DAYS if first is None else max(min((context.as_of.day - first).days + 1, YEAR_DAYS), 1)
