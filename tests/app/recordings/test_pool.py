"""The pool: a file that hangs or kills its worker fails alone."""

import asyncio

import numpy as np
import pytest

from app.recordings.decode import decode
from app.recordings.pool import DecodingPool
from chains.errors import RecordingError
from tests.app.recordings.crashing import work
from tests.app.recordings.test_decode import GPX


async def test_a_worker_decodes_as_we_would() -> None:
    async with DecodingPool(workers=1) as pool:
        (theirs,) = await pool.decode("a.gpx", GPX)
        with pytest.raises(RecordingError, match="neither"):
            await pool.decode("a.txt", b"hello")

    (ours,) = decode("a.gpx", GPX)
    assert theirs.started_at == ours.started_at
    assert theirs.series.distance_m is not None
    assert ours.series.distance_m is not None
    assert np.array_equal(theirs.series.distance_m, ours.series.distance_m)


async def test_a_file_that_kills_its_worker_fails_alone_and_the_pool_goes_on() -> None:
    async with DecodingPool(workers=2) as pool:
        first = await asyncio.gather(
            *(pool.read(work, name, b"123") for name in ("a", "kills", "b", "c")),
            return_exceptions=True,
        )
        after = await pool.read(work, "d", b"1")

    assert [r for r in first if isinstance(r, str)] == ["a: 3", "b: 3", "c: 3"]
    assert [type(r) for r in first if not isinstance(r, str)] == [RecordingError]
    assert after == "d: 1"


async def test_the_pool_is_renewed_after_a_crash() -> None:
    async with DecodingPool(workers=1) as pool:
        with pytest.raises(RecordingError):
            await pool.read(work, "kills", b"")
        first, second = await pool.read(work, "who", b""), await pool.read(work, "who", b"")

    assert first == second


async def test_a_file_that_takes_too_long_is_stopped() -> None:
    async with DecodingPool(workers=1, file_s=0.5) as pool:
        with pytest.raises(RecordingError, match="too long"):
            await pool.read(work, "sleeps", b"")
        assert await pool.read(work, "a", b"") == "a: 0"


async def test_a_file_that_does_not_listen_is_ended_by_the_system() -> None:
    async with DecodingPool(workers=1, file_s=0.3) as pool:
        with pytest.raises(RecordingError, match="share of time"):
            await pool.read(work, "deaf", b"")
        assert await pool.read(work, "a", b"") == "a: 0"
