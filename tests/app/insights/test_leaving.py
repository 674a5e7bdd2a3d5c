"""Readers who leave, come back, or read from another replica; replicas that die. Over real connections."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from app.database import Database
from app.insights.jobs import INSIGHT_JOB
from app.jobs.events import Event, EventName, EventRepository
from app.jobs.job import Job, JobState
from app.jobs.repository import LEASE, JobRepository
from app.settings import Settings
from tests.app.insights.live import Live, followed, live, names, streamed, streaming
from tests.app.insights.training import Headers, with_training
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import says

REPLY = {
    "headline": "Your week in one number",
    "observations": ["You covered {week.distance} so far.", "It took {week.moving_time}."],
    "actions": [],
    "question": None,
}
GOOD = json.dumps(REPLY)
PIECES, PAUSE_S = 20, 0.05
"""A stream that takes a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One athlete, one double, one database, and as many replicas as a test opens."""

    settings: Settings
    database: Database
    provider: ProviderDouble
    ada: Headers
    stack: AsyncExitStack

    async def replica(self, *, grace_s: float = 15.0) -> Live:
        return await self.stack.enter_async_context(live(self.settings, self.database.name, grace_s=grace_s))

    async def ended(self, job_id: str) -> dict[str, Any]:
        async with asyncio.timeout(20):
            while True:
                job = await self.database["jobs"].find_one({"_id": job_id})
                if job is not None and job["state"] in {"done", "failed"}:
                    return job
                await asyncio.sleep(0.02)

    async def stored(self) -> int:
        return await self.database["insights"].count_documents({})


@pytest.fixture
async def world(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: Callable[..., Headers]
) -> AsyncIterator[World]:
    provider.always("openai", says(GOOD, chunks=PIECES, pause_s=PAUSE_S))
    async with AsyncExitStack() as stack:
        yield World(
            settings=replace(settings, models=settings_for(provider)),
            database=database,
            provider=provider,
            ada=token_for("ada"),
            stack=stack,
        )


async def read_until(client: httpx.AsyncClient, ada: Headers, name: str) -> str:
    """Reads so far and breaks the connection. The job's id."""
    job_id = ""
    async with streaming(client, ada) as events:
        async for event in events:
            job_id = job_id or event.data["job_id"]
            if event.name == name:
                break
    return job_id


@pytest.mark.parametrize("last_read", ["facts", "headline", "insight"])
async def test_a_reader_who_leaves_misses_nothing(world: World, last_read: str) -> None:
    one = await world.replica()
    await with_training(one.client, world.ada)

    job_id = await read_until(one.client, world.ada, last_read)
    job = await world.ended(job_id)
    told = await followed(one.client, world.ada, job_id)

    assert job["state"] == "done"
    assert names(told) == ["facts", "headline", "observation", "observation", "insight"]
    assert world.provider.calls("openai") == await world.stored() == 1


@pytest.mark.parametrize("last_read", ["facts", "headline"])
async def test_what_nobody_waits_for_is_given_up_and_booked(world: World, last_read: str) -> None:
    world.provider.script("openai", says(GOOD, chunks=PIECES, pause_s=0.5))
    one = await world.replica(grace_s=0.2)
    await with_training(one.client, world.ada)

    job_id = await read_until(one.client, world.ada, last_read)
    job = await world.ended(job_id)
    told = await followed(one.client, world.ada, job_id)
    attempts = [row async for row in world.database["attempts"].find({})]

    assert (job["state"], await world.stored()) == ("failed", 0)
    assert (told[-1].name, told[-1].data["status"]) == ("error", 410)
    assert [(row["outcome"], row["estimated"]) for row in attempts] == [("cancelled", True)]
    assert attempts[0]["cost_micro_usd"] > 0
    assert not [task for task in asyncio.all_tasks() if job_id in task.get_name()]


async def test_a_reader_who_comes_back_keeps_it_alive(world: World) -> None:
    one = await world.replica(grace_s=0.3)
    await with_training(one.client, world.ada)

    job_id = await read_until(one.client, world.ada, "headline")
    rest = await followed(one.client, world.ada, job_id, after=2)

    assert names(rest) == ["observation", "observation", "insight"]
    assert [event.id for event in rest] == [3, 4, 5]


async def test_another_replica_tells_the_same_and_keeps_it_alive(world: World) -> None:
    one, other = await world.replica(grace_s=0.6), await world.replica(grace_s=0.6)
    await with_training(one.client, world.ada)

    job_id = await read_until(one.client, world.ada, "facts")
    from_afar = await followed(other.client, world.ada, job_id)
    again = await followed(one.client, world.ada, job_id)

    assert names(from_afar) == ["facts", "headline", "observation", "observation", "insight"]
    assert from_afar == again
    assert world.provider.calls("openai") == 1


async def test_two_readers_of_one_job_are_told_the_same(world: World) -> None:
    one = await world.replica()
    await with_training(one.client, world.ada)

    async with streaming(one.client, world.ada) as events:
        first = await anext(events)
        second = asyncio.create_task(followed(one.client, world.ada, first.data["job_id"]))
        told = [first, *[event async for event in events]]

    assert await second == told


async def test_the_stream_of_a_replica_that_died_is_taken_over(world: World) -> None:
    one = await world.replica()
    await with_training(one.client, world.ada)
    died_at = datetime.now(UTC) - LEASE
    job = Job(
        id="of-the-dead",
        athlete_id="ada",
        type=INSIGHT_JOB,
        state=JobState.RUNNING,
        payload={"kind": "weekly_review"},
        attempts=1,
        created_at=died_at,
        updated_at=died_at,
    )
    half = [Event(number=1, name=EventName.FACTS, data={"facts": []}), Event(number=2, name=EventName.HEADLINE, data={"text": "Half"})]
    await EventRepository(world.database).add("ada", job.id, 1, half, died_at)
    await JobRepository(world.database).add_begun(job, "dead replica")

    told = await followed(one.client, world.ada, job.id, after=2)

    assert names(told) == ["reset", "facts", "headline", "observation", "observation", "insight"]
    assert [event.id for event in told] == [3, 4, 5, 6, 7, 8]
    assert (await world.ended(job.id))["result"] == {"insight_id": told[-1].data["id"]}
    assert await world.stored() == 1


async def test_an_insight_that_cannot_be_stored_is_an_error_and_never_shown(world: World) -> None:
    one = await world.replica()
    await with_training(one.client, world.ada)
    await world.database.command("collMod", "insights", validator={"never": True})
    try:
        told = await streamed(one.client, world.ada)
    finally:
        await world.database.command("collMod", "insights", validator={})

    assert names(told) == ["facts", "headline", "observation", "observation", "error"]
    assert told[-1].data["status"] == 500
    assert told[-1].data["request_id"]
    assert (await world.ended(told[0].data["job_id"]))["state"] == "failed"
    assert await world.stored() == 0


async def test_a_replica_that_stops_hands_its_work_on(world: World) -> None:
    world.provider.script("openai", says(GOOD, chunks=PIECES, pause_s=0.5))
    async with live(world.settings, world.database.name) as one:
        await with_training(one.client, world.ada)
        job_id = await read_until(one.client, world.ada, "facts")
    other = await world.replica()

    told = await followed(other.client, world.ada, job_id)

    assert told[-1].name == "insight"
    assert await world.stored() == 1
