"""The last three and seven days of training against the athlete's own: hours, days off, and where they stand in the year."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from chains.facts.fact import Dimension, Fact, Rank, Window
from chains.facts.finding import NOTHING, Finding, sign, withheld
from chains.facts.recovery.view import YEAR_DAYS, RecoveryView
from chains.facts.week.baseline import BREAK_DAYS
from chains.facts.wording import number_word
from chains.training.history import Column

SPANS = (7, 3)
USUAL_DAYS = 56
LEAST_STRETCHES = 21
"""House rule: a usual needs three weeks of stretches that lie in no break."""
SAME_TIME = {7: 0.15, 3: 0.3}
"""House rule: three days swing by their long session alone, seven do not."""
RARE_SHARE = 0.08
LEAST_YEAR_DAYS = 120
NOTABLE_STREAK, NOTABLE_IDLE = 6, 3
REST_WEEKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """Moving seconds of the last days, the usual of as many, and how many stretches that is the median of."""

    days: int
    own_s: float
    usual_s: float
    n: int
    fuller: int
    """Stretches of the year that held more."""
    of: int

    @property
    def change(self) -> float:
        return self.own_s / self.usual_s - 1

    @property
    def direction(self) -> int:
        return 0 if abs(self.change) <= SAME_TIME[self.days] else sign(self.change)


def strain(view: RecoveryView, days: int) -> Strain | None:
    """None where there is no usual: a young history, or one long break."""
    sums = _stretches(view.moving_s, days)
    settled = ~_broken(view.sessions, days)
    before = np.arange(len(sums)) < len(sums) - days
    usual = sums[before & settled][-USUAL_DAYS:]
    if len(usual) < LEAST_STRETCHES or float(np.median(usual)) <= 0:
        return None
    year = sums[before]
    return Strain(
        days=days,
        own_s=float(sums[-1]),
        usual_s=float(np.median(usual)),
        n=len(usual),
        fuller=int((year >= sums[-1]).sum()),
        of=len(year),
    )


def _stretches(values: Column, days: int) -> Column:
    """Sum of each day and the days before it, from the first whole stretch on."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    return np.asarray(total[days:] - total[:-days]) if len(values) >= days else np.zeros(0)


def _broken(sessions: Column, days: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Stretches that touch ten days or more without a session."""
    edges = np.flatnonzero(np.concatenate(([1.0], sessions, [1.0])))
    gap = np.zeros(len(sessions), dtype=np.bool_)
    for at in np.flatnonzero(np.diff(edges) > BREAK_DAYS).tolist():
        gap[edges[at] : edges[at + 1] - 1] = True
    return np.asarray(_stretches(gap.astype(np.float64), days) > 0)


def compare_days(view: RecoveryView) -> Finding:
    """Hours of training of the last seven and three days against the usual of eight weeks."""
    found = [s for s in (strain(view, days) for days in SPANS) if s is not None]
    if not found:
        return withheld("recovery.time_7d_vs_usual", "fewer than three weeks of training without a break to say what is usual")
    return Finding(facts=tuple(fact for one in found for fact in _span_facts(view, one)))


def _span_facts(view: RecoveryView, found: Strain) -> tuple[Fact, ...]:
    days, window = found.days, view.last(found.days)
    in_words = number_word(days)
    against = f"median {in_words} days of the eight weeks before, breaks left out"
    named = f"{days}d"
    facts = (
        view.fact(
            f"recovery.time_{named}_vs_usual",
            f"training time of the last {in_words} days, all sports",
            found.change,
            Dimension.CHANGE,
            n=found.n,
            window=window,
            against=against,
            direction=found.direction,
            polarity=0,
        ),
        view.fact(f"recovery.time_{named}", f"training time of the last {in_words} days", found.own_s, Dimension.DURATION, window=window),
        view.fact(f"recovery.usual_time_{named}", against, found.usual_s, Dimension.DURATION, n=found.n, against=against),
    )
    return (*facts, *_place(view, found, window))


def _place(view: RecoveryView, found: Strain, window: Window) -> tuple[Fact, ...]:
    """Told where it is rare over the year."""
    if found.days != SPANS[0] or found.of < LEAST_YEAR_DAYS or found.direction <= 0 or found.fuller > RARE_SHARE * found.of:
        return ()
    year = Window(first=view.day - timedelta(days=YEAR_DAYS - 1), last=window.last)
    return (
        view.fact(
            "recovery.fuller_7d",
            "days of the year on which the seven days behind held as much training",
            found.fuller,
            Dimension.COUNT,
            noun="day",
            n=found.of,
            window=year,
            rank=Rank(place=found.fuller + 1, of=found.of + 1),
        ),
    )


def count_rest(view: RecoveryView) -> Finding:
    """Days off in the last week against the usual week, the row of days with sport, or the days since the last session."""
    recent = view.sessions[-7:]
    if len(recent) < 7:
        return NOTHING
    off, window = int((recent == 0).sum()), view.last(7)
    facts = [view.fact("recovery.days_off", "days without sport in the last seven", off, Dimension.COUNT, noun="day", n=7, window=window)]
    weeks = view.sessions[: -len(recent)][-7 * REST_WEEKS :]
    weeks = weeks[len(weeks) % 7 :]
    usual = [int((week == 0).sum()) for week in weeks.reshape(-1, 7) if week.any()]
    if len(usual) >= REST_WEEKS // 2:
        middle = round(float(np.median(usual)))
        label = f"median of the {len(usual)} weeks before with training in them"
        fact = view.fact("recovery.usual_days_off", label, middle, Dimension.COUNT, noun="day", n=len(usual), against=label)
        facts.append(fact)
    if view.streak_days >= NOTABLE_STREAK:
        facts.append(_streak(view))
    if view.idle_days >= NOTABLE_IDLE:
        label = "days without sport up to now"
        facts.append(view.fact("recovery.idle_days", label, view.idle_days, Dimension.COUNT, noun="day", window=view.last(view.idle_days)))
    return Finding(facts=tuple(facts))


def _streak(view: RecoveryView) -> Fact:
    """The row of days with its place among the rows of the year."""
    idle = np.flatnonzero(np.concatenate(([1.0], view.sessions == 0, [1.0])))
    rows = np.diff(idle) - 1
    rows = rows[rows > 0]
    place = int((rows[:-1] >= view.streak_days).sum()) + 1
    return view.fact(
        "recovery.streak",
        "days in a row with sport",
        view.streak_days,
        Dimension.COUNT,
        noun="day",
        window=view.last(view.streak_days),
        against=f"{len(rows) - 1} rows of the year",
        rank=Rank(place=place, of=len(rows)),
    )
