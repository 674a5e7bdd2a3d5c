"""What a sensor got wrong, seen in the series at measuring time: where it is certain, and never for a value that is merely odd."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from chains.metrics.samples import filled, smoothed
from chains.training.activity import FaultKind, SensorFault, Sport
from chains.training.recording import Samples, Series

LOCK_BPM, LOCK_S, LOCK_WINDOW_S, LOCK_BREAK_S = 3.0, 390, 15, 20
"""House rule: a pulse crosses the step rate within minutes; one that keeps to it for six and a half is counting feet."""
LEAST_STEPS = 140.0
FROZEN_S, FROZEN_HOLDS = 180, 8
"""House rule: in thirty real recordings without the fault the same whole bpm lasted 80 s at most. A watch that writes a value every half
minute holds each that long: frozen is eight times what it usually holds one."""
LEAP_BPM, LEAP_S = 30.0, 5
LEAPT_ABOVE_BPM, AROUND_S = 25.0, 300
"""House rule: a pulse follows effort with a time constant of about half a minute, so thirty beats take longer than five seconds."""
SUDDEN_BPM, SUDDEN_S = 40.0, 10
"""House rule: forty beats in ten seconds, and far above the minutes around, are none of a heart at any height."""
LOST_BPM, LOST_S = 40.0, 60
"""House rule: a heart that stops working takes half a minute for forty beats; a contact that is lost takes a second, and comes back."""
HIGHEST_BPM, PLAUSIBLE_PEAK_BPM = 220.0, 195.0
LEAST_SPIKES_S, MANY_SPIKES_S = 5, 60
"""House rule: a sensor that leapt for a minute in all was seldom right between the leaps either: its mean goes with its peaks."""
FASTEST_MPS = {Sport.RUN: 10.44, Sport.WALK: 10.44, Sport.HIKE: 10.44, Sport.SWIM: 4.0, Sport.RIDE: 32.0}
"""On foot the mean speed of the 100 m world record (9.58 s); in the water nearly twice that of the 50 m; on the road 115 km/h."""
SPEED_WINDOW_S = 5
LEAP_M = {Sport.RUN: 30.0, Sport.WALK: 30.0, Sport.HIKE: 30.0, Sport.SWIM: 8.0, Sport.RIDE: 90.0}
"""Metres from one second to the next, with no gap before: three times what is possible, in the water of the 50 m record's 2.4 m/s."""
DROPOUT_S, DROPOUTS_S = 45, 90
"""House rule: nobody turns the cranks for three quarters of a minute without a watt; one of a minute and a half in all is told."""
SHORT_DROPOUT_S, MANY_DROPOUTS, EITHER_SIDE_S = 10, 6, 5
"""House rule: shorter ones count from six on, each cut out of pushing: nobody drops to nothing and back at full turn that often."""
TURNING_RPM, PUSHED_W = 45.0, 1.0
SPOILT_BPM, SPOILT_SHARE = 2.0, 0.1
"""House rule: a mean that the faulty seconds move by 2 bpm, or of which they are a tenth, is no longer this heart's."""

Marks = NDArray[np.bool_]


def faults(series: Series, sport: Sport) -> tuple[SensorFault, ...]:
    """At most one of each kind."""
    return tuple(_found(series, sport))


def _found(series: Series, sport: Sport) -> Iterator[SensorFault]:
    beats = None if series.heart_rate is None else filled(series.heart_rate)
    if beats is not None:
        for kind, wrong in (
            (FaultKind.CADENCE_LOCK, locked(series, beats) if sport is Sport.RUN else _none(series)),
            (FaultKind.FROZEN_HEART_RATE, frozen(series)),
            (FaultKind.SPIKING_HEART_RATE, spiking(series, beats)),
        ):
            if wrong.any():
                leapt = kind is FaultKind.SPIKING_HEART_RATE and bool(wrong.sum() >= MANY_SPIKES_S)
                yield _fault(kind, wrong, spoils_mean=leapt or _spoils_mean(series, wrong, beats))
    carried = jumping(series, sport)
    if carried.any():
        yield _fault(FaultKind.GPS_JUMP, carried, spoils_mean=_moves_pace(series, carried))
    silent = dropped(series) if sport is Sport.RIDE else _none(series)
    if silent.any():
        yield _fault(FaultKind.POWER_DROPOUT, silent, spoils_mean=True)


def locked(series: Series, beats: Samples) -> Marks:
    """Seconds of a run in which the pulse keeps to the steps."""
    if series.cadence is None:
        return _none(series)
    steps = filled(series.cadence)
    if steps is None:
        return _none(series)
    apart = smoothed(beats - steps, LOCK_WINDOW_S)
    together = (np.abs(apart) <= LOCK_BPM) & (smoothed(steps, LOCK_WINDOW_S) >= LEAST_STEPS)
    return _lasting(_bridged(together, LOCK_BREAK_S), LOCK_S)


def frozen(series: Series) -> Marks:
    """Seconds on the move in which the same whole bpm lasts for minutes."""
    if series.heart_rate is None:
        return _none(series)
    whole = np.rint(series.heart_rate)
    changes = np.flatnonzero(whole[1:] != whole[:-1])
    usual = float(np.median(np.diff(changes))) if len(changes) > 1 else 0.0
    same = np.concatenate(([False], whole[1:] == whole[:-1]))
    return _lasting(same, max(FROZEN_S, round(FROZEN_HOLDS * usual))) & series.moving


def spiking(series: Series, beats: Samples) -> Marks:
    """Seconds above what the heart can have risen to."""
    known = np.isfinite(series.heart_rate) if series.heart_rate is not None else _none(series)
    level = _level(beats)
    high = known & (beats >= np.maximum(level + LEAPT_ABOVE_BPM, PLAUSIBLE_PEAK_BPM))
    leapt = _touched(high, _risen(beats, LEAP_S) >= LEAP_BPM)
    sudden = _touched(known & (beats >= level + LEAPT_ABOVE_BPM), _risen(beats, SUDDEN_S) >= SUDDEN_BPM)
    wrong = leapt | sudden | _lost(known, beats, level) | _touched(known & (beats >= PLAUSIBLE_PEAK_BPM), beats > HIGHEST_BPM)
    return wrong if wrong.sum() >= LEAST_SPIKES_S else _none(series)


def _lost(known: Marks, beats: Samples, level: Samples) -> Marks:
    """Seconds far below the minutes around, fallen to in a moment and left in a moment."""
    low = known & (beats <= level - LOST_BPM)
    fallen = _touched(low, _risen(-beats, LEAP_S) >= LOST_BPM)
    back = _touched(_near(low, LEAP_S), _risen(beats, LEAP_S) >= LOST_BPM)
    return fallen & back & ~_lasting(low, LOST_S)


def jumping(series: Series, sport: Sport) -> Marks:
    """Seconds at a speed that nobody has in this sport; a distance that catches up after a gap is none such."""
    if series.distance_m is None or sport not in FASTEST_MPS or len(series) <= SPEED_WINDOW_S:
        return _none(series)
    steps = np.diff(series.distance_m, prepend=np.nan)
    after_gap = _near(~(np.isfinite(steps) & series.moving), SPEED_WINDOW_S)
    steps = np.where(np.isfinite(steps) & ~after_gap, steps, 0.0)
    return (smoothed(steps, SPEED_WINDOW_S) > FASTEST_MPS[sport]) & (steps > FASTEST_MPS[sport]) | (steps > LEAP_M[sport])


def dropped(series: Series) -> Marks:
    """Seconds on the bike with the cranks turning and no watt, or no value at all."""
    if series.power_w is None or series.cadence is None or not np.isfinite(series.power_w).any():
        return _none(series)
    silent = ~np.isfinite(series.power_w) | (series.power_w < PUSHED_W)
    turning = np.nan_to_num(series.cadence) >= TURNING_RPM
    out = silent & turning & series.moving
    gone = _lasting(out, DROPOUT_S) | _cut_out(_lasting(out, SHORT_DROPOUT_S), series.power_w)
    return gone if gone.sum() >= DROPOUTS_S else _none(series)


def _cut_out(out: Marks, power_w: Samples) -> Marks:
    """The silent rows with pushing right before and right after, where there are many of them."""
    pushed = np.nan_to_num(power_w)
    usual = float(pushed[pushed >= PUSHED_W].mean()) if (pushed >= PUSHED_W).any() else np.inf

    def pushing(start: int, end: int) -> bool:
        return bool(pushed[max(start, 0) : end].max(initial=0.0) >= usual / 2)

    borders = zip(*_borders(out), strict=True)
    rows = [(a, b) for a, b in borders if pushing(a - EITHER_SIDE_S, a) and pushing(b, b + EITHER_SIDE_S)]
    firsts, ends = (np.array([row[side] for row in rows], dtype=np.intp) for side in (0, 1))
    return _rows(firsts, ends, len(out)) if len(rows) >= MANY_DROPOUTS else np.zeros(len(out), dtype=np.bool_)


def _fault(kind: FaultKind, wrong: Marks, *, spoils_mean: bool) -> SensorFault:
    return SensorFault(kind=kind, seconds=float(wrong.sum()), start_s=float(np.argmax(wrong)), spoils_mean=spoils_mean)


def _spoils_mean(series: Series, wrong: Marks, beats: Samples) -> bool:
    going = series.moving
    if not (going & ~wrong).any():
        return True
    moved = abs(float(beats[going].mean()) - float(beats[going & ~wrong].mean()))
    return moved >= SPOILT_BPM or float(wrong[going].mean()) >= SPOILT_SHARE


def _moves_pace(series: Series, carried: Marks) -> bool:
    """More than a hundredth of the distance lies in the jumps."""
    if series.distance_m is None:
        return False
    steps = np.nan_to_num(np.diff(series.distance_m, prepend=series.distance_m[0]))
    return float(steps[carried].sum()) > 0.01 * float(steps.sum())


def _none(series: Series) -> Marks:
    return np.zeros(len(series), dtype=np.bool_)


def _risen(beats: Samples, seconds: int) -> Samples:
    """Beats more than so many seconds before; none before the first."""
    return np.asarray(beats - np.concatenate((np.full(seconds, beats[0]), beats))[: len(beats)], dtype=np.float64)


def _level(beats: Samples) -> Samples:
    """The median of the minutes around each second, taken at every tenth."""
    places = np.arange(0, len(beats), AROUND_S // 10)
    medians = [float(np.median(beats[max(i - AROUND_S, 0) : i + AROUND_S])) for i in places]
    return np.interp(np.arange(len(beats)), places, medians)


def _borders(marks: Marks) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    changes = np.flatnonzero(np.diff(np.concatenate(([False], marks, [False])).astype(np.int8)))
    return changes[::2], changes[1::2]


def _lasting(marks: Marks, seconds: int) -> Marks:
    """Only the rows of that many marks or more."""
    firsts, ends = _borders(marks)
    return _rows(firsts[ends - firsts >= seconds], ends[ends - firsts >= seconds], len(marks))


def _bridged(marks: Marks, seconds: int) -> Marks:
    return ~_lasting(~marks, seconds + 1)


def _touched(marks: Marks, hits: Marks) -> Marks:
    """Only the rows of marks with a hit in them."""
    firsts, ends = _borders(marks)
    hit = np.concatenate(([0], np.cumsum(hits)))
    kept = hit[ends] > hit[firsts]
    return _rows(firsts[kept], ends[kept], len(marks))


def _near(marks: Marks, seconds: int) -> Marks:
    return smoothed(marks.astype(np.float64), 2 * seconds + 1) > 1e-9


def _rows(firsts: NDArray[np.intp], ends: NDArray[np.intp], length: int) -> Marks:
    edges = np.zeros(length + 1, dtype=np.int64)
    np.add.at(edges, firsts, 1)
    np.add.at(edges, ends, -1)
    return np.cumsum(edges[:-1]) > 0
