"""Weeks whose running days and hard days have meant something in heartbeats, or nothing."""

from collections.abc import Iterator
from datetime import timedelta

from chains.request import AthleteContext
from chains.training.activity import Activity, Purpose
from tests.builders import TODAY, review_of, run

HALF_YEAR_WEEKS = 26


def parted(many_hr: float, few_hr: float, *, weeks: int = HALF_YEAR_WEEKS, jitter: float = 2.0) -> tuple[Activity, ...]:
    """Weeks of five running days and of three by turns, each kind with its own heart rate, a little off from run to run."""
    return tuple(
        run(7 * ago + 6 - day, hr=(many_hr if ago % 2 else few_hr) + jitter * ((ago + day) % 3 - 1))
        for ago in reversed(range(weeks))
        for day in ((0, 1, 3, 4, 6) if ago % 2 else (0, 3, 6))
    )


def spaced(next_day_hr: float, *, close: bool = False, weeks: int = HALF_YEAR_WEEKS) -> tuple[Activity, ...]:
    """A workout on each Tuesday and easy runs on four other days, that of Wednesday with its own heart rate."""
    return tuple(activity for ago in reversed(range(weeks)) for activity in _spaced_week(ago, next_day_hr, close=close and ago == 0))


def _spaced_week(ago: int, next_day_hr: float, *, close: bool) -> tuple[Activity, ...]:
    def easy(day: int, hr: float) -> Activity:
        return run(7 * ago + 6 - day, hr=hr + 2.0 * ((ago + day) % 3 - 1))

    workout = run(7 * ago + 5, km=9, pace_s=280, hr=165, purpose=Purpose.WORKOUT)
    second = run(7 * ago + 4, km=9, pace_s=280, hr=168, purpose=Purpose.WORKOUT) if close else easy(2, next_day_hr)
    return (easy(0, 145.0), workout, second, easy(4, 145.0), easy(6, 145.0))


def density_situations() -> Iterator[AthleteContext]:
    """Dear, cheap and no different, over enough weeks for every turn and wording."""
    for ago in range(0, 54, 3):
        as_of = TODAY - timedelta(days=7 * ago)
        for many in (138.0, 145.0, 152.0):
            yield review_of(parted(many, 145.0, weeks=80), as_of=as_of)
        for after in (137.0, 145.0, 153.0):
            yield review_of(spaced(after, weeks=80), as_of=as_of)
    for week in range(4):
        yield from (review_of(spaced(after, close=True), as_of=TODAY) for after in (137.0 + week / 10, 145.0, 153.0 + week / 10))
