"""Which stretches of work belong to one set: like each other in effort, and in length or in the recoveries between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LEAST_REPETITIONS = 3
LIKE_EFFORT = 0.1
"""House rule: repetitions of one set lie within a tenth of each other in speed or power; surges by feel do not."""
LIKE_LENGTH, LIKE_LENGTH_S = 0.22, 8.0
"""House rule: a rider's eight minutes are 7:30 or 8:20 on the road; of half a minute, eight seconds are the resolution."""
EVEN_LENGTH, EVEN_RECOVERY = 0.1, 0.2
"""Variation at most, standard deviation over mean: something that repeats by accident does not repeat like this."""
LEAST_OF_UNEQUAL = 5
"""A pyramid shows itself by its recoveries, and it takes this many of them not to be chance."""
LEAST_OF_PLANNED = 4
EVEN_STEPS, MIRRORED, IN_PROPORTION = 0.15, 0.12, 0.2
"""House rule: lengths that climb or fall by even steps, or mirror each other, are a plan; a longer one then earns a longer recovery."""
LIKE_EFFORT_PLANNED = 0.13
"""And a shorter one is run faster: the 400 m at the end of a ladder some 10 % faster than the middle of it."""
CLEARLY_MORE = 1.5
MOST_STRANGERS = 0.2
LONGEST_RECOVERY, LONGEST_RECOVERY_S = 2.0, 480.0
"""House rule: beyond twice the work, and eight minutes between two series, it is not a recovery but another part of the day."""
LONGEST_WORK_S = 25 * 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Work from `start_s` to `end_s` of elapsed time at a mean `effort` in m/s or W."""

    start_s: float
    end_s: float
    effort: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


def largest_set(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The most stretches of these, in order, that one plan explains; empty where there are fewer than three of them."""
    short = [s for s in stretches if s.length_s <= LONGEST_WORK_S]
    alike = max((_like(short, reference) for reference in short), key=len, default=())
    unequal = _unequal(short)
    return unequal if len(unequal) > CLEARLY_MORE * len(alike) else alike


def _like(stretches: Sequence[Stretch], reference: Stretch) -> tuple[Stretch, ...]:
    room = max(LIKE_LENGTH * reference.length_s, LIKE_LENGTH_S)
    members = [s for s in stretches if abs(s.length_s - reference.length_s) <= room and _same_effort(s, reference.effort)]
    return next((part for part in _coherent(members, stretches) if _repeats(part)), ())


def _unequal(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """A pyramid or a ladder: unlike in length, alike in effort, and planned by its lengths or told by its recoveries."""
    if len(stretches) < LEAST_OF_PLANNED:
        return ()
    middle = float(np.median([s.effort for s in stretches]))
    ladders = _coherent([s for s in stretches if _same_effort(s, middle, LIKE_EFFORT_PLANNED)], stretches)
    even = _coherent([s for s in stretches if _same_effort(s, middle)], stretches)
    told = (row for row in even if len(row) >= LEAST_OF_UNEQUAL and spread(recoveries(row)) <= EVEN_RECOVERY)
    return max((*told, *(row for row in ladders if _planned(row))), key=len, default=())


def _planned(row: Sequence[Stretch]) -> bool:
    """Lengths of a ladder or a pyramid, and recoveries that are even or go with the work before them."""
    lengths, rests = np.array([s.length_s for s in row]), np.array(recoveries(row))
    if len(row) < LEAST_OF_PLANNED or min(spread(rests), spread(rests / lengths[:-1])) > IN_PROPORTION:
        return False
    steps = np.diff(lengths)
    climbs = bool(np.all(steps * steps[0] > 0)) and spread(np.abs(steps)) <= EVEN_STEPS
    mirrored = len(row) >= LEAST_OF_UNEQUAL and bool(np.all(np.abs(lengths - lengths[::-1]) <= MIRRORED * lengths.max()))
    return climbs or mirrored


def spread(values: Sequence[float] | NDArray[np.float64]) -> float:
    """Standard deviation over mean."""
    return float(np.std(values) / np.mean(values))


def _same_effort(stretch: Stretch, effort: float, room: float = LIKE_EFFORT) -> bool:
    return abs(stretch.effort - effort) <= room * effort


def _coherent(members: Sequence[Stretch], stretches: Sequence[Stretch]) -> list[tuple[Stretch, ...]]:
    """Members without a long break between them, the longest row first; rows with many strangers among them are left out."""
    rows: list[list[Stretch]] = []
    for member in members:
        if rows and member.start_s - rows[-1][-1].end_s <= max(LONGEST_RECOVERY * member.length_s, LONGEST_RECOVERY_S):
            rows[-1].append(member)
        else:
            rows.append([member])
    kept = [row for row in rows if len(row) >= LEAST_REPETITIONS and _strangers(row, stretches) <= MOST_STRANGERS * len(row)]
    return [tuple(row) for row in sorted(kept, key=len, reverse=True)]


def _strangers(row: Sequence[Stretch], stretches: Sequence[Stretch]) -> int:
    return sum(row[0].start_s <= s.start_s <= row[-1].start_s for s in stretches) - len(row)


def _repeats(row: Sequence[Stretch]) -> bool:
    """Even in length or in recovery; of no more than three, in both."""
    even_length = _variation([s.length_s for s in row]) <= EVEN_LENGTH
    even_recovery = _variation(recoveries(row)) <= EVEN_RECOVERY
    return (even_length and even_recovery) if len(row) == LEAST_REPETITIONS else (even_length or even_recovery)


def recoveries(row: Sequence[Stretch]) -> list[float]:
    """Seconds from each to the next."""
    return [after.start_s - before.end_s for before, after in pairwise(row)]


def _variation(values: Sequence[float]) -> float:
    """Robust: the middle half of the values over their median, scaled to a standard deviation; with the few all of them count."""
    if len(values) <= LEAST_OF_UNEQUAL:
        return spread(values)
    low, middle, high = np.percentile(values, (25, 50, 75))
    return float((high - low) / 1.35 / middle)
