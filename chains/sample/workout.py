"""What a session consists of: stretches of one intended effort, as a coach would write them on a slip of paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Session(Enum):
    """Kinds of sessions in the plan."""

    EASY = "easy"
    EVENING = "evening"
    LONG = "long"
    INTERVALS = "intervals"
    TEMPO = "tempo"
    RACE = "race"
    ROAD_RIDE = "road_ride"
    TRAINER_RIDE = "trainer_ride"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """`effort` is the share of threshold speed (run) or of FTP (ride); length in m on foot and outdoors, in s on the trainer."""

    length: float
    effort: float


EASY_EFFORT = 0.77
LONG_EFFORT = 0.76
JOG_EFFORT = 0.62
HALF_MARATHON_EFFORT = 0.955
"""A half marathon of about 1:40 is run a little below the speed that can be held for an hour."""

REPETITIONS: tuple[tuple[int, float, float, float], ...] = (
    (6, 800.0, 1.04, 400.0),
    (10, 400.0, 1.08, 200.0),
    (5, 1000.0, 1.03, 400.0),
    (4, 1600.0, 1.00, 400.0),
)
"""Times, length in m, effort, jog between in m."""

TEMPOS: tuple[tuple[int, float, float], ...] = ((1, 5000.0, 0.94), (2, 3000.0, 0.96), (1, 6500.0, 0.93), (2, 4000.0, 0.95))
"""Times, length in m, effort."""

TRAINER_BLOCKS: tuple[tuple[int, float, float], ...] = ((2, 1200.0, 0.90), (4, 480.0, 1.0), (3, 720.0, 0.94))
"""Times, seconds, effort."""


def repetitions(turn: int) -> tuple[Stretch, ...]:
    """An interval session on the track: warm-up, repetitions with jogs, cool-down. `turn` picks the next one of the menu."""
    times, length, effort, jog = REPETITIONS[turn % len(REPETITIONS)]
    pair = (Stretch(length=length, effort=effort), Stretch(length=jog, effort=JOG_EFFORT))
    return (Stretch(length=2400, effort=0.74), *(pair * times)[:-1], Stretch(length=1600, effort=0.70))


def tempo(turn: int) -> tuple[Stretch, ...]:
    """One or two stretches a little below threshold."""
    times, length, effort = TEMPOS[turn % len(TEMPOS)]
    pair = (Stretch(length=length, effort=effort), Stretch(length=600, effort=0.68))
    return (Stretch(length=2000, effort=0.75), *(pair * times)[:-1], Stretch(length=1500, effort=0.70))


def long_run(distance_m: float, *, fast_finish: bool) -> tuple[Stretch, ...]:
    """Even, or with the last quarter at about marathon effort."""
    if not fast_finish:
        return (Stretch(length=distance_m, effort=LONG_EFFORT),)
    return (Stretch(length=distance_m * 0.75, effort=LONG_EFFORT), Stretch(length=distance_m * 0.25, effort=0.88))


def trainer(turn: int) -> tuple[Stretch, ...]:
    """Blocks near threshold on the trainer, lengths in seconds."""
    times, seconds, effort = TRAINER_BLOCKS[turn % len(TRAINER_BLOCKS)]
    pair = (Stretch(length=seconds, effort=effort), Stretch(length=240, effort=0.52))
    return (Stretch(length=600, effort=0.58), *(pair * times), Stretch(length=360, effort=0.48))


def total(stretches: Sequence[Stretch]) -> float:
    return sum(s.length for s in stretches)
