"""From a session to the recording that a watch would have made of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.random import Generator

from chains.sample.form import FormedSession
from chains.sample.heart import STANDING_EFFORT, heart_rate
from chains.sample.motion import Motion, Stops, stops
from chains.sample.noise import Curve
from chains.sample.ride import ride
from chains.sample.run import run
from chains.sample.workout import Session
from chains.training.activity import Lap, Sport
from chains.training.recording import Recording, Series

FORMAT = "generated"
WATCH, BIKE_COMPUTER = "Sample watch", "Sample bike computer"
AUTO_LAP_M = {Sport.RUN: 1_000.0, Sport.RIDE: 5_000.0}
USUAL_STOPS = {
    Session.EASY: (0, 2, 60),
    Session.EVENING: (0, 1, 45),
    Session.LONG: (0, 3, 90),
    Session.TEMPO: (0, 1, 40),
    Session.ROAD_RIDE: (1, 3, 240),
}
"""At least, at most, longest in s; the others do not stop."""
FAULT_FROM_S = 240


def started_at(session: FormedSession, time_zone: str) -> datetime:
    """The start in UTC."""
    local = datetime.combine(session.planned.day, session.planned.start, ZoneInfo(time_zone))
    return local.astimezone(UTC)


def utc_offset_s(start: datetime, time_zone: str) -> int:
    offset = start.astimezone(ZoneInfo(time_zone)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def record(session: FormedSession, time_zone: str) -> Recording:
    """The session at 1 Hz with its laps; the same for the same session, always."""
    planned = session.planned
    rng = np.random.default_rng((*planned.key, 2))
    sport = Sport.RIDE if planned.is_ride else Sport.RUN
    motion = ride(session, rng) if planned.is_ride else run(session, rng)
    pauses = _stops(planned.session, len(motion), rng)
    pulse = heart_rate(pauses.spread(motion.effort, STANDING_EFFORT), sport, session.form, rng)
    start = started_at(session, time_zone)
    trainer = planned.session is Session.TRAINER_RIDE
    series = _series(motion, pauses, _strap_fault(pulse, motion, pauses, rng) if planned.strap_fault else pulse)
    return Recording(
        sport=sport,
        sub_sport=_sub_sport(planned.session),
        title=planned.title,
        started_at=start,
        utc_offset_s=utc_offset_s(start, time_zone),
        format=FORMAT,
        device=BIKE_COMPUTER if planned.is_ride else WATCH,
        trainer=trainer,
        device_power=planned.is_ride,
        series=series,
        laps=_laps(series, _lap_starts(motion, pauses, sport), "manual" if motion.marks else "distance"),
        pauses=pauses.pauses,
    )


def _sub_sport(session: Session) -> str | None:
    return {Session.TRAINER_RIDE: "indoor", Session.INTERVALS: "track"}.get(session)


def _stops(session: Session, moving_s: int, rng: Generator) -> Stops:
    least, most, longest = USUAL_STOPS.get(session, (0, 0, 15))
    return stops(rng, moving_s, int(rng.integers(least, most + 1)), longest)


def _strap_fault(pulse: Curve, motion: Motion, pauses: Stops, rng: Generator) -> Curve:
    """Cadence lock: from some minutes in, the optical sensor counts steps."""
    steps = np.round(pauses.spread(motion.cadence, 150.0) + rng.normal(0, 1.0, len(pulse)))
    return np.where(np.arange(len(pulse)) < FAULT_FROM_S, pulse, steps)


def _series(motion: Motion, pauses: Stops, pulse: Curve) -> Series:
    """Nothing is recorded while the watch is paused."""
    return Series(
        time_s=np.arange(len(pauses.moving)),
        moving=pauses.moving,
        distance_m=np.round(pauses.spread(motion.distance_m), 1),
        speed_mps=np.round(pauses.spread(motion.speed_mps), 2),
        altitude_m=None if motion.altitude_m is None else pauses.spread(motion.altitude_m),
        heart_rate=np.where(pauses.moving, pulse, np.nan),
        power_w=None if motion.power_w is None else pauses.spread(motion.power_w),
        cadence=pauses.spread(motion.cadence),
    )


def _lap_starts(motion: Motion, pauses: Stops, sport: Sport) -> Sequence[int]:
    """Elapsed seconds at which laps begin, the first at 0: where the button was pressed, else every kilometre or five."""
    full = int(motion.distance_m[-1] // AUTO_LAP_M[sport])
    marks = motion.marks or tuple(np.searchsorted(motion.distance_m, AUTO_LAP_M[sport] * np.arange(1, full + 1)))
    elapsed = np.flatnonzero(pauses.moving)
    return [0, *(int(elapsed[m]) for m in marks if 0 < m < len(elapsed) - 1)]


def _laps(series: Series, starts: Sequence[int], trigger: str) -> tuple[Lap, ...]:
    ends = [*starts[1:], len(series) - 1]
    return tuple(_lap(series, first, last, trigger) for first, last in zip(starts, ends, strict=True))


def _lap(series: Series, first: int, last: int, trigger: str) -> Lap:
    cut = slice(first, last + 1)
    distance = series.distance_m[cut] if series.distance_m is not None else np.zeros(1)
    return Lap(
        start_s=float(first),
        elapsed_s=float(last - first),
        moving_s=float(series.moving[first:last].sum()),
        distance_m=float(np.nanmax(distance) - np.nanmin(distance)),
        mean_hr=_mean(series.heart_rate, cut),
        mean_power_w=_mean(series.power_w, cut),
        trigger=trigger,
    )


def _mean(channel: Curve | None, cut: slice) -> float | None:
    return None if channel is None else float(np.nanmean(channel[cut]))
