"""Precedents over the complete history, by volume: when the level stood here, the load rose this fast or the balance was this low."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chains.facts.fact import Dimension, Fact, Rank
from chains.facts.finding import NOTHING, Finding
from chains.facts.load.series import LoadSeries
from chains.facts.load.trend import RAMP_DAYS, held_break
from chains.facts.load.view import LoadView
from chains.facts.week.baseline import BREAK_DAYS
from chains.facts.wording import month_and_year
from chains.training.history import Column
from chains.training.log import Marks

HERE, GONE = 0.9, 0.7
"""House rule: a level is reached at nine tenths of today's and left at seven tenths: one light week ends nothing."""
LEAST_SPELL_DAYS = 21
FOLLOWED_DAYS = 56
APART_DAYS = 56
"""Days of one kind that lie closer together than this are one episode."""
STEEP, LOW = 0.2, -0.25
"""House rule: below these a rise or a hard week is too common to be remembered."""
AS_MUCH = 0.9
LEAST_TIMES = 2
SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """`start` and `end` are indices into the series; `broke` says whether a break of ten days followed within eight weeks of its end."""

    start: int
    end: int
    broke: bool


def recall_level(view: LoadView) -> Finding:
    """Earlier spells at this level: how many, how long they held, how many ended in a break; and how far this one has come."""
    volume = view.volume
    if volume is None or not volume.settled or volume.ctl[-1] <= 0:
        return NOTHING
    spells = [s for s in spells_at(volume, float(volume.ctl[-1])) if s.end - s.start >= LEAST_SPELL_DAYS]
    if not spells or spells[-1].end != len(volume.ctl):
        return NOTHING
    current, earlier = spells[-1], spells[:-1]
    weeks = max((current.end - current.start) // 7, 1)
    lengths = [(s.end - s.start) // 7 for s in earlier]
    fact, n = view.season.fact, len(earlier)
    place = 1 + sum(length >= weeks for length in lengths)
    held = fact(
        "history.level_held",
        "weeks above seven tenths of this level so far",
        weeks,
        Dimension.COUNT,
        noun="week",
        n=weeks,
        window=view.season.last(7 * weeks),
        rank=Rank(place=place, of=n + 1),
    )
    floor = view.amount(volume, "history.level_floor", "seven tenths of this level, a week", GONE * 7 * float(volume.ctl[-1]), weeks)
    if n < LEAST_TIMES:
        return Finding(facts=(held, floor))
    return Finding(facts=(*_spell_facts(view, volume, earlier, lengths), held, floor))


def _spell_facts(view: LoadView, volume: LoadSeries, earlier: Sequence[Episode], lengths: Sequence[int]) -> tuple[Fact, ...]:
    n, window, fact = len(earlier), view.season.last(len(volume.ctl)), view.season.fact
    months = tuple(month_and_year(volume.day(s.start)) for s in earlier[-SHOWN:])
    broke = sum(s.broke for s in earlier)
    usual = round(float(np.median(lengths)))
    return (
        fact(
            "history.level_times",
            "earlier spells at this level",
            n,
            Dimension.COUNT,
            noun="time",
            n=n,
            window=window,
            against="own history",
        ),
        fact("history.level_when", "when the last of them began", months, Dimension.LIST, n=n, window=window),
        fact(
            "history.level_weeks",
            "weeks that they lasted, median",
            usual,
            Dimension.COUNT,
            noun="week",
            n=n,
            window=window,
            against="own history",
        ),
        fact("history.level_longest", "weeks that the longest lasted", max(lengths), Dimension.COUNT, noun="week", n=n, window=window),
        fact(
            "history.level_broke",
            f"of them ended in a break of {BREAK_DAYS} days",
            broke,
            Dimension.COUNT,
            n=n,
            window=window,
            against="own history",
        ),
    )


def spells_at(volume: LoadSeries, level: float) -> list[Episode]:
    """Stretches that begin at nine tenths of the level and end below seven tenths of it."""
    levels = volume.ctl[volume.settled_from :]
    reached = levels >= HERE * level
    clear = np.flatnonzero(reached | (levels < GONE * level))
    turns = np.flatnonzero(np.diff(reached[clear], prepend=False))
    still_there = np.full(len(turns) % 2, len(levels))
    edges = np.concatenate((clear[turns], still_there)) + volume.settled_from
    starts, ends = edges[::2], edges[1::2]
    broke = held_break(volume.daily, np.maximum(ends - RAMP_DAYS, 0), ends + BREAK_DAYS)  # the level falls slowly: some weeks into a break
    return [Episode(start=a, end=b, broke=off) for a, b, off in zip(starts.tolist(), ends.tolist(), broke.tolist(), strict=True)]


def recall_steepness(view: LoadView) -> Finding:
    """Earlier rises this steep to a level like this, and what followed."""
    volume, ramp = view.volume, _growth(view.volume)
    if volume is None or ramp is None or ramp[-1] < STEEP:
        return NOTHING
    steep = (ramp >= AS_MUCH * ramp[-1]) & (volume.ctl >= GONE * volume.ctl[-1])
    return _recalled(view, volume, "steep", "rises of the level as steep as this", steep)


def recall_low(view: LoadView) -> Finding:
    """Earlier days with a balance this low at a level like this, what followed, and how long it took to get level again."""
    volume = view.volume
    if volume is None or not volume.settled or view.series is None or not view.series.settled:
        return NOTHING
    balance = volume.balance
    if balance[-1] > LOW or view.series.balance[-1] > LOW:
        return NOTHING
    low = (balance <= AS_MUCH * balance[-1]) & (volume.ctl >= GONE * volume.ctl[-1])
    found = _recalled(view, volume, "low", "times with the balance as low as this", low)
    if not found.facts:
        return found
    back = _days_back(balance, _episodes(low, volume.settled_from))
    if len(back) < LEAST_TIMES:
        return found
    label = "days until the balance was level again, median"
    usual = round(float(np.median(back)))
    return Finding(
        facts=(
            *found.facts,
            view.season.fact("history.low_days", label, usual, Dimension.COUNT, noun="day", n=len(back), against="own history"),
        )
    )


def _recalled(view: LoadView, volume: LoadSeries, name: str, label: str, marks: Marks) -> Finding:
    starts = _episodes(marks, volume.settled_from)
    starts = starts[starts + FOLLOWED_DAYS < len(volume.daily)]
    if len(starts) < LEAST_TIMES:
        return NOTHING
    n, window, fact = len(starts), view.season.last(len(volume.daily)), view.season.fact
    held = int((~held_break(volume.daily, starts, starts + FOLLOWED_DAYS)).sum())
    months = _months(volume, starts)
    followed = f"of them were followed by eight weeks without a break of {BREAK_DAYS} days"
    return Finding(
        facts=(
            fact(f"history.{name}_times", label, n, Dimension.COUNT, noun="time", n=n, window=window, against="own history"),
            fact("history.followed", "weeks looked at after each", FOLLOWED_DAYS // 7, Dimension.COUNT, noun="week", n=n, window=window),
            fact(f"history.{name}_when", "the last of them", months, Dimension.LIST, n=n, window=window),
            fact(f"history.{name}_held", followed, held, Dimension.COUNT, n=n, window=window, against="own history"),
        )
    )


def _months(volume: LoadSeries, starts: NDArray[np.intp]) -> tuple[str, ...]:
    """All of a few; of many the last, named as such."""
    named = tuple(month_and_year(volume.day(i)) for i in starts[-SHOWN:].tolist())
    return named if len(starts) <= SHOWN else (f"most recently {named[-1]}",)


def _growth(volume: LoadSeries | None) -> Column | None:
    """Growth of the level over four weeks on each day; zero where it was not settled, or rose out of next to nothing."""
    if volume is None or len(volume.ctl) - 1 - RAMP_DAYS < volume.settled_from:
        return None
    then = np.concatenate((np.zeros(RAMP_DAYS), volume.ctl[:-RAMP_DAYS]))
    usable = (then > 0) & (then >= GONE / 2 * volume.usual) & (np.arange(len(then)) >= volume.settled_from + RAMP_DAYS)
    return np.divide(volume.ctl, then, out=np.ones_like(then), where=usable) - 1


def _episodes(marks: Marks, start: int) -> NDArray[np.intp]:
    """First days of the stretches that lie at least eight weeks apart; the one that reaches today is none."""
    days = np.flatnonzero(marks)
    days = days[days >= start]
    return days[np.diff(days, prepend=-APART_DAYS - 1) > APART_DAYS]


def _days_back(balance: Column, starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """From each start to the first day that is level again, left out where none is yet."""
    level = np.flatnonzero(balance >= 0)
    at = np.searchsorted(level, starts)
    found = at < len(level)
    return np.asarray(level[at[found]] - starts[found])
