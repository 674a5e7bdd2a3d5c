"""Histories for benchmarks: of any length, in order, at a steady rate."""

from datetime import date
from itertools import pairwise

from chains.sample.bulk import PER_DAY, many_activities

LAST = date(2026, 5, 14)


def test_as_many_as_wanted_in_order_and_ending_on_the_day() -> None:
    done = many_activities("a", 1_000, 3, LAST)
    assert len({a.id for a in done}) == 1_000
    assert all(before.started_at < after.started_at for before, after in pairwise(done))
    assert done[-1].local_date == LAST
    assert 0.8 * PER_DAY < 1_000 / (LAST - done[0].local_date).days < 1.25 * PER_DAY


def test_the_same_seed_gives_the_same_history() -> None:
    assert many_activities("a", 50, 3, LAST) == many_activities("a", 50, 3, LAST)
    assert many_activities("a", 50, 3, LAST) != many_activities("a", 50, 4, LAST)
