"""What breaks cost and how long it took to be back: weeks until the pace in the band was again what it had been before."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import numpy as np

from chains.facts.band import LEAST_RUNS, SAME_PACE_S_PER_M, band_columns
from chains.facts.fact import Confidence, Dimension, Fact, Window
from chains.facts.finding import NOTHING, Finding, sign
from chains.facts.progress.view import ProgressView
from chains.facts.quantities import shown_pace_change
from chains.facts.wording import month_and_year
from chains.training.activity import Sport
from chains.training.history import Column

BREAK_DAYS = 14
"""Mujika & Padilla 2000, Sports Med 30:79: from two weeks without training on, what training had built is measurably less."""
BEFORE_DAYS, AROUND_DAYS = 56, 28
MOST_WEEKS = 26
PRESENT_WEEKS = 16
LEAST_BREAKS = 2
SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Regain:
    """A break of `days` idle days; `weeks` from the first run after it until the old pace was back, None for not within half a year."""

    first: date
    back: date
    days: int
    before_mps: float
    weeks: int | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paces:
    """Days and speeds of all runs in the band, in order of time; each question asks a few of them."""

    days: Sequence[int]
    mps: Column

    def between(self, first: int, last: int) -> float | None:
        """Median speed of those days, None with fewer than four runs."""
        low, high = bisect_left(self.days, first), bisect_right(self.days, last)
        return median(self.mps[low:high].tolist()) if high - low >= LEAST_RUNS else None


def recall_regains(view: ProgressView) -> Finding:
    """The earlier breaks that tell how long it takes, and where the present return stands."""
    if view.sport is not Sport.RUN or view.band is None or not view.band.fixed:
        return NOTHING
    days, mps = band_columns(view.flat_log, view.band.low_bpm, view.band.high_bpm)
    paces = Paces(days=days.tolist(), mps=mps)
    found = _regains(view, paces)
    past = [r for r in found if (view.day - r.back).days >= 7 * MOST_WEEKS or r.weeks is not None]
    present = next((r for r in found[-1:] if (view.day - r.back).days < 7 * PRESENT_WEEKS), None)
    settled = [r for r in past if r is not present]
    if len(settled) < LEAST_BREAKS:
        return NOTHING
    facts = _past_facts(view, settled)
    return Finding(facts=(*_present_facts(view, present, paces), *facts) if present is not None else facts)


def _regains(view: ProgressView, paces: Paces) -> list[Regain]:
    active = view.season.days.active_days()
    gaps = np.diff(active) - 1
    found = []
    for i in np.flatnonzero(gaps >= BREAK_DAYS):
        stop, back = int(active[i]), int(active[i + 1])
        before = paces.between(stop - BEFORE_DAYS + 1, stop)
        if before is not None:
            weeks = _weeks_until(paces, before, back, view.day.toordinal())
            found.append(
                Regain(first=date.fromordinal(stop + 1), back=date.fromordinal(back), days=int(gaps[i]), before_mps=before, weeks=weeks)
            )
    return found


def _weeks_until(paces: Paces, before_mps: float, back: int, today: int) -> int | None:
    """The first week at whose end the median of four weeks, all after the break, is within three seconds a kilometre of the old one."""
    for week in range(1, MOST_WEEKS + 1):
        end = back + 7 * week - 1
        if end > today:
            return None
        now = paces.between(max(back, end - AROUND_DAYS + 1), end)
        if now is not None and 1 / now <= 1 / before_mps + SAME_PACE_S_PER_M:
            return week
    return None


def _past_facts(view: ProgressView, settled: list[Regain]) -> tuple[Fact, ...]:
    n = len(settled)
    middle = float(np.median([MOST_WEEKS + 1 if r.weeks is None else r.weeks for r in settled]))
    window = Window(first=settled[0].first, last=settled[-1].back)
    when = tuple(month_and_year(r.first) for r in settled[-SHOWN:])
    facts = [
        view.fact(
            "regain.breaks",
            f"earlier breaks of {BREAK_DAYS} days or more with a pace in the band before",
            n,
            Dimension.COUNT,
            noun="break",
            n=n,
            window=window,
        ),
        view.fact("regain.when", "when the last of them began", when, Dimension.LIST, n=n, window=window),
    ]
    if middle <= MOST_WEEKS:
        typical, confidence = round(middle), Confidence.MEDIUM
        facts.append(
            view.fact(
                "regain.weeks",
                "median of the weeks from the first run back to the old pace",
                typical,
                Dimension.COUNT,
                noun="week",
                n=n,
                window=window,
                confidence=confidence,
                against="the pace in the band in the eight weeks before each break",
            )
        )
    return tuple(facts)


def _present_facts(view: ProgressView, now: Regain, paces: Paces) -> tuple[Fact, ...]:
    """The break that the present weeks come back from."""
    week = (view.day - now.back).days // 7 + 1
    window = Window(first=now.back, last=view.day)
    facts = [
        view.fact(
            "regain.break_days", "days without a run", now.days, Dimension.COUNT, noun="day", window=Window(first=now.first, last=now.back)
        ),
        view.fact("regain.week_now", "weeks since the first run back", week, Dimension.COUNT, noun="week", window=window),
        view.fact(
            "regain.pace_before", "median pace in the band in the eight weeks before the break", now.before_mps, Dimension.PACE,
            window=window,
        ),
    ]  # fmt: skip
    today = view.day.toordinal()
    pace = paces.between(max(now.back.toordinal(), today - AROUND_DAYS + 1), today)
    if pace is None:
        return tuple(facts)
    change = shown_pace_change(pace, now.before_mps, view.sport, view.units)
    direction = 0 if abs(change) <= SAME_PACE_S_PER_M else sign(change)
    four = view.season.last(min(AROUND_DAYS, (view.day - now.back).days + 1))
    return (
        *facts,
        view.fact(
            "regain.pace_now", "median pace there in the weeks since, four at most", pace, Dimension.PACE,
            window=four, against="the eight weeks before the break",
        ),
        view.fact(
            "regain.gap", "that against the pace before the break", change, Dimension.PACE_CHANGE, window=four,
            against="the eight weeks before the break", direction=direction, polarity=-direction, confidence=Confidence.MEDIUM,
        ),
    )  # fmt: skip
