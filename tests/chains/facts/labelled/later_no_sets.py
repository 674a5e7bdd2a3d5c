"""More sessions without a set that come near one, drawn after the detector had been mended with the first ones in sight."""

from chains.training.activity import Sport
from tests.chains.facts.labelled.drawing import Effort, Sketch
from tests.chains.facts.labelled.efforts import FTP_W, Rng, about, easy, spin


def later_progression_thirds(rng: Rng) -> Sketch:
    """Three thirds, each faster than the one before; no rest between."""
    speeds = (2.7, 3.1, 3.6)
    return Sketch(efforts=tuple(Effort(seconds=int(rng.integers(1100, 1300)), speed_mps=about(v, rng, 0.01)) for v in speeds), laps="km")


def later_progression_steps(rng: Rng) -> Sketch:
    """A step faster every kilometre, laps pressed by the watch."""
    return Sketch(
        efforts=tuple(Effort(seconds=round(1000 / v), speed_mps=v) for v in (2.6, 2.75, 2.9, 3.05, 3.2, 3.4, 3.6, 3.9)), laps="km"
    )


def later_waves(rng: Rng) -> Sketch:
    """Dunes: up and down without a pause at even effort, no two alike."""
    efforts: list[Effort] = []
    for _ in range(22):
        seconds, grade = int(rng.integers(25, 120)), float(rng.uniform(0.01, 0.08))
        efforts.append(Effort(seconds=seconds, speed_mps=2.9 / (1 + 3.6 * grade), grade=grade))
        efforts.append(Effort(seconds=int(seconds * 0.8), speed_mps=2.9 * (1 + 2.2 * grade), grade=-grade))
    return Sketch(efforts=tuple(efforts), speed_noise=0.2)


def later_grid_of_lights(rng: Rng) -> Sketch:
    """A crossing at every block: easy running, a stop of 5 to 50 s every minute or two."""
    efforts: list[Effort] = []
    for _ in range(22):
        efforts.append(Effort(seconds=int(rng.integers(60, 150)), speed_mps=about(2.9, rng)))
        efforts.append(Effort(seconds=int(rng.integers(5, 50)), speed_mps=0.0))
    return Sketch(efforts=tuple(efforts), gps_lag_s=2)


def later_race_with_kick(rng: Rng) -> Sketch:
    """Even for nine kilometres, then all that is left."""
    speeds = (4.15, 4.1, 4.1, 4.08, 4.05, 4.05, 4.02, 4.05, 4.15, 4.7)
    return Sketch(efforts=tuple(Effort(seconds=round(1000 / v), speed_mps=about(v, rng, 0.008)) for v in speeds), laps="km")


def later_race_aid_stations(rng: Rng) -> Sketch:
    """Half marathon, walking ten to twenty seconds at each table, about every five kilometres."""
    efforts: list[Effort] = []
    for _ in range(4):
        efforts.append(Effort(seconds=int(rng.integers(1250, 1380)), speed_mps=about(3.8, rng, 0.01)))
        efforts.append(Effort(seconds=int(rng.integers(10, 21)), speed_mps=1.5))
    return Sketch(efforts=(*efforts, Effort(seconds=270, speed_mps=3.95)), laps="km")


def later_out_and_back_wind(rng: Rng) -> Sketch:
    """Against the wind, home with it."""
    return Sketch(efforts=(Effort(seconds=1700, speed_mps=2.75), Effort(seconds=1400, speed_mps=3.25)), laps="km", speed_noise=0.2)


def later_fast_finish(rng: Rng) -> Sketch:
    """Long run, the last fifteen minutes at threshold."""
    return Sketch(efforts=(easy(70, rng), Effort(seconds=900, speed_mps=3.8), easy(4, rng, 2.4)), laps="km")


def later_two_time_trials(rng: Rng) -> Sketch:
    """Three minutes and, half an hour later, nine minutes all out: a test of two efforts."""
    efforts = (easy(14, rng), Effort(seconds=180, speed_mps=4.9), easy(28, rng, 2.3), Effort(seconds=540, speed_mps=4.5), easy(9, rng, 2.4))
    return Sketch(efforts=efforts, laps="none")


def later_dog_walk_breaks(rng: Rng) -> Sketch:
    """Easy run with a dog: short stops whenever it likes."""
    efforts: list[Effort] = []
    for _ in range(14):
        efforts.append(Effort(seconds=int(rng.integers(45, 420)), speed_mps=about(2.7, rng, 0.05)))
        efforts.append(Effort(seconds=int(rng.integers(6, 60)), speed_mps=float(rng.choice([0.0, 1.0, 1.4]))))
    return Sketch(efforts=tuple(efforts), speed_noise=0.25)


def later_tired_walker(rng: Rng) -> Sketch:
    """A long run that falls apart: the walking comes sooner and stays longer."""
    efforts = [easy(60, rng, 2.8)]
    for minutes in (9.0, 6.0, 5.0, 3.5, 2.0, 1.5):
        efforts.append(Effort(seconds=int(60 * minutes * rng.uniform(0.8, 1.2)), speed_mps=about(2.5, rng, 0.04)))
        efforts.append(Effort(seconds=int(rng.integers(60, 240)), speed_mps=1.4))
    return Sketch(efforts=tuple(efforts), laps="km", speed_noise=0.2)


def later_fartlek_by_feel(rng: Rng) -> Sketch:
    """To that tree, to that bend: nine surges of any length and any pace."""
    efforts = [easy(12, rng)]
    for _ in range(9):
        efforts.append(Effort(seconds=int(rng.integers(10, 260)), speed_mps=float(rng.uniform(3.3, 5.2))))
        efforts.append(Effort(seconds=int(rng.integers(40, 480)), speed_mps=float(rng.uniform(2.3, 2.9))))
    return Sketch(efforts=tuple(efforts), laps="km")


def later_trail_up_and_over(rng: Rng) -> Sketch:
    """One mountain: an hour up with stretches walked, then down."""
    up = [
        Effort(seconds=int(rng.integers(200, 700)), speed_mps=float(rng.uniform(1.3, 2.2)), grade=float(rng.uniform(0.06, 0.16)))
        for _ in range(8)
    ]
    down = [
        Effort(seconds=int(rng.integers(150, 500)), speed_mps=float(rng.uniform(2.4, 3.4)), grade=float(rng.uniform(-0.14, -0.05)))
        for _ in range(7)
    ]
    return Sketch(efforts=(easy(9, rng), *up, *down), speed_noise=0.25)


def later_treadmill_progression(rng: Rng) -> Sketch:
    """The belt a notch faster every five minutes."""
    return Sketch(efforts=tuple(Effort(seconds=300, speed_mps=2.5 + 0.14 * step) for step in range(9)), indoor=True)


def later_track_even(rng: Rng) -> Sketch:
    """Ten kilometres round a track at one pace, a lap pressed every 2 km."""
    return Sketch(efforts=tuple(Effort(seconds=round(2000 / v), speed_mps=v) for v in (3.5, 3.51, 3.49, 3.5, 3.52)), laps="manual")


def later_easy_with_drinks(rng: Rng) -> Sketch:
    """Two laps of the park, a fountain in each: the timer paused."""
    efforts: list[Effort] = []
    for _ in range(5):
        efforts.append(Effort(seconds=int(rng.integers(700, 1100)), speed_mps=about(2.95, rng, 0.01)))
        efforts.append(Effort(seconds=int(rng.integers(20, 70)), speed_mps=0.0, paused=True))
    return Sketch(efforts=tuple(efforts), laps="km")


def later_ride_group_turns(rng: Rng) -> Sketch:
    """Through and off: in the wind for anything from half a minute to three, then in the wheels."""
    efforts = [spin(15, rng)]
    for _ in range(24):
        efforts.append(Effort(seconds=int(rng.integers(20, 190)), speed_mps=10.2, power_w=about(265, rng, 0.16)))
        efforts.append(Effort(seconds=int(rng.integers(30, 400)), speed_mps=10.2, power_w=about(165, rng, 0.14)))
    return Sketch(efforts=tuple(efforts), sport=Sport.RIDE, threshold=FTP_W)


def later_ride_criterium(rng: Rng) -> Sketch:
    """Out of every corner a kick, coasting into the next: 45 minutes of it."""
    efforts: list[Effort] = []
    for _ in range(85):
        efforts.append(Effort(seconds=int(rng.integers(4, 12)), speed_mps=10.5, power_w=about(480, rng, 0.25)))
        efforts.append(Effort(seconds=int(rng.integers(8, 26)), speed_mps=11.2, power_w=about(250, rng, 0.2)))
        efforts.append(Effort(seconds=int(rng.integers(2, 9)), speed_mps=10.6, power_w=0.0))
    return Sketch(efforts=(spin(15, rng), *efforts, spin(10, rng)), sport=Sport.RIDE, threshold=FTP_W)


def later_ride_commute(rng: Rng) -> Sketch:
    efforts: list[Effort] = []
    for _ in range(14):
        efforts.append(Effort(seconds=int(rng.integers(30, 300)), speed_mps=7.2, power_w=about(150, rng, 0.15)))
        efforts.append(Effort(seconds=int(rng.integers(8, 75)), speed_mps=0.0, power_w=0.0))
    return Sketch(efforts=tuple(efforts), sport=Sport.RIDE, threshold=FTP_W)


def later_ride_rollers_even(rng: Rng) -> Sketch:
    return Sketch(efforts=tuple(spin(9, rng, 180) for _ in range(7)), sport=Sport.RIDE, indoor=True, threshold=FTP_W)


def later_ride_sweet_spot_one(rng: Rng) -> Sketch:
    """One long block below threshold between two easy parts."""
    block = Effort(seconds=int(rng.integers(2200, 3000)), speed_mps=9.4, power_w=about(232, rng))
    return Sketch(efforts=(spin(20, rng), block, spin(15, rng)), sport=Sport.RIDE, laps="manual", threshold=FTP_W)


def later_ride_rolling(rng: Rng) -> Sketch:
    """Rollers of all sizes, harder up and coasting down."""
    efforts = [spin(12, rng)]
    for _ in range(15):
        seconds, grade = int(rng.integers(40, 420)), float(rng.uniform(0.015, 0.07))
        efforts.append(Effort(seconds=seconds, speed_mps=8.2 - 55 * grade, grade=grade, power_w=about(170 + 1100 * grade, rng, 0.1)))
        efforts.append(Effort(seconds=int(seconds * 0.45), speed_mps=11.0, grade=-grade, power_w=about(60, rng, 0.3)))
        efforts.append(Effort(seconds=int(rng.integers(30, 500)), speed_mps=8.6, power_w=about(165, rng, 0.08)))
    return Sketch(efforts=tuple(efforts), sport=Sport.RIDE, threshold=FTP_W)


def later_ride_race_virtual(rng: Rng) -> Sketch:
    """A bunch race indoors: flat out at the start, up the one hill, a sprint; else as the bunch goes."""
    bunch = [Effort(seconds=int(rng.integers(20, 160)), speed_mps=11.0, power_w=about(235, rng, 0.16)) for _ in range(22)]
    start, hill = Effort(seconds=140, speed_mps=11.5, power_w=360), Effort(seconds=330, speed_mps=6.5, power_w=325)
    efforts = (spin(8, rng), start, *bunch[:12], hill, *bunch[12:], Effort(seconds=18, speed_mps=14, power_w=780), spin(4, rng, 100))
    return Sketch(efforts=efforts, sport=Sport.RIDE, indoor=True, threshold=FTP_W)


def later_swim_continuous(rng: Rng) -> Sketch:
    """Two kilometres without a rest, a lap pressed every ten lengths."""
    return Sketch(
        efforts=tuple(Effort(seconds=round(250 / v), speed_mps=v) for v in (1.05, 1.03, 1.02, 1.02, 1.0, 1.0, 0.99, 1.01)),
        sport=Sport.SWIM,
        laps="manual",
        indoor=True,
        threshold=1.25,
    )


def later_galloway_long(rng: Rng) -> Sketch:
    """A long run of nine minutes' running and one minute's walking: a way to go far, no set."""
    efforts = [Effort(seconds=s, speed_mps=about(v, rng, 0.01)) for _ in range(10) for s, v in ((540, 2.75), (60, 1.5))]
    return Sketch(efforts=tuple(efforts), laps="km", threshold=3.2)


def later_walk(rng: Rng) -> Sketch:
    return Sketch(
        efforts=tuple(
            Effort(seconds=int(rng.integers(200, 900)), speed_mps=about(1.5, rng, 0.06), grade=float(rng.uniform(-0.06, 0.06)))
            for _ in range(9)
        ),
        sport=Sport.WALK,
    )


LATER_NO_SETS = {
    shape.__name__: shape
    for shape in (
        later_progression_thirds, later_progression_steps, later_waves, later_grid_of_lights, later_race_with_kick, later_race_aid_stations,
        later_out_and_back_wind, later_fast_finish, later_two_time_trials, later_dog_walk_breaks, later_tired_walker, later_fartlek_by_feel,
        later_trail_up_and_over, later_treadmill_progression, later_track_even, later_easy_with_drinks, later_ride_group_turns,
        later_ride_criterium, later_ride_commute, later_ride_rollers_even, later_ride_sweet_spot_one, later_ride_rolling,
        later_ride_race_virtual, later_swim_continuous, later_galloway_long, later_walk,
    )
}  # fmt: skip
