"""A first repetition that grows out of the warm-up, a last one that runs into the way home, and ladders."""

import numpy as np

from chains.metrics.likeness_of_work import Stretch, largest_set
from chains.metrics.set_ends import with_ends_cut

EASY, WORK, JOG = 3.0, 4.0, 2.2


def drawn(*parts: tuple[int, float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.concatenate([np.full(seconds, speed) for seconds, speed in parts])


def above_jogging(effort: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[Stretch, ...]:
    """What a cut between jogging and easy running finds."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (effort > 2.6).astype(int), [0]))))
    return tuple(Stretch(start_s=float(a), end_s=float(b), effort=float(effort[a:b].mean())) for a, b in edges.reshape(-1, 2))


def test_the_first_repetition_is_cut_out_of_the_warm_up() -> None:
    work = [(180, WORK), (90, JOG)] * 4
    effort = drawn((600, EASY), *work, (500, EASY))

    cut = largest_set(with_ends_cut(above_jogging(effort), effort))

    assert [(one.start_s, one.length_s) for one in cut] == [(600.0, 180.0), (870.0, 180.0), (1140.0, 180.0), (1410.0, 180.0)]


def test_the_last_repetition_is_cut_out_of_the_way_home() -> None:
    effort = drawn((600, EASY), (90, JOG), *([(180, WORK), (90, JOG)] * 3), (180, WORK), (700, EASY))

    assert [one.end_s for one in with_ends_cut(above_jogging(effort), effort)] == [870.0, 1140.0, 1410.0, 1680.0]


def test_stops_in_an_even_run_leave_it_as_it_is() -> None:
    effort = drawn((300, EASY), (40, JOG), (700, EASY), (90, JOG), (200, EASY), (20, JOG), (900, EASY))

    assert with_ends_cut(above_jogging(effort), effort) == above_jogging(effort)


def ladder(*work: tuple[float, float, float]) -> tuple[Stretch, ...]:
    """Lengths, efforts and the recovery after each."""
    at, found = 0.0, []
    for length, effort, rest in work:
        found.append(Stretch(start_s=at, end_s=at + length, effort=effort))
        at += length + rest
    return tuple(found)


def test_a_ladder_whose_recoveries_go_with_the_work_is_one_set() -> None:
    assert len(largest_set(ladder((60, 4.5, 45), (120, 4.4, 75), (180, 4.3, 105), (240, 4.2, 135), (300, 4.15, 0)))) == 5


def test_surges_of_any_length_are_no_ladder() -> None:
    assert largest_set(ladder((60, 4.5, 45), (200, 4.4, 75), (230, 4.3, 160), (100, 4.2, 135), (300, 4.15, 0))) == ()
