"""Nights and mornings: sleep, heart rate variability and resting heart rate that answer to training and illness."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator

from chains.sample.form import FormedSession
from chains.sample.heart import RESTING_BPM
from chains.sample.season import ILL_DAYS, Phase, Week
from chains.training.wellness import Wellness

USUAL_SLEEP_H, USUAL_HRV_MS = 7.3, 68.0
ILL_BPM, ILL_HRV_MS = 9.0, -22.0
MISSED_NIGHTS = 0.06
"""The watch lay on the charger."""


def nights(seed: int, today: date, sessions: Sequence[FormedSession], weeks: Sequence[Week]) -> list[Wellness]:
    """One entry for each day with a reading."""
    ill_until = next(w.start for w in weeks if w.phase is Phase.RETURN)
    ill = {ill_until - timedelta(days=n) for n in range(1, ILL_DAYS + 1)}
    strain = {s.planned.day + timedelta(days=1): (s.form.fatigue - s.form.fitness) for s in sessions}
    first = weeks[0].start
    days = (first + timedelta(days=n) for n in range((today - first).days + 1))
    readings = (_night(np.random.default_rng((seed, (weeks[-1].start - d).days + 7, 3)), d, strain.get(d, 0.0), d in ill) for d in days)
    return [r for r in readings if r is not None]


def _night(rng: Generator, day: date, strain: float, ill: bool) -> Wellness | None:
    if rng.random() < MISSED_NIGHTS:
        return None
    sleep_h = USUAL_SLEEP_H + (0.5 if day.weekday() >= 5 else 0.0) + rng.normal(0, 0.55)
    hrv = USUAL_HRV_MS - 0.35 * strain + rng.normal(0, 6.0) + (ILL_HRV_MS if ill else 0.0)
    resting = RESTING_BPM + 0.08 * strain + rng.normal(0, 1.3) + (ILL_BPM if ill else 0.0)
    feel = 2 if ill else int(np.clip(round(3.6 - 0.03 * strain + rng.normal(0, 0.6)), 2, 5))
    return Wellness(date=day, sleep_s=round(sleep_h * 60) * 60.0, hrv_ms=round(hrv, 1), resting_hr=float(round(resting)), feel=feel)
