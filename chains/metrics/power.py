"""Power metrics by Coggan (Allen, Coggan & McGregor, Training and Racing with a Power Meter, 3rd ed. 2019). Watts at 1 Hz, with zeros."""

import numpy as np

from chains.metrics.samples import rolling_means
from chains.training.recording import Samples

NP_WINDOW_S = 30


def normalized_power(power_w: Samples) -> float | None:
    """Fourth root of the mean fourth power of the 30 s means; None under 30 s. No drop-outs: leave them out before."""
    means = rolling_means(power_w, NP_WINDOW_S)
    return fourth_power_mean(means) if len(means) else None


def fourth_power_mean(values: Samples) -> float:
    """Fourth root of the mean of fourth powers: effort grows faster than output."""
    return float(np.mean(values**4) ** 0.25)


def intensity_factor(np_w: float, ftp_w: float) -> float:
    """IF: normalized power as a fraction of threshold power."""
    return np_w / ftp_w


def training_stress(seconds: float, intensity: float) -> float:
    """TSS in points: one hour at threshold is 100, and intensity counts squared."""
    return seconds / 3600 * intensity**2 * 100


def variability_index(np_w: float, mean_w: float) -> float | None:
    """VI: normalized over mean power, 1.0 is even; None where nothing was pushed."""
    return np_w / mean_w if mean_w > 0 else None


def efficiency_factor(np_w: float, mean_hr: float) -> float:
    """EF in watts per heartbeat a minute."""
    return np_w / mean_hr


def work_kj(power_w: Samples) -> float:
    """Mechanical work in kJ."""
    return float(power_w.sum() / 1000)
