"""What this run took in heartbeats per kilometre: against its like, in a row, and since when."""

from collections.abc import Sequence
from itertools import takewhile
from statistics import median

from chains.facts.activity.usual import placed, too_few
from chains.facts.activity.view import ActivityView
from chains.facts.cost import SAME_COST, cost_of, effort_of
from chains.facts.fact import Dimension, Fact, Rank, Window
from chains.facts.finding import NOTHING, Finding, sign, withheld
from chains.facts.likeness import LEAST_LIKE
from chains.facts.sheet import Ask
from chains.facts.trust import beats_per_km
from chains.training.activity import Sport

ASK_COST = 0.06
TREND_RUNS = 5
NOTABLE_SINCE_DAYS = 28
STREAK_RUNS, NOTABLE_STREAK = 8, 3


def compare_cost(view: ActivityView) -> Finding:
    """Heartbeats per kilometre against like runs: fewer is better; of intervals and other efforts it says nothing."""
    own = beats_per_km(view.activity, view.profile)
    if own is None or view.activity.sport is not Sport.RUN:
        return NOTHING
    if view.structured:
        return withheld("activity.beats_vs_usual", "intervals: heartbeats per kilometre say nothing about efficiency")
    effort = effort_of(view.activity, view.like, view.profile)
    if effort:
        words = "a harder kind of run than its like" if effort > 0 else "an easier kind of run than its like"
        kind = view.fact("activity.effort", "effort beside like runs", words, Dimension.TEXT, direction=effort, polarity=0)
        return Finding(facts=(kind,), missing=withheld("activity.beats_vs_usual", f"{words}: another kind of session").missing)
    others = [c for c in (beats_per_km(a, view.profile) for a in view.like) if c is not None]
    if len(others) < LEAST_LIKE:
        return withheld("activity.beats_vs_usual", too_few(len(others)))
    change = own / median(others) - 1
    ask = Ask(
        id="dear_run",
        text="What made this one dearer, {activity.beats_vs_usual|about} more heartbeats than this distance usually takes?",
        choices=("heat, wind or soft ground", "tired", "it was meant to be hard", "the sensor"),
        fact_ids=("activity.beats_vs_usual",),
    )
    facts = (*_cost_facts(view, own, others), *_place(view, own, others), *_cheap_since(view, own, median(others)), *_trend(view, own))
    return Finding(facts=facts, asks=(ask,) if change >= ASK_COST else ())


def _cost_facts(view: ActivityView, own: float, others: Sequence[float]) -> tuple[Fact, ...]:
    n, usual = len(others), median(others)
    direction = cost_direction(own / usual - 1)
    compared = view.like_fact(
        "activity.beats_vs_usual",
        "heartbeats per kilometre against the median of like runs",
        own / usual - 1,
        Dimension.CHANGE,
        n,
        against=f"median of {n} like runs",
        direction=direction,
        polarity=-direction,
    )
    return (
        compared,
        view.fact("activity.beats", "heartbeats per kilometre", own, Dimension.EFFICIENCY),
        view.like_fact(
            "activity.usual_beats", "median heartbeats per kilometre of like runs", usual, Dimension.EFFICIENCY, n, against=f"{n} like runs"
        ),
        view.like_fact("activity.beats_sessions", "like runs with a heart rate", n, Dimension.COUNT, n, noun="run"),
    )


def cost_direction(change: float) -> int:
    """0 within what sensors repeat."""
    return 0 if abs(change) <= SAME_COST else sign(change)


def _place(view: ActivityView, own: float, others: Sequence[float]) -> tuple[Fact, ...]:
    place, of = 1 + sum(o < own for o in others), len(others) + 1
    words = placed(place, of, "cheapest", "dearest", "run")
    if words is None:
        return ()
    label, rank = "place by heartbeats per kilometre among like runs", Rank(place=place, of=of)
    return (view.like_fact("activity.beats_place", label, words, Dimension.TEXT, len(others), rank=rank),)


def _cheap_since(view: ActivityView, own: float, usual: float) -> tuple[Fact, ...]:
    """The last like run that was at least as cheap, if that is four weeks back and this one is cheap at all."""
    if cost_direction(own / usual - 1) >= 0:
        return ()
    known = [(a.local_date, b) for a, b in ((a, beats_per_km(a, view.profile)) for a in view.like) if b is not None]
    cheaper = [day for day, b in known if b <= own]
    if not cheaper or (view.activity.local_date - max(cheaper)).days < NOTABLE_SINCE_DAYS:
        return ()
    since = max(cheaper)
    between = sum(day > since for day, _ in known)
    if between < TREND_RUNS:
        return ()
    rank = Rank(place=1 + len(cheaper), of=len(known) + 1, since=since)
    window = Window(first=since, last=view.activity.local_date)
    return (
        view.fact(
            "activity.cheap_since", "last like run that took as few heartbeats", since, Dimension.DATE, n=between, rank=rank, window=window
        ),
        view.fact(
            "activity.dearer_since",
            "like runs since then, all dearer",
            between,
            Dimension.COUNT,
            noun="run",
            n=between,
            rank=rank,
            window=window,
            direction=1,
            polarity=-1,
        ),
    )


def _trend(view: ActivityView, own: float) -> tuple[Fact, ...]:
    """The last five like runs, this one included, against those before."""
    known = [b for b in (beats_per_km(a, view.profile) for a in view.like) if b is not None]
    late, early = [*known[-TREND_RUNS + 1 :], own], known[: -TREND_RUNS + 1]
    if len(early) < LEAST_LIKE or len(late) < TREND_RUNS:
        return ()
    change = median(late) / median(early) - 1
    direction = cost_direction(change)
    if not direction:
        return ()
    trend = view.like_fact(
        "activity.beats_trend",
        "heartbeats per kilometre of the last like runs against those before",
        change,
        Dimension.CHANGE,
        len(known),
        against=f"{len(early)} like runs before",
        direction=direction,
        polarity=-direction,
    )
    label = "like runs in that comparison, this one included"
    return (trend, view.like_fact("activity.trend_runs", label, len(late), Dimension.COUNT, len(late), noun="run"))


def count_streak(view: ActivityView) -> Finding:
    """Steady runs in a row that were all dearer, or all cheaper, than their like."""
    own = None if view.structured else cost_of(view.activity, view.earlier, view.profile)
    direction = cost_direction(own.change) if own is not None else 0
    if not direction:
        return NOTHING
    before = (cost_of(run, view.earlier, view.profile) for run in reversed(view.earlier[-STREAK_RUNS:]))
    row = list(takewhile(lambda cost: cost_direction(cost.change) == direction, (cost for cost in before if cost is not None)))
    length = len(row) + 1
    if length < NOTABLE_STREAK:
        return NOTHING
    label = f"runs in a row that were {'dearer' if direction > 0 else 'cheaper'} than their like, this one included"
    first = row[-1].run
    return Finding(
        facts=(
            view.fact(
                "activity.streak",
                label,
                length,
                Dimension.COUNT,
                noun="run",
                n=length,
                window=Window(first=first.local_date, last=view.activity.local_date),
                against="each its own like runs",
                direction=direction,
                polarity=-direction,
            ),
        )
    )
