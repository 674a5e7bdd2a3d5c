"""What each run of the half year took in heartbeats per kilometre against its like: the rule of `cost_of`, asked of all runs at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from chains.facts.cost import OTHER_EFFORT_BPM, OTHER_EFFORT_SPEED
from chains.facts.likeness import LEAST_LIKE, like_one_another
from chains.facts.once import once
from chains.facts.trust import heart_rate_of, speed_of
from chains.metrics.robust import row_medians
from chains.request import AthleteContext
from chains.training.activity import Activity, Purpose, Sport
from chains.training.history import Column
from chains.training.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Heartbeats per kilometre of one run over the median of its `n` like runs, less one."""

    run: Activity
    day: date
    change: float
    n: int


@once
def run_prices(context: AthleteContext) -> tuple[Price, ...]:
    """Of the runs of the half year up to the day that is looked from."""
    runs = [a for a in context.recent if a.sport is Sport.RUN]
    return prices(runs, context.profile.known_on(context.as_of.day))


def prices(runs: Sequence[Activity], profile: Profile) -> tuple[Price, ...]:
    """Of the steady runs with at least five like runs before them; `runs` oldest first."""
    if not runs:
        return ()
    speed, rate = _known(map(speed_of, runs)), _known(heart_rate_of(run, profile) for run in runs)
    like = like_one_another(runs) & ~np.isnan(rate)

    def usual(values: Column) -> Column:
        return row_medians(np.where(like, values, np.nan))

    beats, n = rate / speed, like.sum(axis=1)
    faster = (speed / usual(speed) - 1) / OTHER_EFFORT_SPEED
    higher = (rate - usual(rate)) / OTHER_EFFORT_BPM
    other_effort = (np.minimum(faster, higher) >= 1) | (np.maximum(faster, higher) <= -1)
    change = beats / usual(beats) - 1
    rated = np.flatnonzero(~np.isnan(beats) & (n >= LEAST_LIKE) & ~other_effort)
    return tuple(
        Price(run=run, day=run.local_date, change=float(change[i]), n=int(n[i]))
        for i, run in ((i, runs[i]) for i in rated.tolist())
        if run.sport is Sport.RUN and run.purpose not in (Purpose.WORKOUT, Purpose.RACE)
    )


def _known(values: Iterable[float | None]) -> Column:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)
