"""The two athletes of the benchmark."""

from collections.abc import Mapping

SMALL, LARGE = "a hundred", "ten thousand"
SIZES: Mapping[str, int] = {SMALL: 100, LARGE: 10_000}
SEED = 11
