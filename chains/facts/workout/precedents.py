"""What followed earlier sessions like the one that is chosen: the price of the run after it, how often this length was run before."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

import numpy as np

from chains.facts.advice.continuous import is_long
from chains.facts.cost import SAME_COST
from chains.facts.fact import Confidence, Dimension, Fact, Rank, Window
from chains.facts.finding import NOTHING, Finding, sign
from chains.facts.likeness import LIKE_DAYS
from chains.facts.prices import Price
from chains.facts.trust import heart_rate_of, speed_of
from chains.facts.workout.view import NextView
from chains.training.activity import Sport
from chains.training.rows import Flag

AFTER_DAYS = 2
LEAST_AFTER = 4
NEARLY_THIS_LONG = 0.97
EASY_DAYS, LEAST_EASY = 42, 4
AROUND_EASY_BPM = 4


def weigh_aftermath(view: NextView) -> Finding:
    """The first comparable run within two days of each hard (or long) session, against its like runs."""
    long = view.choice.pick == "long"
    days = [a.local_date for a in view.habits.longs] if long else sorted({h.day for h in view.basis.hard})
    found = [p for p in (_after(view.recovery.prices, day) for day in days) if p is not None]
    if len(found) < LEAST_AFTER:
        return NOTHING
    change, n = median(p.change for p in found), len(found)
    direction = 0 if abs(change) <= SAME_COST else sign(change)
    kind, window = ("long" if long else "hard"), Window(first=found[0].day, last=found[-1].day)
    label = f"heartbeats per kilometre of the run within two days after a {kind} session"
    against, ids = "the like runs of each of them", tuple(p.run.id for p in found)
    return Finding(
        facts=(
            view.fact(
                f"next.after_{kind}", label, change, Dimension.CHANGE, n=n, window=window, against=against, direction=direction,
                polarity=-direction, activity_ids=ids,
            ),
            view.fact(f"next.after_{kind}_n", f"runs that followed a {kind} session", n, Dimension.COUNT, noun="run", n=n, against=against),
        )
    )  # fmt: skip


def _after(prices: Sequence[Price], day: date) -> Price | None:
    return next((p for p in prices if timedelta(0) < p.day - day <= timedelta(days=AFTER_DAYS)), None)


def recall_length(view: NextView) -> Finding:
    """How often the athlete has gone as far as the month's longest, over the complete history: what the next step builds on."""
    longest = view.basis.volume.longest_m
    if longest <= 0 or view.basis.sport not in (Sport.RUN, Sport.SWIM):
        return NOTHING
    most = view.basis.limits.most_m or longest
    label = "most that the next session may hold: a tenth beyond the longest of thirty days"
    facts = [
        view.fact("next.longest", "longest of thirty days", longest, Dimension.DISTANCE, against="thirty days", window=view.last(30)),
        view.fact("next.most", label, most, Dimension.DISTANCE, against="the longest of thirty days", causes=("next.longest",)),
    ]
    log = view.season.log
    far = (log.column("distance_m") >= NEARLY_THIS_LONG * longest) & ~log.flagged(Flag.HAND_ENTERED)
    count = int(far.sum())
    if count > LEAST_AFTER:
        last = date.fromordinal(int(log.days[np.flatnonzero(far)[-1]]))
        against, rank = "the complete history", Rank(place=count, of=len(log))
        label = "sessions at least about as long as the longest of thirty days, ever"
        facts.append(view.fact("next.this_long", label, count, Dimension.COUNT, noun="time", n=count, against=against, rank=rank))
        facts.append(view.fact("next.this_long_last", "day of the last of them", last, Dimension.DATE, against=against))
    return Finding(facts=(*facts, *_beyond(view, most)))


def _beyond(view: NextView, most: float) -> tuple[Fact, ...]:
    """How often the athlete has gone beyond that, and the longest of half a year where that is another kind of length."""
    log = view.season.log
    beyond = int(((log.column("distance_m") > most) & ~log.flagged(Flag.HAND_ENTERED)).sum())
    against, facts = "the complete history", []
    if beyond > LEAST_AFTER:
        label = "sessions beyond that, ever"
        facts.append(view.fact("next.beyond", label, beyond, Dimension.COUNT, noun="time", n=beyond, against=against))
    known = view.basis.volume.known_m
    if not is_long(view.basis, most):
        longest = next(a for a in reversed(view.basis.context.recent) if a.sport is view.basis.sport and a.distance_m == known)
        window, ids = Window(first=longest.local_date, last=longest.local_date), (longest.id,)
        label = "longest of half a year"
        facts.append(view.fact("next.known", label, known, Dimension.DISTANCE, against=label, window=window, activity_ids=ids))
        facts.append(view.fact("next.known_day", "its day", longest.local_date, Dimension.DATE, window=window, activity_ids=ids))
    return tuple(facts)


def expect_pace(view: NextView) -> Finding:
    """What the easy heart rate gave lately, so that the athlete knows what to expect."""
    rate, basis = view.basis.volume.easy_hr, view.basis
    if rate is None or basis.sport is not Sport.RUN:
        return NOTHING
    since = basis.day - timedelta(days=EASY_DAYS)
    near = [
        s
        for a in basis.context.recent
        if a.sport is basis.sport and a.local_date >= since and (r := heart_rate_of(a, basis.profile)) is not None
        if abs(r - rate) <= AROUND_EASY_BPM and (s := speed_of(a)) is not None
    ]
    if len(near) < LEAST_EASY:
        return NOTHING
    label, against = f"median pace of the runs within {AROUND_EASY_BPM} beats of it", "the runs of six weeks"
    quarter = "a quarter of the runs of six weeks stayed at or below this"
    return Finding(
        facts=(
            view.fact("next.easy_hr", quarter, round(rate), Dimension.HEART_RATE, n=len(near), against=against),
            view.fact(
                "next.easy_pace", label, median(near), Dimension.PACE, n=len(near), against=against, confidence=Confidence.MEDIUM,
                window=Window(first=since, last=basis.context.as_of.day),
            ),
        )
    )  # fmt: skip


def weigh_day_off(view: NextView) -> Finding:
    """Runs after a day off against runs on the day after another session."""
    found = {p.day: p for p in view.recovery.prices}
    active = {a.local_date for a in view.basis.context.recent}
    rested = [p.change for day, p in found.items() if day - timedelta(days=1) not in active]
    following = [p.change for day, p in found.items() if day - timedelta(days=1) in active]
    if min(len(rested), len(following)) < LEAST_AFTER + 2:
        return NOTHING
    gap = (1 + median(rested)) / (1 + median(following)) - 1
    direction, n = 0 if abs(gap) <= SAME_COST else sign(gap), len(rested)
    against = f"{len(following)} runs on the day after another session"
    label = "heartbeats per kilometre of runs after a day off"
    window = view.last(LIKE_DAYS)
    return Finding(
        facts=(
            view.fact(
                "next.day_off", label, gap, Dimension.CHANGE, n=n, against=against, window=window, direction=direction, polarity=-direction,
                confidence=Confidence.MEDIUM,
            ),
            view.fact("next.day_off_n", "runs after a day off", n, Dimension.COUNT, noun="run", n=n, against=against, window=window),
        )
    )  # fmt: skip
