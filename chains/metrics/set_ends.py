"""The two ends of a set whose recoveries are slower than easy running: there the first repetition grows out of the warm-up and the last
one into the way home, and only the recoveries between tell how long they were."""

from collections.abc import Sequence

import numpy as np

from chains.metrics.likeness_of_work import EVEN_LENGTH, EVEN_RECOVERY, LIKE_EFFORT, LIKE_LENGTH, LIKE_LENGTH_S, Stretch, recoveries, spread
from chains.training.recording import Samples

LEAST_INNER = 2
"""Two repetitions of one length between three recoveries of one length."""
LEAST_BEYOND_S = 60
NEARER_WORK = 0.5
LEAST_ABOVE = 1.05
"""House rule: an end holds a repetition where it is nearer in effort to the work than to the easy running it grew out of."""


def with_ends_cut(stretches: Sequence[Stretch], effort: Samples) -> tuple[Stretch, ...]:
    """The stretches with a long one before and after a row of like ones cut to their length; left out where it holds no work."""
    first, end = max(_rows(stretches), key=lambda row: row[1] - row[0], default=(0, 0))
    if end == 0:
        return tuple(stretches)
    inner = stretches[first:end]
    length = float(np.median([one.length_s for one in inner]))
    before, after = stretches[first - 1], stretches[end]
    ends = (
        _end(before, before.end_s - length, before.end_s, inner, effort),
        _end(after, after.start_s, after.start_s + length, inner, effort),
    )
    cut = [*stretches[: first - 1], ends[0], *inner, ends[1], *stretches[end + 1 :]]
    return tuple(one for one in cut if one is not None)


def _rows(stretches: Sequence[Stretch]) -> list[tuple[int, int]]:
    """First and end of rows of like stretches with a neighbour on either side and like recoveries all along."""
    found = []
    for first in range(1, len(stretches) - LEAST_INNER):
        end = first + 1
        while end < len(stretches) - 1 and _alike(stretches[first - 1 : end + 2]):
            end += 1
        if end - first >= LEAST_INNER:
            found.append((first, end))
    return found


def _alike(row: Sequence[Stretch]) -> bool:
    """Those between the first and the last of the row."""
    inner = row[1:-1]
    efforts = [one.effort for one in inner]
    even = spread([one.length_s for one in inner]) <= EVEN_LENGTH and spread(recoveries(row)) <= EVEN_RECOVERY
    return even and max(efforts) <= (1 + LIKE_EFFORT) * min(efforts)


def _end(whole: Stretch, start_s: float, end_s: float, inner: Sequence[Stretch], effort: Samples) -> Stretch | None:
    """The repetition at an end: the whole of a stretch no longer than the others, a part of a long one, or None."""
    length = end_s - start_s
    if whole.length_s <= length + max(LIKE_LENGTH * length, LIKE_LENGTH_S, LEAST_BEYOND_S):
        return whole
    part = effort[int(start_s) : int(end_s)]
    beyond = (float(effort[int(whole.start_s) : int(whole.end_s)].sum()) - float(part.sum())) / (whole.length_s - length)
    held, work = float(part.mean()), float(np.mean([one.effort for one in inner]))
    holds_work = work >= LEAST_ABOVE * beyond and held - beyond >= NEARER_WORK * (work - beyond)
    return Stretch(start_s=start_s, end_s=end_s, effort=held) if holds_work else None
