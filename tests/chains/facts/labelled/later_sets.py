"""More sessions that hold a structured set, drawn after the detector had been mended with the first ones in sight."""

from collections.abc import Sequence

from chains.training.activity import Sport
from tests.chains.facts.labelled.drawing import Effort, Sketch
from tests.chains.facts.labelled.efforts import FTP_W, Rng, about, by_distance, by_power, by_time, easy, jog, lasting, spin

REST = Effort(seconds=20, speed_mps=0.0)


def _session(work: Sequence[Effort], count: int, rng: Rng, laps: str = "none", lag_s: int = 1, warm_up_min: float = 13) -> Sketch:
    efforts = (easy(warm_up_min, rng), *work, easy(float(rng.uniform(4, 12)), rng, 2.6))
    return Sketch(efforts=efforts, repetitions=count, laps=laps, gps_lag_s=lag_s, speed_noise=float(rng.uniform(0.08, 0.25)))


def _with_rest(work: Sequence[Effort], rests: Sequence[Effort]) -> tuple[Effort, ...]:
    return tuple(effort for pair in zip(work, rests, strict=True) for effort in pair)


def _ride(work: Sequence[Effort], count: int, rng: Rng, laps: str = "none", indoor: bool = False) -> Sketch:
    efforts = (spin(float(rng.uniform(12, 30)), rng), *work, spin(float(rng.uniform(8, 20)), rng))
    return Sketch(efforts=efforts, repetitions=count, sport=Sport.RIDE, laps=laps, indoor=indoor, threshold=FTP_W)


def later_ladder_time(rng: Rng) -> Sketch:
    """1, 2, 3, 4, 5 minutes, half of each jogged after it."""
    minutes = (1, 2, 3, 4, 5)
    work = [Effort(seconds=60 * m, speed_mps=about(4.5 - 0.07 * m, rng, 0.015)) for m in minutes]
    return _session(_with_rest(work, [jog(30 * m + 15) for m in minutes]), 5, rng)


def later_ladder_down_track(rng: Rng) -> Sketch:
    """1600, 1200, 800, 400 m, faster as they shorten, laps pressed."""
    work = [Effort(seconds=round(m / v), speed_mps=v) for m, v in ((1600, 4.1), (1200, 4.25), (800, 4.45), (400, 4.8))]
    return _session(_with_rest(work, [jog(120, 2.0)] * 4), 4, rng, laps="manual", lag_s=3)


def later_pyramid_track(rng: Rng) -> Sketch:
    """200, 400, 800, 400, 200 m with the distance run jogged in between."""
    metres = (200, 400, 800, 400, 200)
    speeds = [about(4.9 - m / 1500, rng, 0.015) for m in metres]
    work = [Effort(seconds=round(m / v), speed_mps=v) for m, v in zip(metres, speeds, strict=True)]
    return _session(_with_rest(work, [jog(round(m / 2.6)) for m in metres]), 5, rng, lag_s=2)


def later_30_30(rng: Rng) -> Sketch:
    """Billat: two times ten of 30 s hard and 30 s jogged, three minutes between."""
    block = by_time(10, 30, 4.85, jog(30, 2.5), rng)
    return _session((*block, jog(180), *by_time(10, 30, 4.85, jog(30, 2.5), rng)), 20, rng, laps="km", lag_s=3)


def later_15_15(rng: Rng) -> Sketch:
    """24 times 15 s and 15 s, alternating as the watch beeps."""
    return _session(by_time(24, 15, 5.2, jog(15, 2.6), rng), 24, rng, lag_s=2)


def later_hills_short(rng: Rng) -> Sketch:
    """Ten times 40 s up a tenth, walked down."""
    up = [Effort(seconds=lasting(40, rng, 0.04), speed_mps=about(3.6, rng, 0.02), grade=0.1) for _ in range(10)]
    return _session(_with_rest(up, [Effort(seconds=85, speed_mps=1.6, grade=-0.105)] * 10), 10, rng)


def later_hills_long(rng: Rng) -> Sketch:
    """Five times three minutes up six in a hundred, jogged down the same way."""
    up = [Effort(seconds=lasting(180, rng, 0.03), speed_mps=about(3.2, rng, 0.015), grade=0.06) for _ in range(5)]
    return _session(_with_rest(up, [Effort(seconds=225, speed_mps=2.55, grade=-0.06)] * 5), 5, rng, laps="km")


def later_mona_fartlek(rng: Rng) -> Sketch:
    """Moneghetti: 2 x 90 s, 4 x 60, 4 x 30, 4 x 15, as long a float after each."""
    seconds = [90] * 2 + [60] * 4 + [30] * 4 + [15] * 4
    work = [Effort(seconds=s, speed_mps=about(4.6, rng, 0.02)) for s in seconds]
    return _session(_with_rest(work, [jog(s, 2.9) for s in seconds]), 14, rng)


def later_strides(rng: Rng) -> Sketch:
    """Easy run, at its end eight times 100 m fast and 100 m jogged."""
    return _session(by_distance(8, 100, 5.6, jog(50, 2.2), rng), 8, rng, warm_up_min=38)


def later_cruise_short_rest(rng: Rng) -> Sketch:
    """Six times a mile at threshold, a minute of jogging: the rest is short and the pace close."""
    return _session(by_distance(6, 1609, 3.9, jog(60, 2.3), rng), 6, rng, laps="km")


def later_3x3000m(rng: Rng) -> Sketch:
    return _session(by_distance(3, 3000, 3.95, jog(180, 2.3), rng), 3, rng, laps="km", lag_s=2)


def later_1000m_walked(rng: Rng) -> Sketch:
    """Four kilometres hard, two minutes walked after each."""
    return _session(by_distance(4, 1000, 4.4, Effort(seconds=120, speed_mps=1.4), rng), 4, rng, laps="manual")


def later_standing_track(rng: Rng) -> Sketch:
    """Twelve 400s, standing for a minute with the watch running."""
    return _session(by_distance(12, 400, 4.75, Effort(seconds=60, speed_mps=0.2), rng), 12, rng, lag_s=4)


def later_long_run_blocks(rng: Rng) -> Sketch:
    """Long run with three times 15 minutes at marathon pace, five easy between."""
    work = by_time(3, 900, 3.55, jog(300, 2.75), rng)
    return _session(work, 3, rng, laps="km", warm_up_min=30)


def later_beginner_run_walk(rng: Rng) -> Sketch:
    """Week one of a beginner's plan: eight times a minute of running, 90 s of walking, by the watch."""
    walk = Effort(seconds=90, speed_mps=1.5)
    work = by_time(8, 60, 2.5, walk, rng)
    return Sketch(efforts=(Effort(seconds=300, speed_mps=1.5), *work, Effort(seconds=300, speed_mps=1.5)), repetitions=8, threshold=2.9)


def later_treadmill_1min(rng: Rng) -> Sketch:
    """Ten minutes on and off on the belt: 10 x 60 s."""
    work = by_time(10, 60, 4.7, jog(60, 2.2), rng)
    return Sketch(efforts=(easy(10, rng), *work, easy(5, rng)), repetitions=10, indoor=True)


def later_slow_runner(rng: Rng) -> Sketch:
    """Six times two minutes of a runner whose fast is another's easy."""
    work = by_time(6, 120, 3.05, jog(120, 1.9), rng)
    return Sketch(efforts=(easy(10, rng, 2.2), *work, easy(6, rng, 2.1)), repetitions=6, laps="km", threshold=2.95, gps_lag_s=2)


def later_broken_off(rng: Rng) -> Sketch:
    """Eight were planned, five done, then walked home."""
    work = by_distance(5, 600, 4.6, jog(100), rng)
    return Sketch(efforts=(easy(12, rng), *work, Effort(seconds=900, speed_mps=1.5)), repetitions=5, speed_noise=0.2)


def later_ride_over_unders(rng: Rng) -> Sketch:
    """Three blocks of four times two minutes at 95 % and one at 107 %, five minutes easy between."""
    block = [Effort(seconds=s, speed_mps=9.6, power_w=about(w, rng, 0.015)) for _ in range(4) for s, w in ((120, 247), (60, 278))]
    easy_spin = Effort(seconds=300, speed_mps=7.0, power_w=115)
    return _ride((*block, easy_spin, *block, easy_spin, *block), 3, rng)


def later_ride_30_15(rng: Rng) -> Sketch:
    """Ronnestad: three times thirteen of 30 s and 15 s."""
    blocks = [(*by_power(13, 30, 345, 15, rng, rest_w=170), spin(3, rng, 110)) for _ in range(3)]
    return _ride([effort for block in blocks for effort in block], 39, rng, indoor=True)


def later_ride_hill_repeats(rng: Rng) -> Sketch:
    """Five times up the same five minutes, coasting back down."""
    up = [Effort(seconds=lasting(300, rng, 0.03), speed_mps=4.6, grade=0.065, power_w=about(290, rng, 0.02)) for _ in range(5)]
    return _ride(_with_rest(up, [Effort(seconds=130, speed_mps=10.6, grade=-0.065, power_w=0.0)] * 5), 5, rng)


def later_ride_sprints(rng: Rng) -> Sketch:
    """Eight sprints of 20 s, four minutes easy after each."""
    return _ride(by_power(8, 20, 620, 240, rng, rest_w=140), 8, rng)


def later_ride_2x20_third(rng: Rng) -> Sketch:
    """Three times 20 minutes just below threshold, outside, five easy."""
    return _ride(by_power(3, 1200, 236, 300, rng, rest_w=130), 3, rng, laps="manual")


def later_swim_8x50(rng: Rng) -> Sketch:
    work = by_distance(8, 50, 1.35, REST, rng)
    return Sketch(
        efforts=(easy(8, rng, 0.95), REST, *work, easy(5, rng, 0.9)),
        repetitions=8,
        sport=Sport.SWIM,
        laps="manual",
        indoor=True,
        threshold=1.25,
    )


def later_swim_5x200(rng: Rng) -> Sketch:
    rest = Effort(seconds=30, speed_mps=0.0)
    work = by_distance(5, 200, 1.15, rest, rng)
    return Sketch(
        efforts=(easy(6, rng, 0.95), rest, *work, easy(4, rng, 0.9)),
        repetitions=5,
        sport=Sport.SWIM,
        laps="manual",
        indoor=True,
        threshold=1.25,
    )


def later_swim_ladder(rng: Rng) -> Sketch:
    """50, 100, 150, 200, 150, 100, 50 m, a quarter of a minute at the wall."""
    work = [Effort(seconds=round(m / 1.18), speed_mps=about(1.18, rng, 0.02)) for m in (50, 100, 150, 200, 150, 100, 50)]
    rests = [Effort(seconds=15, speed_mps=0.0)] * 7
    sketch = (easy(7, rng, 0.95), REST, *_with_rest(work, rests), easy(4, rng, 0.9))
    return Sketch(efforts=sketch, repetitions=7, sport=Sport.SWIM, laps="manual", indoor=True, threshold=1.25)


LATER_SETS = {
    shape.__name__: shape
    for shape in (
        later_ladder_time, later_ladder_down_track, later_pyramid_track, later_30_30, later_15_15, later_hills_short, later_hills_long,
        later_mona_fartlek, later_strides, later_cruise_short_rest, later_3x3000m, later_1000m_walked, later_standing_track,
        later_long_run_blocks, later_beginner_run_walk, later_treadmill_1min, later_slow_runner, later_broken_off, later_ride_over_unders,
        later_ride_30_15, later_ride_hill_repeats, later_ride_sprints, later_ride_2x20_third, later_swim_8x50, later_swim_5x200,
        later_swim_ladder,
    )
}  # fmt: skip
