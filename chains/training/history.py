"""The whole history as daily totals per sport: small enough to read at once, exact enough to rank a week over fifteen years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from chains.training.activity import Sport
from chains.training.profile import Weekday

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DayColumns:
    """Daily totals of one sport; index 0 is `first_day`, equal lengths, 0 where nothing was done."""

    first_day: date
    count: Column
    distance_m: Column
    moving_s: Column
    longest_m: Column
    """Longest recorded session of the day; hand entries do not count."""
    hand_entered_m: Column

    def __len__(self) -> int:
        return len(self.count)

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=len(self) - 1)

    def active_days(self) -> NDArray[np.int64]:
        """Those with a session, as `date.toordinal` counts."""
        return np.asarray(np.flatnonzero(self.count > 0) + self.first_day.toordinal(), dtype=np.int64)

    def between(self, first: date, last: date) -> "DayColumns":
        """The days `first` to `last`, both included, padded with zeros where nothing is known."""
        return DayColumns(
            first_day=first,
            count=self.cut(self.count, first, last),
            distance_m=self.cut(self.distance_m, first, last),
            moving_s=self.cut(self.moving_s, first, last),
            longest_m=self.cut(self.longest_m, first, last),
            hand_entered_m=self.cut(self.hand_entered_m, first, last),
        )

    def cut(self, column: Column, first: date, last: date) -> Column:
        """The same of one of its columns: who asks about every day of a long history seldom needs all five."""
        length, offset = max((last - first).days + 1, 0), (first - self.first_day).days
        if 0 <= offset <= len(column) - length:
            return column[offset : offset + length]
        out = np.zeros(length)
        source = column[max(offset, 0) : max(offset + length, 0)]
        start = max(-offset, 0)
        out[start : start + len(source)] = source
        return out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weeks:
    """Weekly totals of one sport; index 0 is the week that starts on `first_start`."""

    first_start: date
    distance_m: Column
    moving_s: Column
    sessions: Column
    days: Column
    """Days with at least one session."""
    longest_m: Column
    hand_entered_m: Column

    def __len__(self) -> int:
        return len(self.sessions)

    def start_of(self, index: int) -> date:
        return self.first_start + timedelta(days=7 * index)


def week_start_of(day: date, starts_on: Weekday) -> date:
    """First day of the week that holds `day`."""
    shift = day.weekday() if starts_on is Weekday.MONDAY else (day.weekday() + 1) % 7
    return day - timedelta(days=shift)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class History:
    """Daily totals by sport, up to the moment an insight looks from."""

    by_sport: Mapping[Sport, DayColumns]

    def first_day(self) -> date | None:
        return min((days.first_day for days in self.by_sport.values()), default=None)

    def weeks(self, sport: Sport, *, last_day: date, starts_on: Weekday) -> Weeks:
        """All weeks from the sport's first to the one that holds `last_day`; empty for a sport never done."""
        days = self.by_sport.get(sport)
        first = week_start_of(days.first_day if days else last_day + timedelta(days=7), starts_on)
        end = week_start_of(last_day, starts_on) + timedelta(days=6)
        padded = (days or _no_days(first)).between(first, end)

        def by_weekday(column: Column) -> Column:
            return np.ascontiguousarray(column.reshape(-1, 7).T)  # seven long rows are summed faster than many short ones

        return Weeks(
            first_start=first,
            distance_m=by_weekday(padded.distance_m).sum(axis=0),
            moving_s=by_weekday(padded.moving_s).sum(axis=0),
            sessions=by_weekday(padded.count).sum(axis=0),
            days=by_weekday((padded.count > 0).astype(np.float64)).sum(axis=0),
            longest_m=by_weekday(padded.longest_m).max(axis=0, initial=0.0),
            hand_entered_m=by_weekday(padded.hand_entered_m).sum(axis=0),
        )


def _no_days(first: date) -> DayColumns:
    empty = np.zeros(0)
    return DayColumns(first_day=first, count=empty, distance_m=empty, moving_s=empty, longest_m=empty, hand_entered_m=empty)
