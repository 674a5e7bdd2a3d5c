"""kill -9 of the service while a model is writing: nothing half-stored, and its cost is booked after the restart."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from app.database import Database, open_database
from app.insights.repository import InsightRepository
from app.settings import MongoSettings
from app.sweep import LATE, Sweep
from app.usage.repository import UsageRepository
from chains.bookkeeping import GRACE
from tests.app.insights.training import with_training
from tests.app.server import serving
from tests.app.test_server import environment_of, generating, headers_of
from tests.provider.double import ProviderDouble
from tests.provider.turn import stalls

CALL = timedelta(seconds=20)
"""No call is given more: the deadline of a request, as the settings have it."""


async def test_a_killed_service_leaves_nothing_half_stored_and_no_cost_unbooked(provider: ProviderDouble, tmp_path: Path) -> None:
    ada = headers_of("ada", tmp_path)
    provider.always("openai", stalls())
    with serving(tmp_path, environment=environment_of(provider)) as server:
        async with httpx.AsyncClient(base_url=server.url) as client:
            await with_training(client, ada)
        asked = asyncio.create_task(generating(server, ada, "weekly_review"))
        await asyncio.to_thread(provider.wait_for, 1)
        await asyncio.to_thread(server.stop, signal.SIGKILL)
        with pytest.raises(httpx.TransportError):
            await asked

    async with open_database(MongoSettings(uri=None, data_dir=tmp_path)) as database:
        assert await counts(database) == {"insights": 0, "evidence": 0, "attempts": 1}
        await swept(database, datetime.now(UTC))
        assert await booked(database) is None, "it may be under way on another replica"
        for _ in range(2):
            await swept(database, datetime.now(UTC) + CALL + GRACE + LATE + timedelta(seconds=1))
        cost = await booked(database)

    assert cost is not None
    assert cost > 0


async def counts(database: Database) -> dict[str, int]:
    return {name: await database[name].count_documents({}) for name in ("insights", "evidence", "attempts")}


async def swept(database: Database, now: datetime) -> None:
    await Sweep(ledger=UsageRepository(database), insights=InsightRepository(database), now=lambda: now).round()


async def booked(database: Database) -> int | None:
    today = datetime.now(UTC).date()
    rows = await UsageRepository(database).by_model(today - timedelta(days=1), today)
    return rows[0].cost_micro_usd if rows else None
