"""The sample athlete's sixteen months, week by week: what was planned, before life and legs had their say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from chains.training.history import week_start_of
from chains.training.profile import Weekday


class Phase(Enum):
    """What a week is for."""

    BASE = "base"
    BUILD = "build"
    ILL = "ill"
    RETURN = "return"
    TAPER = "taper"
    RACE = "race"
    RECOVERY = "recovery"


# Running per week in km, oldest first: three weeks up, one easier, never more than about a tenth above the largest week so far.
SEASON: tuple[tuple[Phase, tuple[float, ...]], ...] = (
    (Phase.BASE, (20, 22, 24, 26, 28, 22, 28, 30, 32, 25, 32, 34, 36, 28, 35, 37, 38, 30)),
    (Phase.BUILD, (38, 40, 42, 33, 42, 44, 46, 35, 45, 47, 49, 37)),
    (Phase.ILL, (18, 0)),
    (Phase.RETURN, (18, 25, 30, 33, 28)),
    (Phase.BASE, (34, 37, 40, 31, 39, 42, 44, 34, 42, 44)),
    (Phase.BUILD, (46, 48, 38, 48, 50, 52, 41, 52, 54, 56, 44, 56, 58, 60, 60)),
    (Phase.TAPER, (44,)),
    (Phase.RACE, (20,)),
    (Phase.RECOVERY, (15, 28, 38)),
    (Phase.RETURN, (46,)),
    (Phase.BASE, (54, 52)),
)
LONG_RUN_SHARE = {Phase.BUILD: 0.33, Phase.TAPER: 0.30}
USUAL_LONG_RUN_SHARE = 0.30
ILL_DAYS = 12
"""From the Wednesday of the first ill week to the Sunday of the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One planned week; `weeks_ago` 0 is the one that holds the last day."""

    start: date
    weeks_ago: int
    index_in_phase: int
    phase: Phase
    run_m: float

    @property
    def long_run_m(self) -> float:
        return self.run_m * LONG_RUN_SHARE.get(self.phase, USUAL_LONG_RUN_SHARE)


def weeks_until(today: date) -> Iterator[Week]:
    """All weeks of the season, oldest first; the last one holds `today`."""
    plan = [(phase, i, km) for phase, distances in SEASON for i, km in enumerate(distances)]
    current = week_start_of(today, Weekday.MONDAY)
    for position, (phase, i, km) in enumerate(plan):
        weeks_ago = len(plan) - 1 - position
        yield Week(start=current - timedelta(weeks=weeks_ago), weeks_ago=weeks_ago, index_in_phase=i, phase=phase, run_m=km * 1000)


def race_day(today: date) -> date:
    """The Sunday of the half marathon."""
    week = next(w for w in weeks_until(today) if w.phase is Phase.RACE)
    return week.start + timedelta(days=6)
