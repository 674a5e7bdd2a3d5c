"""Interval sessions found in a recording: the repetitions of the set, from laps that somebody cut or from the series itself."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chains.metrics.grade import adjusted_steps
from chains.metrics.laps import work_laps
from chains.metrics.likeness_of_work import LEAST_REPETITIONS, Stretch, largest_set, recoveries
from chains.metrics.samples import filled, mean_where, smoothed
from chains.metrics.set_ends import with_ends_cut
from chains.training.activity import Lap, Repetition, Sport
from chains.training.recording import Recording, Samples, Series

LEVELS = 9
"""Thresholds that are tried between the slow and the fast end of a session."""


class Scale(NamedTuple):
    """Seconds of smoothing, of a dip that is none, and of the shortest work: from 15 s on and off to miles on a noisy road."""

    window_s: int
    dip_s: int
    shortest_s: int


SPRINT = Scale(5, 3, 12)
SCALES = (SPRINT, Scale(11, 6, 20), Scale(21, 12, 45), Scale(31, 20, 100))
MOST_WORK = 60
CONTRAST = {Sport.RUN: 1.15, Sport.SWIM: 1.15, Sport.RIDE: 1.3}
"""House rule: recoveries are easier by this much; the speed of an easy run wanders by less, power on the road by nearly so much."""
ABOVE_EASY = {Sport.RUN: 1.1, Sport.SWIM: 1.05, Sport.RIDE: 1.15}
"""And the work is harder than what surrounds the set: traffic lights cut an easy run into like pieces, not into hard ones."""
LEAST_AROUND_S = 240
LEAST_EXPLAINED = 0.72
"""House rule: work and recovery as two levels explain this much of the variance of the smoothed effort; of mere noise they explain 64 %."""
CLEARLY_APART, LEAST_APART, LEAST_EXPLAINED_APART = 1.2, 5, 0.55
"""House rule: five like stretches a fifth further above their recoveries than they need to be are a set, though a stop or a hole in the
reception lies between them."""
PARTS = 4
"""Noise shorter than a quarter of a repetition, and of a recovery, hides no set."""
LEAST_WORK_S, LEAST_WORK_SHARE = 180, 0.06
"""House rule: less than this is no set that the session was about."""
LEAST_ON_CLOCK, OFF_BEAT, ON_CLOCK_SHARE = 10, 0.1, 0.85
"""House rule: ten starts of which six in seven keep to a beat within a tenth; by chance one in five does."""
ABOVE_GRADE = 1.06
"""Fast by grade-adjusted speed too: otherwise the set is nothing but the hills of the course."""
SAME_FOOT = 0.3
LONGEST_HILL_S = 480
"""House rule: repeats of one hill start at one height, within this share of their rise, and last eight minutes at most."""
STILL_SHARE = 0.35
"""House rule: slower than this share of the work is standing, or turning the cranks with no weight on them."""
LEAST_COVERAGE = 0.8
SHORTEST_S = 600

Marks = NDArray[np.bool_]


def repetitions(recording: Recording) -> tuple[Repetition, ...]:
    """The repetitions in order; empty where there is no set of three."""
    series, sport = recording.series, recording.sport
    if sport not in CONTRAST:
        return ()
    by_laps = work_laps(recording.laps)
    if by_laps:
        return tuple(_repetition(series, lap.start_s, lap.start_s + lap.elapsed_s, lap) for lap in by_laps)
    found = _from_series(recording) if len(series) >= SHORTEST_S else ()
    return tuple(_repetition(series, s.start_s, s.end_s) for s in found)


def _from_series(recording: Recording) -> tuple[Stretch, ...]:
    effort = _effort(recording)
    found = () if effort is None else _most(effort, recording)
    altitude = recording.series.altitude_m
    adjusted = adjusted_steps(recording.series) if recording.sport is Sport.RUN and altitude is not None else None
    if adjusted is None or altitude is None:
        return found
    if found:
        work, recovery = _work_and_recovery(found, adjusted)
        return found if work >= ABOVE_GRADE * recovery else ()
    uphill = _most(adjusted, recording)
    return uphill if uphill and _one_hill(uphill, altitude) else ()


def _most(effort: Samples, recording: Recording) -> tuple[Stretch, ...]:
    return max((_best_of_levels(effort, recording, scale) for scale in SCALES), key=len)


def _effort(recording: Recording) -> Samples | None:
    """What was put out at each second: measured watts on the bike, speed elsewhere."""
    series = recording.series
    if recording.sport is Sport.RIDE:
        measured = recording.device_power and series.power_w is not None and _covered(series.power_w, series)
        return np.nan_to_num(series.power_w) if measured and series.power_w is not None else None
    distance = None if series.distance_m is None else filled(series.distance_m)
    return None if distance is None else np.diff(distance, prepend=distance[0])


def _one_hill(found: Sequence[Stretch], altitude_m: Samples) -> bool:
    """Short, and up from one foot: what is longer, or starts elsewhere each time, is the course."""
    altitude = filled(altitude_m)
    if altitude is None or max(s.length_s for s in found) > LONGEST_HILL_S:
        return False
    foot = np.array([altitude[int(s.start_s)] for s in found])
    rise = np.array([altitude[int(s.end_s) - 1] for s in found]) - foot
    return bool(rise.min() > 0 and np.ptp(foot) <= SAME_FOOT * rise.mean())


def _covered(channel: Samples, series: Series) -> bool:
    return bool(np.isfinite(channel[series.moving]).mean() >= LEAST_COVERAGE) if series.moving.any() else False


def _best_of_levels(effort: Samples, recording: Recording, scale: Scale) -> tuple[Stretch, ...]:
    """The set that two levels of effort explain best, weighed by the work in it that easy running would not have done."""
    even = smoothed(effort, scale.window_s)
    going = even[recording.series.moving]
    if len(going) < SHORTEST_S / 2:
        return ()
    low, high = np.percentile(going, (3, 97))
    rough = (_set_at(float(level), effort, even, scale) for level in np.linspace(low, high, LEVELS + 2)[1:-1])
    cut_again = {again for found in rough if found for again in _cut_again(found, effort, even, recording, scale)}
    kept = [found for found in cut_again if found and _is_work(found, effort, scale, recording)]
    return max(kept, key=lambda found: _explained(found, effort, scale) * _above_easy(found, effort, recording), default=())


def _cut_again(
    found: tuple[Stretch, ...], effort: Samples, even: Samples, recording: Recording, scale: Scale
) -> Iterator[tuple[Stretch, ...]]:
    """Cut once more half way down to easy running, and to recovery: there smoothing moves no border, and a dip within the work is none."""
    work, recovery = _work_and_recovery(found, effort)
    easy = _easy(found, work, recovery, effort, recording)
    for lower in {min(max(recovery, easy), work), min(recovery, work)}:
        yield _set_at((work + lower) / 2, effort, even, scale)


def _easy(found: Sequence[Stretch], work: float, recovery: float, effort: Samples, recording: Recording) -> float:
    """Effort around the set; its recoveries' where there is too little."""
    around = _around(found, work, effort, recording)
    return float(effort[around].mean()) if around.sum() >= LEAST_AROUND_S else recovery


def _above_easy(found: Sequence[Stretch], effort: Samples, recording: Recording) -> float:
    """Metres or joules of work beyond easy: a stretch of easy running taken for a repetition adds none."""
    work, recovery = _work_and_recovery(found, effort)
    return (work - _easy(found, work, recovery, effort, recording)) * sum(s.length_s for s in found)


def _around(found: Sequence[Stretch], work: float, effort: Samples, recording: Recording) -> Marks:
    """Seconds on the move outside the set."""
    return recording.series.moving & ~_marked([_whole(found)], len(effort)) & (effort > STILL_SHARE * work)


def _set_at(level: float, effort: Samples, even: Samples, scale: Scale) -> tuple[Stretch, ...]:
    runs = [(first, end) for first, end in _runs(even >= level, scale.dip_s) if end - first >= scale.shortest_s]
    if not LEAST_REPETITIONS <= len(runs) <= MOST_WORK:
        return ()
    stretches = [Stretch(start_s=float(a), end_s=float(b), effort=float(effort[a:b].mean())) for a, b in runs]
    return largest_set(with_ends_cut(stretches, effort))


def _runs(marks: Marks, dip_s: int) -> list[tuple[int, int]]:
    """First and end of each row of marked seconds; a dip of up to `dip_s` is bridged."""
    borders = np.flatnonzero(np.diff(np.concatenate(([False], marks, [False])).astype(np.int8)))
    runs: list[tuple[int, int]] = []
    for first, end in zip(borders[::2].tolist(), borders[1::2].tolist(), strict=True):
        if runs and first - runs[-1][1] <= dip_s:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((first, end))
    return runs


def _work_and_recovery(found: Sequence[Stretch], effort: Samples) -> tuple[float, float]:
    working = _marked(found, len(effort))
    between = ~working
    between[: int(found[0].start_s)] = False
    between[int(found[-1].end_s) :] = False
    return float(effort[working].mean()), float(effort[between].mean())


def _marked(found: Sequence[Stretch], length: int) -> Marks:
    working = np.zeros(length, dtype=np.bool_)
    for one in found:
        working[int(one.start_s) : int(one.end_s)] = True
    return working


def _is_work(found: Sequence[Stretch], effort: Samples, scale: Scale, recording: Recording) -> bool:
    """Harder than the recoveries, and than what lies around; where nothing does, the recoveries are on the move or the longer part."""
    work, recovery = _work_and_recovery(found, effort)
    total = sum(s.length_s for s in found)
    if work < CONTRAST[recording.sport] * recovery or total < max(LEAST_WORK_S, LEAST_WORK_SHARE * recording.series.moving.sum()):
        return False
    if not _has_two_levels(found, effort, scale, recording):
        return False
    around = _around(found, work, effort, recording)
    if around.sum() < LEAST_AROUND_S:
        return recovery >= STILL_SHARE * work or _whole(found).length_s >= 2 * total
    return work >= ABOVE_EASY[recording.sport] * float(effort[around].mean())


def _has_two_levels(found: Sequence[Stretch], effort: Samples, scale: Scale, recording: Recording) -> bool:
    """Work and recovery stand out of the noise, or keep time; sprints do both."""
    explained, on_clock = _explained(found, effort, scale), _by_the_clock(found, recording.series)
    if scale is SPRINT:
        return on_clock and explained >= LEAST_EXPLAINED_APART
    work, recovery = _work_and_recovery(found, effort)
    apart = len(found) >= LEAST_APART and work >= CLEARLY_APART * CONTRAST[recording.sport] * recovery
    return on_clock or explained >= (LEAST_EXPLAINED_APART if apart else LEAST_EXPLAINED)


def _explained(found: Sequence[Stretch], effort: Samples, scale: Scale) -> float:
    """Share of the variance within the set that two levels explain; shorter noise than a part of a repetition aside."""
    inside = slice(int(found[0].start_s), int(found[-1].end_s))
    part_s = int(min(np.median([s.length_s for s in found]), np.median(recoveries(found)))) // PARTS
    values, working = smoothed(effort, max(scale.window_s, part_s))[inside], _marked(found, len(effort))[inside]
    share = float(working.mean())
    between = share * (1 - share) * float(values[working].mean() - values[~working].mean()) ** 2
    return between / float(values.var())


def _by_the_clock(found: Sequence[Stretch], series: Series) -> bool:
    """Starts that keep to one beat of moving time, a missing one aside: hills may blur the levels, they do not keep time."""
    if len(found) < LEAST_ON_CLOCK:
        return False
    started = np.cumsum(series.moving)[[int(s.start_s) for s in found]]
    gaps = np.diff(started)
    beat = float(np.median(gaps))
    off = np.abs(gaps - beat * np.maximum(np.rint(gaps / beat), 1))
    return bool(beat > 0 and np.mean(off <= OFF_BEAT * beat) >= ON_CLOCK_SHARE)


def _whole(found: Sequence[Stretch]) -> Stretch:
    return Stretch(start_s=found[0].start_s, end_s=found[-1].end_s, effort=0.0)


def _repetition(series: Series, start_s: float, end_s: float, lap: Lap | None = None) -> Repetition:
    part = np.zeros(len(series), dtype=np.bool_)
    part[int(start_s) : int(np.ceil(end_s))] = True
    distance = None if series.distance_m is None else filled(series.distance_m)
    first, last = max(int(start_s) - 1, 0), min(int(np.ceil(end_s)), len(series)) - 1
    return Repetition(
        start_s=start_s,
        duration_s=end_s - start_s,
        distance_m=lap.distance_m if lap else 0.0 if distance is None else float(distance[last] - distance[first]),
        mean_hr=mean_where(series.heart_rate, part),
        power_w=mean_where(series.power_w, part),
    )
