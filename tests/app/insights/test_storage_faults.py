"""The database slow, away for a moment or away for good while an insight is made."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx
from pydantic import SecretStr

from app.database import Database
from app.insights.repository import InsightRepository
from app.settings import MongoSettings, Settings
from tests.app.insights.test_models import TRUE
from tests.app.insights.training import Headers, with_training, written
from tests.app.storage import StorageProxy
from tests.conftest import api_with
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import says

TokenFor = Callable[..., Headers]
NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)


@asynccontextmanager
async def ada_behind(
    proxy: StorageProxy, settings: Settings, database: Database, provider: ProviderDouble, headers: Headers, deadline_s: float
) -> AsyncIterator[Callable[[], asyncio.Task[httpx.Response]]]:
    """Ada's training is stored; calling what is yielded asks for an insight."""
    models = settings_for(provider).model_copy(update={"deadline_s": deadline_s})
    mongo = MongoSettings(uri=SecretStr(proxy.uri), data_dir=settings.mongo.data_dir)
    async with api_with(replace(settings, models=models, mongo=mongo), database.name) as api:
        await with_training(api, headers)
        post = partial(api.post, "/api/insights/generate", json={"kind": "weekly_review"}, headers=headers)
        yield lambda: asyncio.create_task(post())


async def test_an_outage_midway_that_ends_in_time_costs_nothing(
    mongodb_uri: str, settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.always("openai", says(TRUE, delay_s=0.3))
    with StorageProxy(mongodb_uri) as proxy:
        async with ada_behind(proxy, settings, database, provider, token_for("ada", admin=True), 20.0) as ask:
            asked = ask()
            await asyncio.to_thread(provider.wait_for, 1)
            proxy.cut()
            proxy.mend_after(1.5)
            answer = await asked

    assert (answer.status_code, answer.json()["source"]) == (201, "model")
    assert [i["_id"] async for i in database["insights"].find()] == [answer.json()["id"]]
    assert await database["evidence"].count_documents({}) == 1
    [call] = [a async for a in database["attempts"].find({"provider": "openai"})]
    assert (call["outcome"], "open" in call) == ("ok", False)


async def test_an_outage_that_outlasts_the_deadline_is_told_and_nothing_is_stored(
    mongodb_uri: str, settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.always("openai", says(TRUE, delay_s=0.3))
    with StorageProxy(mongodb_uri) as proxy:
        async with ada_behind(proxy, settings, database, provider, token_for("ada"), 3.0) as ask:
            asked = ask()
            await asyncio.to_thread(provider.wait_for, 1)
            proxy.cut()
            answer = await asked
            proxy.mend()

    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert await database["insights"].count_documents({}) == 0


async def test_a_slow_database_makes_no_request_last_longer_than_its_deadline(
    mongodb_uri: str, settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.always("openai", says(TRUE))
    with StorageProxy(mongodb_uri) as proxy:
        async with ada_behind(proxy, settings, database, provider, token_for("ada"), 2.0) as ask:
            proxy.delay_s = 1.0
            async with asyncio.timeout(5):
                answer = await ask()
            proxy.delay_s = 0.0

    assert answer.status_code == 503


async def test_evidence_of_an_insight_that_was_never_stored_is_dropped(database: Database) -> None:
    insights = InsightRepository(database)
    stored, lost = written("ada", NOW), written("ada", NOW)
    await insights.add(replace(stored, insight=replace(stored.insight, id="stored")))
    await insights.add(replace(lost, insight=replace(lost.insight, id="lost")))
    await database["insights"].delete_one({"_id": "lost"})

    assert await insights.drop_loose_evidence(NOW) == 0, "not yet: it may be under way"
    assert [await insights.drop_loose_evidence(NOW + timedelta(hours=1)) for _ in range(2)] == [1, 0]

    assert [e["_id"] async for e in database["evidence"].find()] == ["stored"]
    assert await database["evidence"].count_documents({"loose_since": {"$exists": True}}) == 0
