"""The sample athlete's few regular courses: altitude by distance, always the same on the same course."""

from dataclasses import dataclass

import numpy as np

from chains.sample.noise import Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Hills as a sum of waves: height in m, length in m, offset in rad."""

    name: str
    base_m: float
    waves: tuple[tuple[float, float, float], ...] = ()

    def altitude(self, distance_m: Curve) -> Curve:
        """Metres above sea level at each distance."""
        height = np.full(len(distance_m), self.base_m)
        for amplitude, length, offset in self.waves:
            height += amplitude * np.sin(2 * np.pi * distance_m / length + offset)
        return height


TRACK = Course(name="Track", base_m=118.0)
RIVER = Course(name="River", base_m=112.0, waves=((7.0, 11500.0, 4.2), (1.8, 3100.0, 0.4)))
PARK = Course(name="Park", base_m=124.0, waves=((9.0, 5400.0, 1.1), (2.5, 1700.0, 0.2)))
RIDGE = Course(name="Ridge", base_m=190.0, waves=((22.0, 6400.0, 4.5), (4.0, 2300.0, 0.9)))
CITY = Course(name="City", base_m=116.0, waves=((6.0, 10500.0, 0.0), (1.5, 2900.0, 2.2)))
VALLEY = Course(name="Valley", base_m=170.0, waves=((35.0, 17000.0, 4.6), (9.0, 3700.0, 0.3)))
HILLS = Course(name="Hills", base_m=260.0, waves=((85.0, 14000.0, 4.4), (22.0, 4300.0, 1.0)))
INDOORS = Course(name="Indoors", base_m=0.0)
