"""Random variation as bodies and sensors show it: smooth, never one sample at a time."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Curve = NDArray[np.float64]


def follow(target: Curve, tau: float, start: float) -> Curve:
    """First-order lag: what follows `target` with time constant `tau` (in samples), from `start` on."""
    if not len(target):
        return target
    reach = max(int(6 * tau), 1)
    kernel = np.exp(-np.arange(reach) / tau)
    padded = np.concatenate((np.full(reach - 1, start), target))
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")


def wander(rng: Generator, length: int, tau: float, sd: float) -> Curve:
    """Noise of standard deviation `sd` whose memory fades over `tau` samples."""
    reach = int(6 * tau)
    kernel = np.exp(-np.arange(reach) / tau)
    white = rng.standard_normal(length + reach - 1)
    return sd * np.convolve(white, kernel / np.sqrt((kernel**2).sum()), mode="valid")
