"""The one MongoDB client, its guarantees and its indexes."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

from pymongo import AsyncMongoClient, IndexModel
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import ConfigurationError

from app.activities import repository as activities
from app.history import repository as history
from app.imports import spool
from app.insights import repository as insights
from app.jobs import events as job_events
from app.jobs import repository as jobs
from app.mongod import embedded_mongod
from app.profile import repository as profile
from app.settings import MongoSettings
from app.startup import SettingsError
from app.together import together
from app.usage import repository as usage
from app.wellness import repository as wellness

Document = dict[str, Any]
Database = AsyncDatabase[Document]

DEFAULT_NAME = "insights"

OPERATION_LIMIT_MS = 10_000
"""Every operation is over by then, retries and the choice of a server included."""

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    **activities.INDEXES,
    **history.INDEXES,
    **jobs.INDEXES,
    **job_events.INDEXES,
    **spool.INDEXES,
    **profile.INDEXES,
    **wellness.INDEXES,
    **insights.INDEXES,
    **usage.INDEXES,
}


@asynccontextmanager
async def open_database(settings: MongoSettings, name: str | None = None) -> AsyncIterator[Database]:
    """The database of the URI (or `name`), on an embedded mongod if no URI is set.

    Acknowledged means durable: every write waits for a majority and its journal.
    Raises StartupError; a server that is away shows with the first operation.
    """
    async with AsyncExitStack() as stack:
        uri = (
            settings.uri.get_secret_value()
            if settings.uri
            else await stack.enter_async_context(_in_thread(embedded_mongod(settings.data_dir)))
        )
        client = await stack.enter_async_context(_connect(uri))
        yield client[name] if name else client.get_default_database(DEFAULT_NAME)


async def ensure_indexes(database: Database) -> None:
    """Create what is missing; nothing happens where all are there. A server that is away costs one operation's limit, not one for each."""
    await database.command("ping")
    async with together() as creations:
        for collection, indexes in INDEXES.items():
            creations.create_task(database[collection].create_indexes(list(indexes)))


def _connect(uri: str) -> AsyncMongoClient[Document]:
    try:
        return AsyncMongoClient(uri, appname="insights", tz_aware=True, w="majority", journal=True, timeoutMS=OPERATION_LIMIT_MS)
    except (ConfigurationError, ValueError) as invalid:
        raise SettingsError("MONGODB_URI", "is no valid MongoDB connection string") from invalid


@asynccontextmanager
async def _in_thread(manager: AbstractContextManager[str]) -> AsyncIterator[str]:
    """A blocking context manager, entered and left off the event loop."""
    value = await asyncio.to_thread(manager.__enter__)
    try:
        yield value
    finally:
        await asyncio.to_thread(manager.__exit__, None, None, None)
