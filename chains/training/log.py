"""The training log: one row per activity of the complete history, small enough to be read at once.

Questions about fifteen years ask the columns; those about some sessions take the activities behind the rows, which have all but
their words and their detail.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from chains.training.activity import DISTANCES_M, POWER_DURATIONS_S, Activity, SeriesName, Sport
from chains.training.history import Column, DayColumns, History
from chains.training.rows import (
    COLUMNS,
    EPOCH,
    FIRST_BPM,
    LAST_BPM,
    NONE,
    SPORTS,
    Flag,
    activity_of,
    excluded_bit,
    heart_rate_times,
    heart_row,
    metrics_of,
    milliseconds,
    powers_row,
    row_of,
    stretches_row,
)

Marks = NDArray[np.bool_]
Number = TypeVar("Number", np.uint16, np.float32)
Rows = NDArray[np.intp]
Make = Callable[[str], NDArray[Any]]
_DAY_MS = 86_400_000
HEART_WIDTH, STRETCHES_WIDTH, POWERS_WIDTH = LAST_BPM - FIRST_BPM + 1, len(DISTANCES_M), len(POWER_DURATIONS_S)


class Columns(Mapping[str, NDArray[Any]]):
    """`COLUMNS`, each made when it is first asked for: of all thirty a question needs five."""

    def __init__(self, make: Make, near: Callable[[Rows], tuple[Make, Rows]] | None = None) -> None:
        self._make, self._near = make, near
        self._made: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COLUMNS)

    def __len__(self) -> int:
        return len(COLUMNS)

    def near(self, at: Rows) -> tuple["Columns", Rows]:
        """Shorter columns that hold those rows, and where they are in them: of some sessions all is asked, of years little."""
        if self._near is None or not len(at):
            return self, at
        make, rows = self._near(at)
        return Columns(make), rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingLog:
    """The rows `at` of `columns`, in order of start; selections share columns and matrices, so that making one costs next to nothing.

    `hearts` holds moving seconds per bpm from `FIRST_BPM` on (k, 200); `stretches` the fastest elapsed seconds over `DISTANCES_M`
    (k, 13) and `powers` the highest mean W over `POWER_DURATIONS_S` (k, 10), NaN where a session does not reach. The columns
    `heart`, `stretches` and `powers` count into them.
    """

    columns: Mapping[str, NDArray[Any]]
    at: Rows
    hearts: NDArray[np.uint16]
    stretches: NDArray[np.float32]
    powers: NDArray[np.float32]
    devices: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.at)

    def field(self, name: str) -> NDArray[Any]:
        """One of `COLUMNS` as it is kept."""
        return self.columns[name][self.at]

    def column(self, name: str) -> Column:
        """One of `COLUMNS` as numbers, NaN where unknown."""
        return np.asarray(self.field(name), dtype=np.float64)

    @property
    def days(self) -> NDArray[np.int64]:
        """Local day of each row, as `date.toordinal` counts."""
        local_ms = self.field("started_ms") + 1000 * self.field("utc_offset_s").astype(np.int64)
        return np.asarray(local_ms // _DAY_MS + EPOCH, dtype=np.int64)

    def flagged(self, flag: Flag) -> Marks:
        return np.asarray(self.field("flags") & flag.value > 0)

    def excluded(self, series: SeriesName) -> Marks:
        """Those that the athlete excluded that series of."""
        return np.asarray(self.field("flags") & excluded_bit(series) > 0)

    def heart_seconds(self) -> NDArray[np.uint16]:
        """Moving seconds per bpm of each row (n, 200), all nought where there are none."""
        return _beside(self.hearts, self.field("heart"), 0)

    def fastest_s(self, distance_m: float) -> Column:
        """Fastest elapsed seconds of each row over one of `DISTANCES_M`, NaN where it does not reach."""
        return _beside(self.stretches, self.field("stretches"), np.nan)[:, DISTANCES_M.index(distance_m)].astype(np.float64)

    def best_power_w(self, duration_s: int) -> Column:
        """Highest mean power of each row over one of `POWER_DURATIONS_S`, NaN where it does not reach."""
        return _beside(self.powers, self.field("powers"), np.nan)[:, POWER_DURATIONS_S.index(duration_s)].astype(np.float64)

    def select(self, marks: Marks) -> "TrainingLog":
        """The marked rows."""
        return replace(self, at=self.at[marks])

    def of(self, sport: Sport) -> "TrainingLog":
        return self.select(np.asarray(self.field("sport") == SPORTS.index(sport)))

    def before(self, instant: datetime) -> "TrainingLog":
        """Those that started before that moment."""
        return replace(self, at=self.at[: int(np.searchsorted(self.field("started_ms"), milliseconds(instant)))])

    def until(self, instant: datetime) -> "TrainingLog":
        """Those that started up to that moment."""
        return replace(self, at=self.at[: int(np.searchsorted(self.field("started_ms"), milliseconds(instant), side="right"))])

    def since(self, instant: datetime) -> "TrainingLog":
        """Those that started at that moment or later."""
        return replace(self, at=self.at[int(np.searchsorted(self.field("started_ms"), milliseconds(instant))) :])

    def between(self, first: date, last: date) -> "TrainingLog":
        """Those of the local days `first` to `last`, both included."""
        around = np.array((first.toordinal() - 1, last.toordinal() + 2)) - EPOCH  # no local day begins or ends a day from that of UTC
        start, end = np.searchsorted(self.field("started_ms"), around * _DAY_MS)
        near = replace(self, at=self.at[start:end])
        days = near.days
        return near.select((days >= first.toordinal()) & (days <= last.toordinal()))

    def sports(self) -> tuple[Sport, ...]:
        """Those that were done, in the order of `Sport`."""
        done = np.bincount(self.field("sport"), minlength=len(SPORTS))
        return tuple(sport for sport, n in zip(SPORTS, done, strict=True) if n)

    def activities(self, athlete_id: str) -> tuple[Activity, ...]:
        """The activities behind the rows; some 10 µs each."""
        near, at = self.columns.near(self.at) if isinstance(self.columns, Columns) else (self.columns, self.at)
        columns = [_listed(near[name][at]) for name in COLUMNS]
        rows = (dict(zip(COLUMNS, values, strict=True)) for values in zip(*columns, strict=True))
        hearts = heart_rate_times(_beside(self.hearts, near["heart"][at], 0))
        stretches = _beside(self.stretches, near["stretches"][at], np.nan).tolist()
        powers = _beside(self.powers, near["powers"][at], np.nan).tolist()
        devices = (*self.devices, None)  # NONE takes the last
        return tuple(
            activity_of(row, athlete_id, devices[row["device"]], metrics_of(row, *beside))
            for row, *beside in zip(rows, hearts, stretches, powers, strict=True)
        )

    def history(self) -> History:
        """Daily totals of each sport."""
        return History(by_sport={sport: _day_columns(self.of(sport)) for sport in self.sports()})


def log_of(activities: Iterable[Activity]) -> TrainingLog:
    """The log of these activities: what any stored form of it must equal."""
    done = sorted(activities, key=lambda a: (a.started_at, a.id))
    devices = tuple(sorted({a.device for a in done if a.device}))
    recorded = [(a.id, a.metrics) for a in done if a.metrics]
    hearts = {i: heart_row(m.heart_rate_time) for i, m in recorded if m.heart_rate_time}
    stretches = {i: stretches_row(m.distance_efforts) for i, m in recorded if m.distance_efforts}
    powers = {i: powers_row(m.power_efforts) for i, m in recorded if m.power_efforts}
    heart, stretch, power = (({i: n for n, i in enumerate(kept)}) for kept in (hearts, stretches, powers))
    rows = [
        row_of(
            a,
            device=devices.index(a.device) if a.device else NONE,
            heart=heart.get(a.id, NONE),
            stretches=stretch.get(a.id, NONE),
            powers=power.get(a.id, NONE),
        )
        for a in done
    ]
    fields = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    return TrainingLog(
        columns={name: np.array(values, dtype=kind) for (name, kind), values in zip(COLUMNS.items(), fields, strict=True)},
        at=np.arange(len(rows)),
        hearts=_matrix(list(hearts.values()), HEART_WIDTH, np.uint16),
        stretches=_matrix(list(stretches.values()), STRETCHES_WIDTH, np.float32),
        powers=_matrix(list(powers.values()), POWERS_WIDTH, np.float32),
        devices=devices,
    )


def _listed(values: NDArray[Any]) -> list[Any]:
    """None for what is unknown."""
    listed: list[Any] = values.tolist()
    return [None if value != value else value for value in listed] if values.dtype.kind == "f" else listed


def _beside(matrix: NDArray[Number], index: NDArray[np.int32], unknown: float) -> NDArray[Number]:
    """One row of the matrix for each index."""
    if not len(matrix):
        return np.full((len(index), matrix.shape[1]), unknown, dtype=matrix.dtype)
    rows: NDArray[Number] = matrix[index]  # NONE takes the last row, which is then overwritten
    rows[index == NONE] = unknown
    return rows


def _matrix(rows: Sequence[NDArray[Number]], width: int, dtype: type[Number]) -> NDArray[Number]:
    return np.stack(rows) if rows else np.zeros((0, width), dtype=dtype)


def _day_columns(done: TrainingLog) -> DayColumns:
    days = done.days
    first = int(days.min())
    at, length = days - first, int(days.max()) - first + 1
    by_hand, distance = done.flagged(Flag.HAND_ENTERED), done.column("distance_m")
    longest = np.zeros(length)
    np.maximum.at(longest, at, np.where(by_hand, 0.0, distance))

    def total(values: Column) -> Column:
        return np.bincount(at, weights=values, minlength=length).astype(np.float64, copy=False)

    return DayColumns(
        first_day=date.fromordinal(first),
        count=np.bincount(at, minlength=length).astype(np.float64),
        distance_m=total(distance),
        moving_s=total(done.column("moving_s")),
        longest_m=longest,
        hand_entered_m=total(np.where(by_hand, distance, 0.0)) if by_hand.any() else np.zeros(length),
    )
