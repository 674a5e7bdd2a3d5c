import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chains.training.compression import STEPS, pack, unpack
from chains.training.recording import Samples, Series

LIMITS = {
    "distance_m": (0, 1e6),
    "speed_mps": (0, 150),
    "altitude_m": (-500, 9500),
    "heart_rate": (1, 254),
    "power_w": (0, 5000),
    "cadence": (0, 300),
}


@st.composite
def recorded(draw: st.DrawFn) -> Series:
    rows = draw(st.integers(1, 60))

    def channel(name: str) -> Samples | None:
        low, high = LIMITS[name]
        values = st.one_of(st.floats(low, high), st.just(float("nan")))
        drawn: Samples | None = draw(st.one_of(st.none(), arrays(np.float64, rows, elements=values)))
        return drawn

    channels = {name: channel(name) for name in STEPS}
    return Series(time_s=np.arange(rows, dtype=np.int64), moving=draw(arrays(np.bool_, rows)), **channels)


@given(recorded())
def test_what_comes_back_is_what_went_in_to_the_nearest_step(series: Series) -> None:
    back = unpack(pack(series))

    assert (back.time_s == series.time_s).all()
    assert (back.moving == series.moving).all()
    for name, step in STEPS.items():
        before, after = getattr(series, name), getattr(back, name)
        if before is None:
            assert after is None
        else:
            np.testing.assert_allclose(after, before, atol=step / 2 + 1e-6, rtol=0)


@given(recorded())
def test_packing_again_changes_nothing(series: Series) -> None:
    packed = pack(series)

    assert pack(unpack(packed)) == packed


def test_steps_are_finer_than_the_sensors() -> None:
    assert STEPS == {"distance_m": 0.1, "speed_mps": 0.01, "altitude_m": 0.1, "heart_rate": 1, "power_w": 1, "cadence": 0.5}


def test_distance_still_never_falls() -> None:
    distance = np.cumsum(np.full(3600, 2.777))
    back = unpack(pack(Series(time_s=np.arange(3600), moving=np.ones(3600, dtype=np.bool_), distance_m=distance)))

    assert back.distance_m is not None
    assert (np.diff(back.distance_m) >= 0).all()


def test_an_hour_stays_under_twenty_kilobytes() -> None:
    chance = np.random.default_rng(7)
    rows = 3600
    hour = Series(
        time_s=np.arange(rows),
        moving=np.ones(rows, dtype=np.bool_),
        distance_m=np.cumsum(8 + chance.normal(0, 0.3, rows)),
        speed_mps=8 + np.cumsum(chance.normal(0, 0.05, rows)),
        altitude_m=100 + np.cumsum(chance.normal(0, 0.1, rows)),
        heart_rate=np.rint(140 + np.cumsum(chance.normal(0, 0.2, rows))),
        power_w=200 + chance.normal(0, 30, rows),
        cadence=np.rint(chance.normal(88, 1, rows)),
    )

    assert len(pack(hour)) < 20_000


@pytest.mark.parametrize(
    ("packed", "message"),
    [(b"", "not a packed series"), (b"PK\x03\x04 something else", "not a packed"), (b"SRS\x63" + b"\0" * 20, "version 99")],
)
def test_anything_else_is_refused(packed: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        unpack(packed)
