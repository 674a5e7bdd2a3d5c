"""What the last runs took, what a day off buys, and what followed earlier days that looked like this one: all in heartbeats per km."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

import numpy as np

from chains.facts.cost import SAME_COST
from chains.facts.fact import Confidence, Dimension, Fact, Rank, Window
from chains.facts.finding import NOTHING, Finding, sign, withheld
from chains.facts.likeness import LIKE_DAYS
from chains.facts.prices import Price
from chains.facts.recovery.strain import SAME_TIME
from chains.facts.recovery.view import RecoveryView
from chains.training.activity import Sport

LATELY_DAYS, MOST_LATELY, LEAST_LATELY = 10, 3, 2
LEAST_EACH = 6
LEAST_PRECEDENTS = 5
MOST_REST = 2
"""House rule: two days off and more are one state."""


def lately(view: RecoveryView) -> tuple[Price, ...]:
    """The last runs that compare, of the last ten days."""
    since = view.day - timedelta(days=LATELY_DAYS - 1)
    return tuple(p for p in view.prices if p.day >= since)[-MOST_LATELY:]


def direction_of_cost(found: Sequence[Price]) -> int | None:
    """1 where the last runs were dearer than their like; None with fewer than two of them."""
    if len(found) < LEAST_LATELY:
        return None
    change = median(p.change for p in found)
    return 0 if abs(change) <= SAME_COST else sign(change)


def measure_cost(view: RecoveryView) -> Finding:
    found, direction = lately(view), direction_of_cost(lately(view))
    if direction is None:
        if view.season.sport is not Sport.RUN:
            return NOTHING
        return withheld("recovery.cost", "fewer than two runs of the last ten days have a heart rate and enough like runs to compare with")
    window, n = Window(first=found[0].day, last=found[-1].day), len(found)
    change = median(p.change for p in found)
    compared = view.fact(
        "recovery.cost",
        f"heartbeats per kilometre of the last {n} runs, each against its like runs",
        change,
        Dimension.CHANGE,
        sport=Sport.RUN,
        n=n,
        window=window,
        against=f"like runs of the last {LIKE_DAYS} days",
        direction=direction,
        polarity=-direction,
        activity_ids=tuple(p.run.id for p in found),
    )
    counted = view.fact("recovery.cost_runs", "runs in that comparison", n, Dimension.COUNT, noun="run", n=n, window=window)
    return Finding(facts=(compared, counted, *_last_run(view, found[-1])))


def _last_run(view: RecoveryView, last: Price) -> tuple[Fact, ...]:
    """The last run alone, with its place among the rated runs of the half year."""
    place = 1 + sum(p.change < last.change for p in view.prices)
    direction = 0 if abs(last.change) <= SAME_COST else sign(last.change)
    day = Window(first=last.day, last=last.day)
    return (
        view.fact(
            "recovery.last_cost",
            "heartbeats per kilometre of the last run that compares, against its like runs",
            last.change,
            Dimension.CHANGE,
            sport=Sport.RUN,
            n=last.n,
            window=day,
            against=f"median of {last.n} like runs",
            direction=direction,
            polarity=-direction,
            rank=Rank(place=place, of=len(view.prices)),
            activity_ids=(last.run.id,),
        ),
        view.fact("recovery.last_cost_day", "day of that run", last.day, Dimension.DATE, window=day, activity_ids=(last.run.id,)),
    )


def weigh_rest(view: RecoveryView) -> Finding:
    """Runs after a day off against runs on the day after another session: what a day off buys this athlete."""
    rested = [p.change for p in view.prices if _rest_before(view, p) >= 1]
    following = [p.change for p in view.prices if _rest_before(view, p) == 0]
    if min(len(rested), len(following)) < LEAST_EACH:
        return NOTHING
    gap = (1 + median(rested)) / (1 + median(following)) - 1
    direction = 0 if abs(gap) <= SAME_COST else sign(gap)
    n = len(rested)
    compared = view.fact(
        "recovery.rest_effect",
        "heartbeats per kilometre of runs after a day off against runs on the day after another session",
        gap,
        Dimension.CHANGE,
        sport=Sport.RUN,
        n=n,
        window=view.last(LIKE_DAYS),
        against=f"{len(following)} runs on the day after another session",
        direction=direction,
        polarity=-direction,
        confidence=Confidence.MEDIUM,
    )
    counted = view.fact("recovery.rested_runs", "runs after a day off", n, Dimension.COUNT, noun="run", n=n, window=view.last(LIKE_DAYS))
    return Finding(facts=(compared, counted))


def find_precedents(view: RecoveryView) -> Finding:
    """Earlier days with as many days off before them and the same three-day load: what the run that followed took."""
    usual = float(np.median(_three_days(view)[-LIKE_DAYS:]))
    if usual <= 0 or not view.prices:
        return NOTHING
    now = (min(view.idle_days, MOST_REST), _level(float(_three_days(view)[-1]), usual))
    alike = [p for p in view.prices if (_rest_before(view, p), _level(_load_before(view, p), usual)) == now]
    if len(alike) < LEAST_PRECEDENTS:
        return NOTHING
    change, n = median(p.change for p in alike), len(alike)
    direction = 0 if abs(change) <= SAME_COST else sign(change)
    dearer = sum(p.change > SAME_COST for p in alike)
    window, ids = Window(first=alike[0].day, last=alike[-1].day), tuple(p.run.id for p in alike)
    against = "the like runs of each of them"
    return Finding(
        facts=(
            view.fact(
                "recovery.like_next",
                "heartbeats per kilometre of the runs that followed days like today: as much rest, as full a three days",
                change,
                Dimension.CHANGE,
                sport=Sport.RUN,
                n=n,
                window=window,
                against=against,
                direction=direction,
                polarity=-direction,
                activity_ids=ids,
            ),
            view.fact(
                "recovery.like_days", "earlier days of the half year like today that a run followed", n, Dimension.COUNT,
                noun="day", n=n, window=window, against=against,
            ),
            view.fact("recovery.like_dear", "of those, runs clearly dearer", dearer, Dimension.COUNT, noun="run", n=n, against=against),
        )
    )  # fmt: skip


def _three_days(view: RecoveryView) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Moving seconds of each day and the two before it."""
    return np.convolve(view.moving_s, np.ones(3))[: len(view.moving_s)]


def _level(seconds: float, usual: float) -> int:
    change = seconds / usual - 1
    return 0 if abs(change) <= SAME_TIME[3] else sign(change)


def _index(view: RecoveryView, price: Price) -> int:
    """Place of the day before the run in the year's columns."""
    return len(view.sessions) - 2 - (view.day - price.day).days


def _rest_before(view: RecoveryView, price: Price) -> int:
    """Whole days without sport before the run's day, at most two; a second session of a day has none."""
    end = _index(view, price)
    if view.first_starts[price.day] < price.run.started_at or end < 0:
        return 0
    return next((rest for rest in range(min(MOST_REST, end + 1)) if view.sessions[end - rest]), MOST_REST)


def _load_before(view: RecoveryView, price: Price) -> float:
    end = _index(view, price)
    return float(view.moving_s[max(end - 2, 0) : end + 1].sum()) if end >= 0 else 0.0
