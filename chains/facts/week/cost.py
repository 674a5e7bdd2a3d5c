"""What the runs of a week cost in heartbeats per kilometre: all of them, the cheapest and dearest day, pace at everyday heart rate."""

from datetime import timedelta
from statistics import median

from chains.facts.band_change import compare_lately
from chains.facts.columns import last_active_day
from chains.facts.cost import SAME_COST, Cost
from chains.facts.fact import Dimension, Fact, Rank, Window
from chains.facts.finding import NOTHING, Finding, sign, withheld
from chains.facts.likeness import LIKE_DAYS
from chains.facts.sheet import Ask
from chains.facts.trust import heart_rate_of, speed_of
from chains.facts.week.view import WeekView
from chains.training.activity import Activity, Sport

NOTABLE_DAY = 0.03
ASK_DAY = 0.1
LEAST_WEEK_RUNS = 2


def measure_cost(view: WeekView) -> Finding:
    """The median over the week's runs, each against its own like."""
    found = view.costs
    if view.sport is not Sport.RUN or not view.sessions:
        return NOTHING
    if len(found) < LEAST_WEEK_RUNS:
        return withheld("week.beats_vs_usual", f"{len(found)} runs with heart rate and like runs to compare, {LEAST_WEEK_RUNS} needed")
    change = median(c.change for c in found)
    direction = 0 if abs(change) <= SAME_COST else sign(change)
    window = Window(first=view.start - timedelta(days=LIKE_DAYS), last=view.end)
    compared = view.fact(
        "week.beats_vs_usual",
        "heartbeats per kilometre of the week's runs, each against its like runs",
        change,
        Dimension.CHANGE,
        n=len(found),
        window=window,
        against=f"like runs of the last {LIKE_DAYS} days",
        direction=direction,
        polarity=-direction,
    )
    counted = view.fact(
        "week.beats_runs", "runs of the week that could be compared", len(found), Dimension.COUNT, noun="run", n=len(found),
        against=f"like runs of the last {LIKE_DAYS} days",
    )  # fmt: skip
    return Finding(facts=(compared, counted, *_day_facts(view, found)), asks=_ask_dear_day(found))


def _ask_dear_day(found: tuple[Cost, ...]) -> tuple[Ask, ...]:
    if max(c.change for c in found) < ASK_DAY:
        return ()
    ask = Ask(
        id="dear_day",
        text="What was behind {dear_day.when|date}, {dear_day.beats_vs_usual|about} dearer than runs like it?",
        choices=("meant to be hard", "heat, wind or soft ground", "tired", "the sensor"),
        fact_ids=("dear_day.when", "dear_day.beats_vs_usual"),
    )
    return (ask,)


def _day_facts(view: WeekView, found: tuple[Cost, ...]) -> tuple[Fact, ...]:
    best, worst = min(found, key=lambda c: c.change), max(found, key=lambda c: c.change)
    facts: tuple[Fact, ...] = ()
    if best.change <= -NOTABLE_DAY:
        facts += _one_day(view, "best_day", best, len(found), 1)
    if worst.change >= NOTABLE_DAY:
        facts += _one_day(view, "dear_day", worst, len(found), len(found))
    return facts


def _one_day(view: WeekView, name: str, cost: Cost, of: int, place: int) -> tuple[Fact, ...]:
    run, rate, speed = cost.run, heart_rate_of(cost.run, view.profile), speed_of(cost.run)
    if rate is None or speed is None:
        return ()
    window, ids, rank = Window(first=run.local_date, last=run.local_date), (run.id,), Rank(place=place, of=of)
    direction = sign(cost.change)
    facts = (
        view.fact(
            f"{name}.beats_vs_usual",
            "heartbeats per kilometre of that run against its like runs",
            cost.change,
            Dimension.CHANGE,
            window=window,
            n=cost.n,
            against=f"median of {cost.n} like runs",
            direction=direction,
            polarity=-direction,
            rank=rank,
            activity_ids=ids,
        ),
        view.fact(f"{name}.when", "day of that run", run.local_date, Dimension.DATE, window=window, n=1, rank=rank, activity_ids=ids),
        view.fact(f"{name}.pace", "pace of that run", speed, Dimension.PACE, window=window, n=1, activity_ids=ids),
        view.fact(f"{name}.hr", "mean heart rate of that run", rate, Dimension.HEART_RATE, window=window, n=1, activity_ids=ids),
        view.fact(f"{name}.distance", "distance of that run", run.distance_m, Dimension.DISTANCE, window=window, n=1, activity_ids=ids),
        view.fact(f"{name}.like_runs", "like runs before it", cost.n, Dimension.COUNT, noun="run", window=window, n=cost.n),
    )
    if not _rested_before(view, run):
        return facts
    before = Window(first=run.local_date - timedelta(days=1), last=run.local_date - timedelta(days=1))
    return (*facts, view.fact(f"{name}.rested", "the day before it", "a day off", Dimension.TEXT, window=before, n=1))


def _rested_before(view: WeekView, run: Activity) -> bool:
    """Nothing of any sport the day before, nor earlier that day."""
    day = run.local_date
    last = last_active_day(view.context.history.by_sport.values(), day)
    first_of_day = not any(a.local_date == day and a.started_at < run.started_at for a in view.context.recent)
    return first_of_day and last is not None and (day - last).days > 1


def compare_band(view: WeekView) -> Finding:
    """Pace at everyday heart rate, the last four weeks against the months before."""
    if view.sport is not Sport.RUN or not view.sessions:
        return NOTHING
    return compare_lately(view.recent + view.sessions, view.profile, view.context.as_of.instant, view.end, view.fact)
