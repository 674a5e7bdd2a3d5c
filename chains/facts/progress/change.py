"""The change over twelve weeks: weekly points, a robust slope through them, and the range in which it lies."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Unpack

import numpy as np

from chains.facts import quantities as q
from chains.facts.fact import Confidence, Dimension
from chains.facts.finding import Evidence, Finding, sign, withheld
from chains.facts.progress.view import TREND_WEEKS, Point, ProgressView
from chains.metrics.robust import theil_sen

LEAST_WEEKS = 6
"""Points below which the interval reaches to the outermost pairs: six weeks of the twelve, or what a newcomer has."""
SAME_SHARE = 0.02
"""House rule: two in a hundred are what a watch repeats to."""
WIDEST_PACE_S_PER_M, WIDEST_SHARE, WIDEST_VOLUME = 0.06, 0.2, 0.6
"""House rule: a range of a minute a kilometre, of a fifth of the heartbeats or of three fifths of the volume says nothing."""
HALF_SECOND_PER_KM, HALF_PERCENT = 0.0005, 0.005
"""What is printed as nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From the first to the last of `weeks` weekly points: the change, its 95 % interval, and the level in the middle."""

    value: float
    low: float
    high: float
    level: float
    weeks: int
    n: int
    unseen: float = HALF_SECOND_PER_KM

    @property
    def share(self) -> "Change":
        """The same as parts of the level."""
        return Change(
            value=self.value / self.level,
            low=self.low / self.level,
            high=self.high / self.level,
            level=1.0,
            weeks=self.weeks,
            n=self.n,
            unseen=HALF_PERCENT,
        )

    @property
    def width(self) -> float:
        return self.high - self.low

    def direction(self, same: float) -> int:
        """0 where the interval reaches what is no change, or where the change is too small to be one."""
        return sign(self.value) if self.clear and abs(self.value) > same else 0

    @property
    def clear(self) -> bool:
        """Whether even the near end of the interval would be printed as a change."""
        return self.low > self.unseen or self.high < -self.unseen


def change_over(view: ProgressView, values: Iterable[tuple[date, float]]) -> Change | None:
    """None with fewer than six weeks that hold a value."""
    by_week: defaultdict[int, list[float]] = defaultdict(list)
    for day, value in values:
        by_week[view.week_of(day)].append(value)
    weeks = sorted(week for week in by_week if week > -TREND_WEEKS)
    if len(weeks) < LEAST_WEEKS:
        return None
    points = np.array([median(by_week[week]) for week in weeks])
    slope = theil_sen(np.array(weeks, dtype=np.float64), points)
    if slope is None:
        return None
    span, n = weeks[-1] - weeks[0], sum(len(by_week[week]) for week in weeks)
    level = float(np.median(points))
    return Change(value=slope.value * span, low=slope.low * span, high=slope.high * span, level=level, weeks=span + 1, n=n)


def of_one_device(points: Iterable[Point]) -> tuple[Point, ...]:
    """A change of device cuts a trend: only what the latest device recorded since it took over."""
    kept: list[Point] = []
    for point in sorted(points, key=lambda p: p.day, reverse=True):
        if kept and point.device != kept[0].device:
            break
        kept.append(point)
    return tuple(reversed(kept))


def told(
    view: ProgressView, name: str, label: str, change: Change, dimension: Dimension, same: float, **evidence: Unpack[Evidence]
) -> Finding:
    """`progress.<name>_trend` with its range in words and its weeks; `evidence` may set the polarity of a rise."""
    direction = change.direction(same)
    better = evidence.get("polarity") or 0
    known: Evidence = {"window": view.window, "n": change.n, "confidence": Confidence.MEDIUM}
    known.update(evidence)
    judged: Evidence = {
        "against": f"no change; 95 % interval {_signed_range(view, change, dimension)} (Theil-Sen over {change.weeks} weeks)",
        "direction": direction,
        "polarity": better * direction,
    }
    known.update(judged)
    window, n, words = view.window, change.n, _range(view, change, dimension)
    facts = (
        view.fact(f"progress.{name}_trend", label, change.value, dimension, **known),
        view.fact(
            f"progress.{name}_range",
            "where it lies, nineteen times in twenty",
            words,
            Dimension.TEXT,
            window=window,
            n=n,
            against="no change",
        ),
        view.fact(
            f"progress.{name}_weeks", "weeks from first to last point", change.weeks, Dimension.COUNT, noun="week", window=window, n=n
        ),
    )
    return Finding(facts=facts)


def too_wide(view: ProgressView, name: str, change: Change, dimension: Dimension, remedy: str) -> Finding:
    fits = _range(view, change, dimension)
    return withheld(f"progress.{name}_trend", f"the weeks scatter too much to tell ({fits} would fit); {remedy}")


def too_few(view: ProgressView, name: str, what: str) -> Finding:
    return withheld(f"progress.{name}_trend", f"{what}; a trend needs them in at least {LEAST_WEEKS} of the last {TREND_WEEKS} weeks")


def _range(view: ProgressView, change: Change, dimension: Dimension) -> str:
    """'4 to 12 s/km', '29 s/km to 1:12 /km', or, where it holds no change, '3 s/km faster to 9 s/km slower'."""
    ends = sorted((change.low, change.high), key=abs)
    if change.clear:
        near, far = (_size(view, end, dimension) for end in ends)
        size, unit = near.split(" ", 1)
        return f"{size} to {far}" if far.endswith(f" {unit}") else f"{near} to {far}"
    down, up = ("faster", "slower") if dimension is Dimension.PACE_CHANGE else ("less", "more")
    return f"{_size(view, change.low, dimension)} {down} to {_size(view, change.high, dimension)} {up}"


def _signed_range(view: ProgressView, change: Change, dimension: Dimension) -> str:
    if dimension is Dimension.PACE_CHANGE:
        return f"{q.pace_change(change.low, view.sport, view.units)} to {q.pace_change(change.high, view.sport, view.units)}"
    return f"{q.signed_percent(change.low)} to {q.signed_percent(change.high)}"


def _size(view: ProgressView, value: float, dimension: Dimension) -> str:
    return q.pace_gap(value, view.sport, view.units) if dimension is Dimension.PACE_CHANGE else q.percent(abs(value))
