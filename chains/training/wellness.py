"""How a day felt and what the body showed, as the athlete or a device reported it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Wellness:
    """One day. Feel and soreness from 1 (worst) to 5 (best)."""

    date: date
    sleep_s: float | None = None
    hrv_ms: float | None = None
    """rMSSD of the night."""
    resting_hr: float | None = None
    feel: int | None = None
    soreness: int | None = None
    note: str | None = None
