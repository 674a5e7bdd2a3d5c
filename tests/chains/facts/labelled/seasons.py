"""Made-up seasons with races planted at their own noise, and hard days that are none: what a race is told from without its label."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

import numpy as np

from chains.training.activity import HALF_MARATHON_M, MARATHON_M, Activity, Origin, Source, Sport
from tests.chains.facts.labelled.efforts import Rng

FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
"""A Monday."""
WEEKS = 56
EXPONENT = 1.06
"""Riegel 1981."""
LOOKALIKES = ("tempo", "intervals", "progression", "marathon_pace", "pacing", "time_check", "fast_finish", "downhill", "hot", "group")


class Runner(NamedTuple):
    ten_mps: float
    """Speed raced over 10 km."""
    easy_share: float
    """Easy speed over that."""
    max_hr: float
    has_hr: bool
    days: int
    """Runs in a week."""


class Day(NamedTuple):
    """One run to be: share of `max_hr`, seconds stood still."""

    what: str
    at: datetime
    metres: float
    mps: float
    share: float
    stopped_s: float
    ascent_m: float = 0.0


@cache
def season(seed: int) -> tuple[Activity, ...]:
    """Activities named by what they are: '123-race-10k', '45-tempo', '46-easy'."""
    rng = np.random.default_rng([seed, 20_261])
    runner = Runner(
        rng.uniform(2.9, 4.8), rng.uniform(0.72, 0.82), rng.uniform(178, 198), bool(rng.random() < 0.85), int(rng.integers(3, 7))
    )
    special = _calendar(runner, rng)
    taken = {one.at.date() for one in special}
    eves = {(one.at - timedelta(days=1)).date() for one in special if one.what.startswith("race")}
    usual = [one for one in _everyday(runner, rng) if one.at.date() not in taken and not (one.at.date() in eves and one.metres > 7000)]
    return tuple(_activity(one, runner, rng) for one in sorted((*special, *usual), key=lambda one: one.at))


def _everyday(runner: Runner, rng: Rng) -> Sequence[Day]:
    """Easy days and a long run on most Sundays; pace strays with the day, the stops with the town."""
    done = []
    for week in range(WEEKS):
        for weekday in sorted(rng.choice(7, size=runner.days, replace=False)):
            long = weekday == 6 and rng.random() < 0.7
            km = rng.uniform(15, 24) if long else rng.uniform(5, 12)
            mps = runner.ten_mps * runner.easy_share * float(np.exp(rng.normal(0, 0.035))) * (0.99 if long else 1.0)
            stopped = float(rng.exponential(25)) if rng.random() < 0.6 else 0.0
            done.append(
                Day(
                    "long" if long else "easy",
                    _on(week, int(weekday), rng.choice([7, 8, 18]), rng),
                    km * 1000,
                    mps,
                    rng.normal(0.745, 0.02),
                    stopped,
                    km * rng.uniform(2, 9),
                )
            )
    return done


def _calendar(runner: Runner, rng: Rng) -> Sequence[Day]:
    """Four races and all the lookalikes, each in a week of its own from the tenth on."""
    weeks = iter(rng.permutation(np.arange(10, WEEKS - 1)).tolist())
    races = [
        _race(runner, name, next(weeks), rng) for name in rng.choice(["5k", "10k", "half", "marathon", "hilly10k"], size=4, replace=False)
    ]
    return (*races, *(_lookalike(runner, name, next(weeks), rng) for name in LOOKALIKES))


def _race(runner: Runner, name: str, week: int, rng: Rng) -> Day:
    """Own race pace and the form of the day; course plus 0.4 to 2 %; a morning at the weekend."""
    metres, share = {
        "5k": (5000.0, 0.925),
        "10k": (10_000.0, 0.905),
        "half": (HALF_MARATHON_M, 0.88),
        "marathon": (MARATHON_M, 0.84),
        "hilly10k": (10_000.0, 0.91),
    }[name]
    hilly = name == "hilly10k"
    mps = runner.ten_mps * (metres / 10_000) ** (1 - EXPONENT) * float(np.exp(rng.normal(0, 0.015))) * (0.96 if hilly else 1.0)
    long = metres * rng.uniform(1.004, 1.02)
    return Day(
        f"race-{name}",
        _on(week, int(rng.choice([5, 6, 6])), rng.choice([9, 10, 11]), rng),
        long,
        mps * long / metres,
        rng.normal(share, 0.008),
        float(rng.integers(0, 8)),
        190.0 if hilly else metres / 1000 * rng.uniform(1, 5),
    )


def _lookalike(runner: Runner, name: str, week: int, rng: Rng) -> Day:
    """Hard or fast, and no race: warm-up and jogging in the same file, held back, helped, or hot."""
    ten, easy = runner.ten_mps, runner.ten_mps * runner.easy_share
    match name:
        case "tempo":
            metres, mps, share, stopped, at = rng.uniform(8e3, 12e3), (easy + 0.95 * ten) / 2, 0.82, 10.0, (2, 18)
        case "intervals":
            metres, mps, share, stopped, at = rng.uniform(9e3, 13e3), easy * 1.03, 0.82, rng.uniform(90, 400), (1, 18)
        case "progression":
            metres, mps, share, stopped, at = rng.uniform(12e3, 16e3), easy * 1.08, 0.80, 5.0, (6, 9)
        case "marathon_pace":
            metres, mps, share, stopped, at = rng.uniform(24e3, 30e3), easy * 1.08, 0.80, 60.0, (6, 8)
        case "pacing":
            metres, mps, share, stopped, at = HALF_MARATHON_M * 1.01, easy * 1.02, 0.76, 20.0, (6, 10)
        case "time_check":
            metres, mps, share, stopped, at = rng.uniform(7.2e3, 9e3), easy * 1.09, 0.81, rng.uniform(60, 200), (3, 18)
        case "fast_finish":
            metres, mps, share, stopped, at = rng.uniform(18e3, 24e3), easy * 1.05, 0.785, 15.0, (6, 8)
        case "downhill":
            metres, mps, share, stopped, at = rng.uniform(8e3, 12e3), easy * 1.11, 0.73, 10.0, (5, 9)
        case "hot":
            metres, mps, share, stopped, at = rng.uniform(10e3, 14e3), easy * 0.96, 0.85, 60.0, (5, 13)
        case _:
            metres, mps, share, stopped, at = rng.uniform(12e3, 18e3), easy * 1.07, 0.81, rng.uniform(60, 200), (5, 9)
    return Day(
        name,
        _on(week, at[0], at[1], rng),
        metres,
        mps * float(np.exp(rng.normal(0, 0.012))),
        rng.normal(share, 0.01),
        stopped,
        metres / 1000 * 5,
    )


def _on(week: int, weekday: int, hour: int, rng: Rng) -> datetime:
    day = FIRST_DAY + timedelta(days=7 * week + weekday)
    return datetime.combine(day.date(), time(int(hour)), UTC) + timedelta(minutes=int(rng.integers(0, 50)))


def _activity(day: Day, runner: Runner, rng: Rng) -> Activity:
    moving = day.metres / day.mps
    rate = float(day.share * runner.max_hr) if runner.has_hr else None
    return Activity(
        id=f"{(day.at - FIRST_DAY).days}-{day.what}",
        athlete_id="labelled",
        sport=Sport.RUN,
        title="Morning Run" if day.at.hour < 12 else "Evening Run",
        started_at=day.at,
        moving_s=round(moving),
        elapsed_s=round(moving + day.stopped_s),
        distance_m=round(day.metres, 1),
        ascent_m=round(day.ascent_m),
        mean_hr=None if rate is None else round(rate, 1),
        max_hr=None if rate is None else round(min(rate * rng.uniform(1.06, 1.12), runner.max_hr)),
        origin=Origin(source=Source.STRAVA, format="summary"),
    )
