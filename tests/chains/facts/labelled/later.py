"""The second set of made recordings, by name: drawn whole, or made of a real one."""

from collections.abc import Callable, Mapping
from zlib import crc32

import numpy as np

from chains.training.recording import Recording
from tests.chains.facts.labelled.drawing import Sketch, draw
from tests.chains.facts.labelled.heart_faults import HONEST, SPOILS
from tests.chains.facts.labelled.later_no_sets import LATER_NO_SETS
from tests.chains.facts.labelled.later_sets import LATER_SETS
from tests.chains.facts.labelled.planted import PLANTED
from tests.chains.facts.labelled.track_faults import TRACK_HONEST, TRACK_SPOILS

SKETCHES: Mapping[str, Callable[[np.random.Generator], Sketch]] = {**LATER_SETS, **LATER_NO_SETS}


def later_recordings(shape: str, seed: int, base: Recording | None) -> tuple[Recording, ...]:
    """One shape; the same seed and base draw the same. `base` is what a fault or a set is put into; KeyError for an unknown shape."""
    rng = np.random.default_rng([seed, crc32(shape.encode())])
    if base is not None:
        return _made_of(base, shape, rng)
    if shape in SKETCHES:
        return (draw(SKETCHES[shape](rng), rng),)
    return (HONEST[shape][1](rng),) if shape in HONEST else TRACK_HONEST[shape][1](rng)


def _made_of(base: Recording, shape: str, rng: np.random.Generator) -> tuple[Recording, ...]:
    if shape in TRACK_SPOILS:
        return TRACK_SPOILS[shape][1](base, rng)
    make = PLANTED[shape][0] if shape in PLANTED else SPOILS[shape][2]
    return (make(base, rng),)
