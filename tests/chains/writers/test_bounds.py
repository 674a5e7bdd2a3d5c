"""Answers without measure: each ends in a fault, after little of it was read and less was kept."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chains.attempt import Outcome
from chains.errors import ProviderFault
from chains.writers.bounds import MAX_BODY
from tests.chains.writers.asking import PROVIDERS, ask, writer_of
from tests.chains.writing import GOOD
from tests.provider.double import ProviderDouble
from tests.provider.turn import Turn, fails, says
from tests.provider.wire import bomb

FLOOD = 200_000_000
KEPT = 16_000_000
"""Bytes that one call may hold at its worst, the client library's own copies of the body included."""

plain_and_streamed = pytest.mark.parametrize("streamed", [False, True], ids=["plain", "streamed"])
both = pytest.mark.parametrize("name", PROVIDERS)


@contextmanager
def little_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < KEPT


async def flooded(double: ProviderDouble, name: str, turn: Turn, *, streamed: bool) -> ProviderFault:
    """The fault of this turn; a good one comes before it, for what the client libraries load at their first call."""
    bomb()
    double.script(name, says(GOOD), turn)
    async with writer_of(double, name) as writer:
        await ask(writer, streamed=streamed)
        with little_memory():
            asked = await ask(writer, streamed=streamed)
    assert double.calls(name) == 2
    assert asked.fault is not None
    return asked.fault


@both
@plain_and_streamed
@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(says("", flood=FLOOD), id="200 MB"),
        pytest.param(says("", flood=10**15), id="endless"),
        pytest.param(Turn(bomb=True), id="gzip bomb"),
        pytest.param(says("x" * (5 * MAX_BODY), chunks=2), id="long lines"),
    ],
)
async def test_what_is_longer_than_any_reply_is_none(provider: ProviderDouble, name: str, turn: Turn, streamed: bool) -> None:
    fault = await flooded(provider, name, turn, streamed=streamed)

    assert (fault.outcome, fault.maybe_billed) == (Outcome.OFF_SCHEMA, True)


@both
@plain_and_streamed
@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(fails(503, flood=FLOOD), id="200 MB"),
        pytest.param(Turn(status=503, bomb=True), id="gzip bomb"),
    ],
)
async def test_the_status_of_a_failure_counts_however_long_it_is(
    provider: ProviderDouble, name: str, turn: Turn, streamed: bool
) -> None:  # fmt: skip
    fault = await flooded(provider, name, turn, streamed=streamed)

    assert fault.outcome == Outcome.UNAVAILABLE
