"""Daily totals of one sport and year as one block of numbers, and a whole `History` from such blocks."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from chains.training.activity import Sport
from chains.training.history import Column, DayColumns, History

COLUMNS = ("count", "distance_m", "moving_s", "longest_m", "hand_entered_m")
DAYS = 366

Block = NDArray[np.float64]
"""One row per column of `COLUMNS`, one value per day of the year."""


def empty_block() -> Block:
    return np.zeros((len(COLUMNS), DAYS))


def day_of_year(day: date) -> int:
    """From 0."""
    return day.timetuple().tm_yday - 1


def pack(block: Block) -> bytes:
    """14,640 bytes; most of them nought, which the database compresses."""
    return block.astype("<f8").tobytes()


def unpack(packed: bytes) -> Block:
    return np.frombuffer(packed, dtype="<f8").reshape(len(COLUMNS), DAYS)


def history_from(blocks: Mapping[tuple[Sport, int], Block], until: date) -> History:
    """Totals of all days up to `until`, each sport from its first day to its last."""
    sports = dict.fromkeys(sport for sport, _ in blocks)
    by_sport = {sport: _days({year: block for (s, year), block in blocks.items() if s is sport}, until) for sport in sports}
    return History(by_sport={sport: days for sport, days in by_sport.items() if days is not None})


def _days(years: Mapping[int, Block], until: date) -> DayColumns | None:
    first = date(min(years), 1, 1)
    length = max((until - first).days + 1, 0)
    joined = np.zeros((len(COLUMNS), (date(max(years) + 1, 1, 1) - first).days))
    for year, block in years.items():
        start, days = (date(year, 1, 1) - first).days, day_of_year(date(year, 12, 31)) + 1
        joined[:, start : start + days] = block[:, :days]
    active = np.flatnonzero(joined[0, :length])
    if not len(active):
        return None
    return _columns(first + timedelta(days=int(active[0])), joined[:, active[0] : active[-1] + 1])


def followed_by(earlier: History, later: History) -> History:
    """Both in one; no day of one may occur in the other."""
    sports = (*earlier.by_sport, *(sport for sport in later.by_sport if sport not in earlier.by_sport))
    return History(by_sport={sport: _joined([h.by_sport[sport] for h in (earlier, later) if sport in h.by_sport]) for sport in sports})


def _joined(parts: list[DayColumns]) -> DayColumns:
    if len(parts) == 1:
        return parts[0]
    first, last = min(p.first_day for p in parts), max(p.last_day for p in parts)
    padded = [p.between(first, last) for p in parts]
    return _columns(first, sum((np.stack(_rows(p)) for p in padded), start=np.zeros((len(COLUMNS), (last - first).days + 1))))


def _rows(days: DayColumns) -> tuple[Column, ...]:
    return tuple(getattr(days, name) for name in COLUMNS)


def _columns(first_day: date, rows: Block) -> DayColumns:
    count, distance_m, moving_s, longest_m, hand_entered_m = rows
    return DayColumns(
        first_day=first_day, count=count, distance_m=distance_m, moving_s=moving_s, longest_m=longest_m, hand_entered_m=hand_entered_m
    )
