"""Faults of GPS, power, ascent and uploads put into clean recordings, and honest recordings that look like one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import numpy as np

from chains.training.activity import Sport
from chains.training.recording import DeviceTotals, Recording, Samples
from tests.chains.facts.labelled.drawing import Effort, Sketch, draw, wander
from tests.chains.facts.labelled.efforts import FTP_W, Rng, about, by_distance, by_power, easy, jog, spin

Pair = tuple[Recording, ...]
Spoil = Callable[[Recording, Rng], Pair]


def _steps(recording: Recording) -> Samples:
    assert recording.series.distance_m is not None
    return np.diff(np.nan_to_num(recording.series.distance_m), prepend=0.0)


def _moved(recording: Recording, steps: Samples) -> Pair:
    """Distance and speed as the watch derives them from positions."""
    speed = np.where(recording.series.moving, steps, recording.series.speed_mps if recording.series.speed_mps is not None else steps)
    series = replace(recording.series, distance_m=np.cumsum(steps), speed_mps=speed)
    return (replace(recording, series=series, totals=DeviceTotals(distance_m=float(steps.sum()))),)


def _at(recording: Recording, rng: Rng) -> int:
    return int(rng.choice(np.flatnonzero(recording.series.moving[200:-200]) + 200))


def gps_out_and_back(recording: Recording, rng: Rng) -> Pair:
    """Thrown 150 to 500 m away and back again some seconds later."""
    steps = _steps(recording)
    at, leap = _at(recording, rng), float(rng.uniform(150, 500))
    steps[at] += leap
    steps[min(at + int(rng.integers(5, 25)), len(steps) - 1)] += leap
    return _moved(recording, steps)


def gps_late_fix(recording: Recording, rng: Rng) -> Pair:
    """The first position was last week's: one to three kilometres in the second the fix came."""
    steps = _steps(recording)
    steps[int(rng.integers(8, 60))] += rng.uniform(1000, 3000)
    return _moved(recording, steps)


def gps_canyon(recording: Recording, rng: Rng) -> Pair:
    """Between tall houses: eight to fifteen leaps of 30 to 90 m."""
    steps = _steps(recording)
    for _ in range(int(rng.integers(8, 16))):
        steps[_at(recording, rng)] += rng.uniform(30, 90)
    return _moved(recording, steps)


def gps_driven_home(recording: Recording, rng: Rng) -> Pair:
    """The watch ran on in the car: two to five minutes at 40 to 80 km/h at the end."""
    steps = _steps(recording)
    steps[-int(rng.integers(120, 300)) :] = rng.uniform(11, 22)
    return _moved(recording, steps)


def power_short_gaps(recording: Recording, rng: Rng) -> Pair:
    """A weak battery: ten to eighteen times zero for 12 to 40 s with the cranks turning."""
    return _without_power(recording, int(rng.integers(10, 19)), (12, 40), 0.0, rng)


def power_long_zero(recording: Recording, rng: Rng) -> Pair:
    """The meter slept: zero for six to fifteen minutes of pedalling."""
    return _without_power(recording, 1, (360, 900), 0.0, rng)


def power_long_missing(recording: Recording, rng: Rng) -> Pair:
    """Connection lost for four to ten minutes, twice."""
    return _without_power(recording, 2, (240, 600), np.nan, rng)


def _without_power(recording: Recording, times: int, seconds: tuple[int, int], value: float, rng: Rng) -> Pair:
    watts, turns = recording.series.power_w, recording.series.cadence
    assert watts is not None
    assert turns is not None
    watts, turns = watts.copy(), turns.copy()
    for _ in range(times):
        length = int(rng.integers(*seconds))
        start = int(rng.integers(200, len(watts) - length - 100))
        part = slice(start, start + length)
        watts[part] = value
        turns[part] = np.where(turns[part] > 40, turns[part], np.round(85 + rng.normal(0, 3, length)))
    series = replace(recording.series, power_w=watts, cadence=turns)
    return (replace(recording, series=series, totals=DeviceTotals()),)


def ascent_wind(recording: Recording, rng: Rng) -> Pair:
    """Altitude from satellites between houses: it wanders by eight metres a minute on a flat road, and the watch adds all of it up."""
    assert recording.series.altitude_m is not None
    wandering = 40.0 + wander(len(recording.series), 8.0, 0.97, rng)
    climbed = float(np.clip(np.diff(wandering), 0, None).sum())
    series = replace(recording.series, altitude_m=wandering)
    return (replace(recording, series=series, totals=replace(recording.totals, ascent_m=climbed)),)


def double_phone(recording: Recording, rng: Rng) -> Pair:
    """Watch and telephone: up to 50 s apart, distance up to 3 % off."""
    assert recording.series.distance_m is not None
    other = replace(
        recording.series, distance_m=recording.series.distance_m * float(rng.uniform(0.97, 1.03)), cadence=None, heart_rate=None
    )
    late = timedelta(seconds=int(rng.integers(-50, 51)))
    return recording, replace(recording, series=other, format="gpx", started_at=recording.started_at + late, laps=(), totals=DeviceTotals())


def double_same_file(recording: Recording, rng: Rng) -> Pair:
    """The same file once more."""
    return recording, recording


def double_no_distance(recording: Recording, rng: Rng) -> Pair:
    """Head unit and trainer app: one of them without distance."""
    other = replace(recording.series, distance_m=None, speed_mps=None)
    late = timedelta(seconds=int(rng.integers(2, 40)))
    return recording, replace(recording, series=other, started_at=recording.started_at + late, laps=(), totals=DeviceTotals())


TRACK_SPOILS: Mapping[str, tuple[str, Spoil]] = {
    **{f.__name__: ("gps_jump", f) for f in (gps_out_and_back, gps_late_fix, gps_canyon, gps_driven_home)},
    **{f.__name__: ("power_dropout", f) for f in (power_short_gaps, power_long_zero, power_long_missing)},
    "ascent_wind": ("impossible_ascent", ascent_wind),
    **{f.__name__: ("double_upload", f) for f in (double_phone, double_same_file, double_no_distance)},
}


def track_fast_mile(rng: Rng) -> Pair:
    """A mile in 4:05, after a warm-up."""
    return (draw(Sketch(efforts=(easy(15, rng), jog(60), Effort(seconds=245, speed_mps=6.6), easy(8, rng, 2.3))), rng),)


def track_downhill(rng: Rng) -> Pair:
    """Two kilometres down a mountain road at 5.8 m/s."""
    return (draw(Sketch(efforts=(easy(20, rng), Effort(seconds=340, speed_mps=5.8, grade=-0.08), easy(10, rng)), speed_noise=0.35), rng),)


def track_sprints_60m(rng: Rng) -> Pair:
    """Sprinters' work: ten times 60 m at 9 m/s."""
    return (draw(Sketch(efforts=(easy(12, rng), *by_distance(10, 60, 9.0, jog(120, 1.3), rng)), gps_lag_s=2, speed_noise=0.3), rng),)


def track_ride_descent(rng: Rng) -> Pair:
    """86 km/h down a pass."""
    down = Effort(seconds=400, speed_mps=24.0, grade=-0.09, power_w=0.0)
    return (draw(Sketch(efforts=(spin(30, rng), down, spin(15, rng)), sport=Sport.RIDE, threshold=FTP_W), rng),)


def track_poor_reception(rng: Rng) -> Pair:
    """Woods: speed wanders, no leap."""
    return (draw(Sketch(efforts=tuple(easy(7, rng, 2.8) for _ in range(7)), speed_noise=0.55), rng),)


def power_bunch(rng: Rng) -> Pair:
    """In the wheels: freewheeling for 5 to 25 s again and again, the cranks still."""
    efforts: list[Effort] = [spin(10, rng)]
    for _ in range(45):
        efforts.append(Effort(seconds=int(rng.integers(15, 90)), speed_mps=10.3, power_w=about(220, rng, 0.2)))
        efforts.append(Effort(seconds=int(rng.integers(5, 25)), speed_mps=10.0, power_w=0.0))
    return (draw(Sketch(efforts=tuple(efforts), sport=Sport.RIDE, threshold=FTP_W), rng),)


def power_alps(rng: Rng) -> Pair:
    """Twenty minutes of descent without a pedal stroke."""
    up = Effort(seconds=3000, speed_mps=4.0, grade=0.07, power_w=220)
    down = Effort(seconds=1250, speed_mps=10.0, grade=-0.07, power_w=0.0)
    return (draw(Sketch(efforts=(spin(10, rng), up, down, spin(10, rng)), sport=Sport.RIDE, threshold=FTP_W), rng),)


def power_off_the_bike(rng: Rng) -> Pair:
    """Between the blocks off the trainer for a drink."""
    rest = Effort(seconds=120, speed_mps=0.0, power_w=0.0)
    efforts = (spin(12, rng), rest, *by_power(3, 600, 240, 150, rng, rest_w=0.0), rest, spin(6, rng))
    return (draw(Sketch(efforts=efforts, sport=Sport.RIDE, indoor=True, threshold=FTP_W), rng),)


def power_cafe(rng: Rng) -> Pair:
    """Twenty minutes at a table with the timer off."""
    stop = Effort(seconds=1200, speed_mps=0.0, power_w=0.0, paused=True)
    return (draw(Sketch(efforts=(spin(40, rng, 170), stop, spin(45, rng, 165)), sport=Sport.RIDE, threshold=FTP_W), rng),)


def ascent_laps(rng: Rng) -> Pair:
    """Four laps of a hilly loop: 4 times its height."""
    hill = (Effort(seconds=400, speed_mps=2.7, grade=0.04), Effort(seconds=330, speed_mps=3.3, grade=-0.04), jog(200, 2.9))
    return (_summed(draw(Sketch(efforts=hill * 4), rng), 4.0, rng),)


def ascent_mountain(rng: Rng) -> Pair:
    """One mountain, up and down: its height and a little more."""
    efforts = (easy(5, rng), Effort(seconds=4000, speed_mps=1.9, grade=0.12), Effort(seconds=2600, speed_mps=2.9, grade=-0.12))
    return (_summed(draw(Sketch(efforts=efforts), rng), 1.1, rng),)


def ascent_flat(rng: Rng) -> Pair:
    """A canal path: four metres in all."""
    return (_summed(draw(Sketch(efforts=tuple(easy(8, rng) for _ in range(6))), rng), 1.3, rng),)


def _summed(recording: Recording, times: float, rng: Rng) -> Recording:
    altitude = recording.series.altitude_m
    assert altitude is not None
    climbed = float((np.nanmax(altitude) - np.nanmin(altitude)) * about(times, rng))
    return replace(recording, totals=replace(recording.totals, ascent_m=climbed))


def _easy_run(rng: Rng) -> Recording:
    return draw(Sketch(efforts=tuple(easy(7, rng, 2.9) for _ in range(int(rng.integers(4, 8)))), laps="km"), rng)


def pair_split(rng: Rng) -> Pair:
    """Stopped by mistake and started again a few seconds later."""
    first, second = _easy_run(rng), _easy_run(rng)
    return first, replace(second, started_at=first.started_at + timedelta(seconds=len(first.series) + int(rng.integers(3, 30))))


def pair_commute(rng: Rng) -> Pair:
    """There in the morning and back in the evening."""
    first = _easy_run(rng)
    return first, replace(first, started_at=first.started_at + timedelta(hours=float(rng.uniform(8, 10))))


def pair_brick(rng: Rng) -> Pair:
    """From the bike into the shoes."""
    ride = draw(Sketch(efforts=(spin(50, rng),), sport=Sport.RIDE, threshold=FTP_W), rng)
    return ride, replace(_easy_run(rng), started_at=ride.started_at + timedelta(seconds=len(ride.series) + int(rng.integers(20, 120))))


def pair_next_day(rng: Rng) -> Pair:
    """The same loop at the same minute a day later."""
    first = _easy_run(rng)
    return first, replace(first, started_at=first.started_at + timedelta(days=1, seconds=int(rng.integers(-40, 40))))


TRACK_HONEST: Mapping[str, tuple[str, Callable[[Rng], Pair]]] = {
    **{f.__name__: ("gps_jump", f) for f in (track_fast_mile, track_downhill, track_sprints_60m, track_ride_descent, track_poor_reception)},
    **{f.__name__: ("power_dropout", f) for f in (power_bunch, power_alps, power_off_the_bike, power_cafe)},
    **{f.__name__: ("impossible_ascent", f) for f in (ascent_laps, ascent_mountain, ascent_flat)},
    **{f.__name__: ("double_upload", f) for f in (pair_split, pair_commute, pair_brick, pair_next_day)},
}
