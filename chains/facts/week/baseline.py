"""The athlete's own base: the median of the last eight complete weeks outside breaks. Breaks are found and named."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import numpy as np
from numpy.typing import NDArray

from chains.training.history import Column, DayColumns, Weeks

BASE_WEEKS = 8
LEAST_BASE_WEEKS = 4
LOOK_BACK_WEEKS = 26
"""House rule: what was done half a year ago is history, not a base."""
BREAK_DAYS = 10
"""Coyle et al. 1984, J Appl Physiol 57:1857: maximal oxygen uptake fell by 7 % in the first 12 days without training."""
BREAK_SHARE = 1 / 3
"""House rule: a week below a third of the usual is no training week, whatever the reason."""
USUAL_WEEKS = 26

Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Neighbouring weeks that do not count; `first` is the first day of the first one, `last` the last day of the last one."""

    first: date
    last: date
    weeks: int
    distance_m: float
    sessions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """`weeks` are indices into the history's weeks, oldest first; `breaks` lie between the first of them and the week in question."""

    weeks: tuple[int, ...]
    distance_m: float
    moving_s: float
    days: float
    sessions: float
    first: date
    last: date
    breaks: tuple[Break, ...]


def break_weeks(weeks: Weeks, days: DayColumns, since: int) -> Marks:
    """Marks weeks from index `since` on that hold no session, or less than a third of what was usual; earlier ones are not judged.

    `usual` is the median of the active weeks among the 26 before. An empty week lies in a gap of a week at least; one with
    a single session after ten idle days counts as a break too, where it starts with them.
    """
    volume, sessions = volume_of(weeks).tolist(), weeks.sessions.tolist()
    marks = np.zeros(len(weeks), dtype=np.bool_)
    for i in range(max(since, 0), len(weeks)):
        active = [v for v in volume[max(i - USUAL_WEEKS, 0) : i] if v > 0]
        usual = median(active) if active else 0.0
        long_gap = sessions[i] <= 1 and idle_days_before(days, 7 * i + 7) >= BREAK_DAYS
        marks[i] = sessions[i] == 0 or long_gap or volume[i] < BREAK_SHARE * usual
    return marks


def volume_of(weeks: Weeks) -> Column:
    """What this sport is counted by: distance, or time where it has none."""
    return weeks.distance_m if weeks.distance_m.any() else weeks.moving_s


def idle_days_before(days: DayColumns, end: int) -> int:
    """Longest run of days without a session in the two weeks that end before day index `end`."""
    active = np.flatnonzero(days.count[max(end - 14, 0) : end] > 0)
    edges = np.concatenate(([-1], active, [min(end, 14)]))
    return int((np.diff(edges) - 1).max())


def base_before(weeks: Weeks, days: DayColumns, index: int) -> Base | None:
    """The base of the weeks before `index`; None where fewer than four count."""
    first = max(index - LOOK_BACK_WEEKS, 0)
    marks = break_weeks(weeks, days, first)
    counted = [i for i in range(first, index) if not marks[i]][-BASE_WEEKS:]
    if len(counted) < LEAST_BASE_WEEKS:
        return None

    def usual(column: Column) -> float:
        return float(median(column[counted].tolist()))

    return Base(
        weeks=tuple(counted),
        distance_m=usual(weeks.distance_m),
        moving_s=usual(weeks.moving_s),
        days=usual(weeks.days),
        sessions=usual(weeks.sessions),
        first=weeks.start_of(counted[0]),
        last=weeks.start_of(counted[-1]) + timedelta(days=6),
        breaks=_breaks(weeks, marks, counted[0], index),
    )


def _breaks(weeks: Weeks, marks: Marks, first: int, end: int) -> tuple[Break, ...]:
    found: list[Break] = []
    start: int | None = None
    for i in range(first, end + 1):
        if i < end and marks[i]:
            start = i if start is None else start
        elif start is not None:
            found.append(
                Break(
                    first=weeks.start_of(start),
                    last=weeks.start_of(i) - timedelta(days=1),
                    weeks=i - start,
                    distance_m=float(weeks.distance_m[start:i].sum()),
                    sessions=int(weeks.sessions[start:i].sum()),
                )
            )
            start = None
    return tuple(found)
