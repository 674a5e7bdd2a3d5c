"""The pulse that an effort causes: it lags, it drifts, and it has good and bad days."""

import numpy as np
from numpy.random import Generator

from chains.sample.form import Form
from chains.sample.noise import Curve, follow, wander
from chains.training.activity import Sport

RESTING_BPM = 49.0
MAX_BPM = 191.0
LTHR_BPM = {Sport.RUN: 173.0, Sport.RIDE: 166.0}
BPM_PER_EFFORT = 125.0
"""Slope of heart rate over effort below threshold: about 29 bpm lower at 77 % of threshold speed."""
STANDING_EFFORT = 0.32
LAG_S = 26.0
"""On-kinetics of heart rate in trained adults: time constants of 20 to 40 s."""
DRIFT_BPM_PER_MIN = 0.11
DRIFT_FROM_MIN = 10.0
BEAT_NOISE_BPM = 1.1


def heart_rate(effort: Curve, sport: Sport, form: Form, rng: Generator) -> Curve:
    """Whole bpm for each second of `effort` (share of threshold, 1 Hz)."""
    minutes = np.arange(len(effort)) / 60
    drift = DRIFT_BPM_PER_MIN * np.maximum(minutes - DRIFT_FROM_MIN, 0) * float(np.mean(effort)) ** 2
    steady = LTHR_BPM[sport] + BPM_PER_EFFORT * (np.clip(effort, STANDING_EFFORT, 1.12) - 1)
    warmed = follow(steady, LAG_S, start=LTHR_BPM[sport] + BPM_PER_EFFORT * (STANDING_EFFORT - 1))
    beating = warmed + drift + form.hr_shift_bpm + wander(rng, len(effort), 12.0, BEAT_NOISE_BPM)
    return np.rint(np.clip(beating, RESTING_BPM + 15, MAX_BPM - 1))
