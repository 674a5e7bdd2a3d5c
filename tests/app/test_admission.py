"""Who is admitted to generation, who waits and who is sent away."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from app.admission import Admission, AdmissionControl, kept, waited_s
from app.database import Database
from app.errors import Overloaded
from app.metrics import Metrics
from app.settings import LoadSettings, Settings
from tests.app.insights.training import Headers, with_training
from tests.conftest import api_with
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import stalls

TokenFor = Callable[..., Headers]
GENERATE = "/api/insights/generate"


def limits(*, in_flight: int = 2, queue: int = 1, per_athlete: int = 2) -> LoadSettings:
    return LoadSettings(max_in_flight=in_flight, max_queue=queue, max_per_athlete=per_athlete)


class Clock:
    """Stands still unless it is moved."""

    def __init__(self) -> None:
        self.at_s = 100.0

    def __call__(self) -> float:
        return self.at_s


async def turns(times: int = 5) -> None:
    """The event loop goes round."""
    for _ in range(times):
        await asyncio.sleep(0)


async def test_few_make_their_facts_at_once_however_many_generate() -> None:
    admission = Admission(limits(in_flight=8, queue=8), preparing=2)
    entering = [asyncio.create_task(admission.enter()) for _ in range(5)]
    await turns()
    assert (admission.in_flight, admission.waiting) == (2, 3)

    entering[0].result().prepared()
    entering[0].result().prepared()  # said twice, it counts once
    await turns()

    assert (admission.in_flight, admission.waiting) == (3, 2)
    assert entering[2].done()


async def test_one_who_leaves_before_its_facts_are_there_gives_both_places_on() -> None:
    admission = Admission(limits(in_flight=8, queue=8), preparing=1)
    with await admission.enter():
        second = asyncio.create_task(admission.enter())
        await turns()
        assert admission.waiting == 1
    with await second:
        assert (admission.in_flight, admission.waiting) == (1, 0)


async def test_whoever_waits_for_the_database_keeps_nobody_from_the_processor() -> None:
    admission = Admission(limits(in_flight=8, queue=8), preparing=1, preparing_s=0.1)
    with await admission.enter(), await admission.enter():
        assert admission.in_flight == 2


async def test_whoever_was_let_in_begins_though_no_place_gets_free() -> None:
    admission = Admission(limits(in_flight=1, queue=1), longest_wait_s=0.1)
    with await admission.enter():
        with await admission.enter():
            assert (admission.in_flight, admission.waiting) == (2, 0)
        assert admission.in_flight == 1


async def test_whoever_finds_no_place_in_the_queue_is_sent_away() -> None:
    admission = Admission(limits(in_flight=1, queue=1))
    with await admission.enter():
        waiting = asyncio.create_task(admission.enter())
        await turns()
        with pytest.raises(Overloaded):
            await admission.enter()
    with await waiting:
        assert (admission.in_flight, admission.waiting) == (1, 0)

    assert admission.in_flight == 0


async def test_those_who_wait_come_in_order() -> None:
    admission, order = Admission(limits(in_flight=1, queue=3)), list[int]()

    async def come(number: int) -> None:
        with await admission.enter():
            order.append(number)
            await turns(2)

    await asyncio.gather(*(come(number) for number in range(4)))

    assert order == [0, 1, 2, 3]


async def test_whoever_would_wait_too_long_is_sent_away_on_arrival() -> None:
    clock = Clock()
    admission = Admission(limits(in_flight=1, queue=10), now=clock)
    with await admission.enter():
        clock.at_s += 12  # it stands still

        with pytest.raises(Overloaded) as overloaded:
            await admission.enter()

    assert overloaded.value.retry_after_s == 6


async def test_one_who_leaves_the_queue_leaves_no_gap() -> None:
    admission = Admission(limits(in_flight=1, queue=2))
    with await admission.enter():
        first, second = (asyncio.create_task(admission.enter()) for _ in range(2))
        await turns()
        first.cancel()
        await turns()
        assert admission.waiting == 1
    with await second:
        pass

    assert (admission.in_flight, admission.waiting) == (0, 0)


async def test_one_who_leaves_in_the_moment_of_admission_gives_the_place_on() -> None:
    admission = Admission(limits(in_flight=1, queue=2))
    slot = await admission.enter()
    first, second = (asyncio.create_task(admission.enter()) for _ in range(2))
    await turns()
    with slot:
        pass
    await asyncio.sleep(0)
    first.cancel()
    with await second:
        assert admission.in_flight == 1
    await turns()

    assert (admission.in_flight, admission.waiting) == (0, 0)


def controlled(app: ASGIApp, admission: Admission) -> httpx.AsyncClient:
    layer = AdmissionControl(app, admission, Metrics())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=layer), base_url="http://insights.test")


async def test_a_generation_that_outlives_its_response_keeps_its_place() -> None:
    admission, goes_on = Admission(limits(in_flight=1, queue=0)), asyncio.Event()
    work: list[asyncio.Task[None]] = []

    async def generate() -> None:
        with kept():
            await goes_on.wait()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        work.append(asyncio.create_task(generate()))
        await turns()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async with controlled(app, admission) as client:
        first, second = await client.post(GENERATE), await client.post(GENERATE)
        goes_on.set()
        await work[0]
        third = await client.post(GENERATE)
        await work[1]

    assert [first.status_code, second.status_code, third.status_code] == [200, 503, 200]
    assert admission.in_flight == 0


async def test_the_deadline_counts_from_the_arrival() -> None:
    admission, waited = Admission(limits(in_flight=1, queue=1)), list[float]()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        waited.append(waited_s())
        await asyncio.sleep(0.2)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async with controlled(app, admission) as client:
        await asyncio.gather(client.post(GENERATE), client.post(GENERATE))

    assert waited[0] < 0.1 < waited[1]
    assert waited_s() == 0.0


@asynccontextmanager
async def full_house(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor, load: LoadSettings
) -> AsyncIterator[tuple[httpx.AsyncClient, list[asyncio.Task[httpx.Response]]]]:
    """The API with two generations under way, of two athletes, whose models are silent until the end of the block."""
    provider.always("openai", stalls())
    models = settings_for(provider, route="openai:gpt-4o", call_s=60)
    async with api_with(replace(settings, models=models, load=load), database.name) as api:
        for athlete in ("ada", "grace"):
            await with_training(api, token_for(athlete))
        under_way = [
            asyncio.create_task(api.post(GENERATE, json={"kind": "weekly_review"}, headers=token_for(athlete)))
            for athlete in ("ada", "grace")
        ]
        await asyncio.to_thread(provider.wait_for, 2)
        yield api, under_way
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def test_too_much_at_once_is_a_problem_that_says_when_to_come_back(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    async with full_house(settings, database, provider, token_for, limits(queue=0)) as (api, _):
        shed = await api.post(GENERATE, json={"kind": "progress"}, headers={**token_for("ada"), "X-Request-ID": "mine"})
        read = await api.get("/api/insights/history", headers=token_for("ada"))
        live, ready, metrics = await api.get("/livez"), await api.get("/readyz"), await api.get("/metrics")

    assert (shed.status_code, shed.json()["type"], shed.json()["request_id"]) == (503, "/problems/overloaded", "mine")
    assert int(shed.headers["retry-after"]) > 0
    assert shed.headers["content-type"] == "application/problem+json"
    assert (read.status_code, live.status_code, ready.status_code) == (200, 200, 200)
    assert "insights_shed_requests_total 1.0" in metrics.text


async def test_one_athlete_does_not_take_all_places(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    async with full_house(settings, database, provider, token_for, limits(in_flight=8, per_athlete=1)) as (api, under_way):
        more = await api.post(GENERATE, json={"kind": "progress"}, headers=token_for("ada"))
        assert not any(task.done() for task in under_way)

    assert (more.status_code, more.json()["type"]) == (503, "/problems/overloaded")
    assert int(more.headers["retry-after"]) > 0
