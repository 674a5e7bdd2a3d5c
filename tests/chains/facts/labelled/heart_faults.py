"""Heart-rate faults as straps and optical sensors make them, put into clean recordings, and honest heart rates that look like one."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from chains.training.activity import Sport
from chains.training.recording import Recording, Samples
from tests.chains.facts.labelled.drawing import Effort, Sketch, draw, followed, wander
from tests.chains.facts.labelled.efforts import FTP_W, Rng, by_distance, by_power, by_time, easy, jog, spin

Spoil = Callable[[Recording, Rng], Recording]


def _rate(recording: Recording) -> Samples:
    assert recording.series.heart_rate is not None
    return recording.series.heart_rate.copy()


def _with(recording: Recording, rate: Samples) -> Recording:
    kept = np.where(np.isfinite(_rate(recording)), rate, np.nan)
    return replace(recording, series=replace(recording.series, heart_rate=np.asarray(np.round(kept), dtype=np.float64)))


def _somewhere(recording: Recording, seconds: int, rng: Rng, after_s: int = 240) -> slice:
    start = int(rng.integers(after_s, len(recording.series) - seconds - 60))
    return slice(start, start + seconds)


def spike_optical_lockup(recording: Recording, rng: Rng) -> Recording:
    """One to three times up to about 200 within 5 s, held for 40 to 90 s, and down again as fast."""
    rate = _rate(recording)
    for _ in range(int(rng.integers(1, 4))):
        part = _somewhere(recording, int(rng.integers(40, 90)), rng)
        length = part.stop - part.start
        ramp = np.minimum(np.minimum(np.arange(length), np.arange(length)[::-1]) / 5, 1.0)
        rate[part] += ramp * (rng.uniform(196, 208) + wander(length, 1.5, 0.8, rng) - rate[part])
    return _with(recording, rate)


def spike_dry_strap(recording: Recording, rng: Rng) -> Recording:
    """Dry electrodes: 205 to 230 in the first one to four minutes, then suddenly right."""
    rate, until = _rate(recording), int(rng.integers(60, 240))
    rate[5:until] = rng.uniform(205, 228) + wander(until - 5, 5.0, 0.85, rng)
    return _with(recording, rate)


def spike_static_bursts(recording: Recording, rng: Rng) -> Recording:
    """A dry shirt on a windy day: three to nine bursts of 4 to 15 s at 205 to 240, jittering."""
    rate = _rate(recording)
    for _ in range(int(rng.integers(3, 10))):
        part = _somewhere(recording, int(rng.integers(4, 16)), rng, 60)
        rate[part] = rng.uniform(205, 240) + rng.normal(0, 6, part.stop - part.start)
    return _with(recording, rate)


def spike_plus_forty(recording: Recording, rng: Rng) -> Recording:
    """Four to eight short peaks about 40 above what was there, up and down within two seconds."""
    rate = _rate(recording)
    for _ in range(int(rng.integers(4, 9))):
        part = _somewhere(recording, int(rng.integers(6, 25)), rng)
        rate[part] += rng.uniform(36, 50)
    return _with(recording, rate)


def spike_step(recording: Recording, rng: Rng) -> Recording:
    """Two to four minutes 45 to 60 above, in and out within a second."""
    rate = _rate(recording)
    part = _somewhere(recording, int(rng.integers(120, 240)), rng)
    rate[part] += rng.uniform(45, 60) + wander(part.stop - part.start, 2.0, 0.9, rng)
    return _with(recording, rate)


def spike_drops(recording: Recording, rng: Rng) -> Recording:
    """A loose strap: four to eight times 32 to 60 bpm for 5 to 40 s in full run."""
    rate = _rate(recording)
    for _ in range(int(rng.integers(4, 9))):
        part = _somewhere(recording, int(rng.integers(5, 40)), rng)
        rate[part] = rng.uniform(32, 60) + rng.normal(0, 2, part.stop - part.start)
    return _with(recording, rate)


def spike_doubled(recording: Recording, rng: Rng) -> Recording:
    """Each beat counted twice for half a minute to two."""
    rate, part = _rate(recording), _somewhere(recording, int(rng.integers(30, 120)), rng, 30)
    rate[part] = np.minimum(rate[part] * 1.85, 250)
    return _with(recording, rate)


def frozen_once(recording: Recording, rng: Rng) -> Recording:
    """The last value for 6 to 18 minutes."""
    rate, part = _rate(recording), _somewhere(recording, int(rng.integers(360, 1080)), rng)
    rate[part] = np.round(np.nanmean(rate[max(part.start - 20, 0) : part.start]))
    return _with(recording, rate)


def frozen_twice(recording: Recording, rng: Rng) -> Recording:
    """Two stretches of 5 to 8 minutes."""
    return frozen_short(frozen_short(recording, rng), rng)


def frozen_short(recording: Recording, rng: Rng) -> Recording:
    rate, part = _rate(recording), _somewhere(recording, int(rng.integers(310, 480)), rng)
    rate[part] = rate[part.start]
    return _with(recording, rate)


def frozen_to_the_end(recording: Recording, rng: Rng) -> Recording:
    """The strap slipped: the last value until the watch was stopped."""
    rate, start = _rate(recording), int(len(recording.series) * rng.uniform(0.5, 0.75))
    rate[start:] = rate[start]
    return _with(recording, rate)


def lock_whole(recording: Recording, rng: Rng) -> Recording:
    """The steps from the second minute to the end."""
    return _locked(recording, slice(70, None), rng)


def lock_late(recording: Recording, rng: Rng) -> Recording:
    return _locked(recording, slice(int(len(recording.series) * rng.uniform(0.3, 0.6)), None), rng)


def lock_early(recording: Recording, rng: Rng) -> Recording:
    return _locked(recording, slice(40, int(rng.integers(500, 960))), rng)


def lock_middle(recording: Recording, rng: Rng) -> Recording:
    return _locked(recording, _somewhere(recording, int(rng.integers(540, 900)), rng), rng)


def _locked(recording: Recording, part: slice, rng: Rng) -> Recording:
    rate, steps = _rate(recording), recording.series.cadence
    assert steps is not None
    seen = steps[part]
    lagged = followed(np.where(np.isfinite(seen) & (seen > 100), seen, np.nanmedian(steps)), 6.0)
    rate[part] = lagged + wander(len(lagged), 1.3, 0.8, rng)
    return _with(recording, rate)


def as_recorded(recording: Recording, rng: Rng) -> Recording:
    """Nothing was done to it."""
    return recording


SPOILS: Mapping[str, tuple[str, bool, Spoil]] = {
    **{
        f.__name__: ("spiking_heart_rate", True, f)
        for f in (spike_optical_lockup, spike_dry_strap, spike_static_bursts, spike_plus_forty, spike_step, spike_drops, spike_doubled)
    },
    **{f.__name__: ("frozen_heart_rate", True, f) for f in (frozen_once, frozen_twice, frozen_to_the_end)},
    **{f.__name__: ("cadence_lock", True, f) for f in (lock_whole, lock_late, lock_early, lock_middle)},
}


def _quick(sketch: Sketch, rng: Rng, constant_s: float, low: float, high: float, at_speed: float) -> Recording:
    """The heart of someone whose rate follows effort within `constant_s`, `high` at `at_speed`."""
    recording = draw(sketch, rng)
    effort = recording.series.power_w if recording.series.power_w is not None else recording.series.speed_mps
    assert effort is not None
    load = np.nan_to_num(effort)
    if recording.series.altitude_m is not None and recording.series.power_w is None:
        climb = np.gradient(followed(np.nan_to_num(recording.series.altitude_m, nan=40.0), 8.0))
        load = load + 4.2 * np.clip(climb, -0.25, 1.0)
    wanted = low + (high - low) * np.minimum(load / at_speed, 1.04)
    rate = np.round(followed(wanted, constant_s, low + 10) + wander(len(wanted), 1.0, 0.92, rng))
    shown = np.where(np.isfinite(_rate(recording)), rate, np.nan)
    return replace(recording, series=replace(recording.series, heart_rate=shown))


def true_sprint(rng: Rng) -> Recording:
    """A last 200 m with all there is: 30 bpm in half a minute, and down at a walk."""
    efforts = (easy(38, rng, 3.0), Effort(seconds=32, speed_mps=6.6), Effort(seconds=240, speed_mps=1.3))
    return _quick(Sketch(efforts=efforts), rng, 18.0, 70, 178, 4.6)


def true_hill_repeats(rng: Rng) -> Recording:
    up = [Effort(seconds=70, speed_mps=3.5, grade=0.09) for _ in range(10)]
    work = [e for one in up for e in (one, Effort(seconds=110, speed_mps=1.7, grade=-0.085))]
    return _quick(Sketch(efforts=(easy(14, rng), *work, easy(8, rng))), rng, 16.0, 65, 188, 5.0)


def true_cold_start(rng: Rng) -> Recording:
    """Out of the door at full pace: from 62 to 150 in a minute."""
    return _quick(Sketch(efforts=(Effort(seconds=25, speed_mps=0.4), *(easy(8, rng, 3.1) for _ in range(5)))), rng, 15.0, 58, 172, 4.2)


def true_max_test(rng: Rng) -> Recording:
    """A young runner's ramp to exhaustion: up a step a minute to 202, then standing."""
    steps = tuple(Effort(seconds=60, speed_mps=2.6 + 0.22 * step) for step in range(13))
    return _quick(Sketch(efforts=(easy(10, rng, 2.5), *steps, Effort(seconds=300, speed_mps=0.0)), indoor=True), rng, 20.0, 75, 202, 5.2)


def true_stop_and_go(rng: Rng) -> Recording:
    """City: every stop 25 to 40 bpm down, every start up again."""
    efforts: list[Effort] = []
    for _ in range(14):
        efforts += [Effort(seconds=int(rng.integers(90, 240)), speed_mps=3.3), Effort(seconds=int(rng.integers(30, 90)), speed_mps=0.0)]
    return _quick(Sketch(efforts=tuple(efforts)), rng, 20.0, 88, 165, 3.6)


def true_strides(rng: Rng) -> Recording:
    work = by_distance(10, 100, 6.2, jog(70, 1.6), rng)
    return _quick(Sketch(efforts=(easy(30, rng), *work, easy(5, rng)), gps_lag_s=2), rng, 14.0, 80, 184, 5.6)


def true_15_15(rng: Rng) -> Recording:
    return _quick(Sketch(efforts=(easy(12, rng), *by_time(20, 15, 5.6, jog(15, 1.8), rng), easy(8, rng))), rng, 12.0, 80, 190, 4.6)


def true_high_race(rng: Rng) -> Recording:
    """A nineteen-year-old over 5 km: 198 on average from the second kilometre, 207 at the line."""
    efforts = tuple(Effort(seconds=round(1000 / v), speed_mps=v) for v in (4.5, 4.4, 4.35, 4.4, 4.7))
    return _quick(Sketch(efforts=efforts, laps="km"), rng, 25.0, 90, 203, 4.5)


def true_after_pauses(rng: Rng) -> Recording:
    """Three long breaks with the timer off: 160 before, 95 after."""
    efforts: list[Effort] = []
    for _ in range(4):
        efforts += [
            Effort(seconds=int(rng.integers(500, 800)), speed_mps=3.4),
            Effort(seconds=int(rng.integers(180, 500)), speed_mps=0, paused=True),
        ]
    return _quick(Sketch(efforts=tuple(efforts)), rng, 24.0, 80, 165, 3.6)


def true_ride_sprints(rng: Rng) -> Recording:
    work = by_power(8, 25, 650, 200, rng, rest_w=100)
    return _quick(Sketch(efforts=(spin(20, rng), *work, spin(10, rng)), sport=Sport.RIDE, threshold=FTP_W), rng, 17.0, 75, 178, 420.0)


def true_belt_even(rng: Rng) -> Recording:
    """A belt at one speed: within two beats for ten minutes, flickering."""
    return _quick(Sketch(efforts=(easy(6, rng, 2.4), easy(42, rng, 3.0)), indoor=True), rng, 40.0, 75, 165, 4.0)


def true_erg(rng: Rng) -> Recording:
    """A smart trainer holds 190 W: heart rate hardly moves."""
    return draw(Sketch(efforts=(spin(8, rng, 140), spin(50, rng, 190)), sport=Sport.RIDE, indoor=True, threshold=FTP_W), rng)


def true_coarse(rng: Rng) -> Recording:
    """An old watch writes a value every 20 to 50 s, held between."""
    recording = draw(Sketch(efforts=tuple(easy(7, rng, 2.9) for _ in range(7))), rng)
    rate, marks = _rate(recording), [0]
    while marks[-1] < len(rate):
        marks.append(marks[-1] + int(rng.integers(20, 50)))
    for start, end in itertools.pairwise(marks):
        rate[start:end] = rate[start]
    return _with(recording, rate)


def true_race_below_steps(rng: Rng) -> Recording:
    """Even at about 172 with 184 steps for three quarters of an hour."""
    return _quick(Sketch(efforts=tuple(Effort(seconds=240, speed_mps=4.15) for _ in range(11)), laps="km"), rng, 30.0, 90, 174, 4.2)


def true_crossing(rng: Rng) -> Recording:
    """Repetitions take the heart through the step rate and back, six times."""
    return _quick(Sketch(efforts=(easy(12, rng), *by_time(6, 180, 4.4, jog(120), rng), easy(8, rng))), rng, 25.0, 80, 192, 4.5)


def true_walk_hills(rng: Rng) -> Recording:
    """Walking: 105 to 140 bpm about 112 steps, with the hills."""
    efforts = tuple(Effort(seconds=int(rng.integers(120, 400)), speed_mps=1.5, grade=float(rng.uniform(-0.06, 0.1))) for _ in range(11))
    return _quick(Sketch(efforts=efforts), rng, 28.0, 92, 155, 2.6)


def true_ride_ninety(rng: Rng) -> Recording:
    """A recovery ride: 95 bpm at 86 turns."""
    return _quick(Sketch(efforts=(spin(45, rng, 95),), sport=Sport.RIDE, threshold=FTP_W), rng, 40.0, 70, 165, 330.0)


HONEST: Mapping[str, tuple[str, Callable[[Rng], Recording]]] = {
    **{
        f.__name__: ("spiking_heart_rate", f)
        for f in (
            true_sprint, true_hill_repeats, true_cold_start, true_max_test, true_stop_and_go, true_strides, true_15_15, true_high_race,
            true_after_pauses, true_ride_sprints,
        )
    },
    **{f.__name__: ("frozen_heart_rate", f) for f in (true_belt_even, true_erg, true_coarse)},
    **{f.__name__: ("cadence_lock", f) for f in (true_race_below_steps, true_crossing, true_walk_hills, true_ride_ninety)},
}  # fmt: skip
