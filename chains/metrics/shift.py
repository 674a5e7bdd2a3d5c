"""How far two groups of numbers lie apart, with an interval: what a few odd runs cannot bend."""

from dataclasses import dataclass

import numpy as np

from chains.metrics.robust import NORMAL_95, Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Hodges-Lehmann estimate of a shift and its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def shift(these: Numbers, those: Numbers) -> Shift:
    """By how much `these` lie above `those`: the median of all differences (Hodges and Lehmann 1963, Ann Math Stat 34:598).

    The interval takes the order statistics that the Mann-Whitney test allows, in its normal approximation (Hollander and Wolfe 1999,
    Nonparametric Statistical Methods, 4.3). Below four numbers a side it would reach beyond the outermost differences.
    """
    differences = np.sort(np.subtract.outer(these, those), axis=None)
    n, m = len(these), len(those)
    rank = round(n * m / 2 - NORMAL_95 * float(np.sqrt(n * m * (n + m + 1) / 12)))
    at = max(rank - 1, 0)
    return Shift(value=float(np.median(differences)), low=float(differences[at]), high=float(differences[-1 - at]))
