"""The ledger while the database is away, through a real proxy that breaks its connections."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pymongo
import pytest
from pydantic import SecretStr
from pymongo.errors import PyMongoError

from app.database import Database, open_database
from app.patience import left_s, within
from app.settings import MongoSettings, Settings
from app.usage.repository import UsageRepository
from app.usage.settling import PatientLedger
from tests.app.storage import StorageProxy
from tests.app.usage.test_repository import pending, settled, total


@asynccontextmanager
async def behind(proxy: StorageProxy, settings: Settings, database: Database, wait_s: float = 0.1) -> AsyncIterator[PatientLedger]:
    mongo = MongoSettings(uri=SecretStr(proxy.uri), data_dir=settings.mongo.data_dir)
    async with open_database(mongo, database.name) as through:
        ledger = PatientLedger(UsageRepository(through), wait_s=wait_s)
        async with ledger.running():
            yield ledger


async def test_what_could_not_be_settled_is_settled_beside_the_request(mongodb_uri: str, settings: Settings, database: Database) -> None:
    with StorageProxy(mongodb_uri) as proxy:
        async with behind(proxy, settings, database) as ledger:
            await ledger.open(pending())
            proxy.cut()
            await ledger.settle(settled())
            assert ledger.waiting == 1

            proxy.mend()
            while ledger.waiting:  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.05)

    used = await total(UsageRepository(database))
    assert used is not None
    assert (used.attempts, used.cost_micro_usd) == (1, 3_500)


async def test_the_deadline_of_a_request_does_not_bind_what_is_settled_beside_it(
    mongodb_uri: str, settings: Settings, database: Database
) -> None:
    with StorageProxy(mongodb_uri) as proxy:
        async with behind(proxy, settings, database) as ledger:
            await ledger.open(pending())
            proxy.cut()
            with pymongo.timeout(0.2):
                await ledger.settle(settled())
                await asyncio.sleep(0.3)
            proxy.mend()
            while ledger.waiting:  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.05)

    used = await total(UsageRepository(database))
    assert used is not None
    assert used.cost_micro_usd == 3_500


async def test_settling_leaves_the_request_some_of_its_time(mongodb_uri: str, settings: Settings, database: Database) -> None:
    with StorageProxy(mongodb_uri) as proxy:
        async with behind(proxy, settings, database, wait_s=60) as ledger:
            await ledger.open(pending())
            proxy.cut()
            with within(time.monotonic() + 2):
                await ledger.settle(settled())
                assert left_s() > 0
            assert ledger.waiting == 1
            proxy.mend()


async def test_no_call_is_opened_while_the_database_stays_away(mongodb_uri: str, settings: Settings, database: Database) -> None:
    with StorageProxy(mongodb_uri) as proxy:
        async with behind(proxy, settings, database) as ledger:
            proxy.cut()
            with pymongo.timeout(0.3), pytest.raises(PyMongoError):
                await ledger.open(pending())


async def test_a_row_whose_acknowledgement_was_lost_is_opened_once(mongodb_uri: str, settings: Settings, database: Database) -> None:
    with StorageProxy(mongodb_uri) as proxy:
        async with behind(proxy, settings, database) as ledger:
            proxy.delay_s = 0.3
            opening = asyncio.create_task(ledger.open(pending()))
            while await database["attempts"].count_documents({}) == 0:  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.01)
            proxy.cut()
            proxy.delay_s = 0.0
            proxy.mend_after(0.3)
            await opening

    assert await database["attempts"].count_documents({"open": True}) == 1
