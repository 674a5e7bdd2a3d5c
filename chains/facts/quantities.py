"""SI values → text in the reader's units. Values are rounded once, to the last digit shown, before they are split: never 5:60."""

import math
from dataclasses import dataclass

from chains.training.profile import Units

METERS_PER_MILE = 1609.344
METERS_PER_FOOT = 0.3048
METERS_PER_YARD = 0.9144
_WHOLE_FROM = 100
"""From this many km or miles on, tenths are noise."""
_JUST = 0.35
"""Up to this part of a unit off a whole number is 'just' over or under it."""
_NEXT_TO_NOTHING = 0.05


@dataclass(frozen=True, slots=True)
class PaceUnit:
    """The distance a pace is told for."""

    meters: float
    sign: str


def pace_unit(sport: str | None, units: Units) -> PaceUnit:
    """Swimmers count 100 m or 100 yd, everyone else km or miles."""
    if sport == "swim":
        return PaceUnit(100.0, "/100 m") if units is Units.METRIC else PaceUnit(100 * METERS_PER_YARD, "/100 yd")
    return PaceUnit(1000.0, "/km") if units is Units.METRIC else PaceUnit(METERS_PER_MILE, "/mile")


def round_half_up(value: float) -> int:
    """Away from zero at the half, so that a size and its negative print alike."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def clock(seconds: float) -> str:
    """'1:27:57', '5:28', '0:08'."""
    whole = round_half_up(abs(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def distance(meters: float, sport: str | None, units: Units) -> str:
    if sport == "swim":
        return f"{round_half_up(meters):,} m" if units is Units.METRIC else f"{round_half_up(meters / METERS_PER_YARD):,} yd"
    value, sign = _long(meters, units)
    if round(abs(value), 1) >= _WHOLE_FROM:
        return f"{round_half_up(value):,} {sign}"
    return f"{round_half_up(value * 10) / 10:.1f} {sign}"


def about_distance(meters: float, sport: str | None, units: Units) -> str:
    """'just over 84 km'."""
    if sport == "swim":
        return f"about {distance(round_half_up(meters / 50) * 50.0, sport, units)}"
    value, sign = _long(meters, units)
    whole = round_half_up(value)
    return f"{_nearness(value - whole)}{whole:,} {sign}"


def elevation(meters: float, units: Units) -> str:
    return f"{round_half_up(meters):,} m" if units is Units.METRIC else f"{round_half_up(meters / METERS_PER_FOOT):,} ft"


def about_elevation(meters: float, units: Units) -> str:
    step = 10 if units is Units.METRIC else 50
    value = meters if units is Units.METRIC else meters / METERS_PER_FOOT
    return f"about {round_half_up(value / step) * step:,} {'m' if units is Units.METRIC else 'ft'}"


def speed(meters_per_second: float, units: Units) -> str:
    if units is Units.METRIC:
        return f"{meters_per_second * 3.6:.1f} km/h"
    return f"{meters_per_second * 3600 / METERS_PER_MILE:.1f} mph"


def pace(meters_per_second: float, sport: str | None, units: Units) -> str:
    """Raises ValueError for a speed of zero or less: standing still has no pace."""
    if meters_per_second <= 0:
        raise ValueError("no pace without movement")
    unit = pace_unit(sport, units)
    return f"{clock(unit.meters / meters_per_second)} {unit.sign}"


def pace_change(seconds_per_meter: float, sport: str | None, units: Units) -> str:
    """'-0:08 /km': the sign is that of the number, so a minus is faster."""
    unit = pace_unit(sport, units)
    return f"{_sign(round_half_up(seconds_per_meter * unit.meters))}{clock(seconds_per_meter * unit.meters)} {unit.sign}"


def shown_pace_change(own_mps: float, other_mps: float, sport: str | None, units: Units) -> float:
    """Difference in s/m of two paces as they are printed, so that a reader who subtracts them gets the same."""
    unit = pace_unit(sport, units)
    return (round_half_up(unit.meters / own_mps) - round_half_up(unit.meters / other_mps)) / unit.meters


def pace_gap(seconds_per_meter: float, sport: str | None, units: Units) -> str:
    """'8 s/km': the size alone, the direction is left to the words."""
    unit = pace_unit(sport, units)
    seconds = round_half_up(abs(seconds_per_meter * unit.meters))
    return f"{seconds} s{unit.sign}" if seconds < 60 else f"{clock(seconds)} {unit.sign}"


def about_duration(seconds: float) -> str:
    """'about 48 min', 'about 6 h 10 min'."""
    minutes = round_half_up(seconds / 60)
    if minutes < 60:
        return f"about {minutes} min" if minutes else f"{round_half_up(seconds)} s"
    hours, rest = divmod(round_half_up(minutes / 5) * 5, 60)
    return f"about {hours} h {rest} min" if rest else f"about {hours} h"


def percent(share: float) -> str:
    return f"{round_half_up(share * 100):,} %"


def signed_percent(share: float) -> str:
    whole = round_half_up(share * 100)
    return f"{_sign(whole)}{abs(whole):,} %"


def signed(value: float, sign: str) -> str:
    whole = round_half_up(value)
    return f"{_sign(whole)}{abs(whole):,} {sign}"


def beats(beats_per_km: float, units: Units) -> str:
    if units is Units.METRIC:
        return f"{round_half_up(beats_per_km):,} beats/km"
    return f"{round_half_up(beats_per_km * METERS_PER_MILE / 1000):,} beats/mile"


def _long(meters: float, units: Units) -> tuple[float, str]:
    return (meters / 1000, "km") if units is Units.METRIC else (meters / METERS_PER_MILE, "miles")


def _nearness(gap: float) -> str:
    if abs(gap) < _NEXT_TO_NOTHING:
        return ""
    if abs(gap) <= _JUST:
        return "just over " if gap > 0 else "just under "
    return "about "


def _sign(whole: int) -> str:
    return "+" if whole > 0 else "-" if whole < 0 else ""
