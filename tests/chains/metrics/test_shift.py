"""The shift between two groups and its interval."""

import numpy as np
import pytest

from chains.metrics.shift import shift

TREATED = np.array([1.15, 0.88, 0.90, 0.74, 1.21])
UNTREATED = np.array([0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46])


def test_the_example_of_hollander_and_wolfe() -> None:
    """Nonparametric Statistical Methods, example 4.1 (permeability of membranes): estimate -0.305, 95 % interval -0.76 to 0.15.

    The exact interval: the normal approximation, to the nearest rank, takes the same order statistics here.
    """
    found = shift(TREATED, UNTREATED)
    assert found.value == pytest.approx(-0.305, abs=1e-9)
    assert (found.low, found.high) == pytest.approx((-0.76, 0.15), abs=1e-9)
    assert not found.clear


def test_turned_round_it_turns_its_sign() -> None:
    one, other = shift(TREATED, UNTREATED), shift(UNTREATED, TREATED)
    assert (other.value, other.low, other.high) == pytest.approx((-one.value, -one.high, -one.low))


def test_groups_apart_are_clear() -> None:
    assert shift(TREATED + 3, UNTREATED).clear
