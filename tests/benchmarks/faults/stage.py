"""The running service, one process of it, with two scripted providers and a real database, and one athlete in it."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
from pydantic import SecretStr
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase

from app.auth import issue_token
from app.breakers.sync import EVERY_S
from app.settings import AuthSettings, ModelSettings, MongoSettings, Settings, TraceSettings
from tests.app.insights.training import four_months
from tests.app.server import Server
from tests.benchmarks.faults.replies import PARTIES
from tests.provider.double import ProviderDouble
from tests.provider.keys import GOOGLE_KEY, OPENAI_KEY

SECRET = "a secret for benchmarks only, long enough for HS256"
ATHLETE = "ada"

Document = dict[str, Any]
NO_MORE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Limits of the service, shortened; seconds."""

    deadline: float = 6.0
    call: float = 1.5
    first_token: float = 1.0
    idle: float = 0.7

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            "INSIGHTS_DEADLINE_S": str(self.deadline),
            "INSIGHTS_CALL_S": str(self.call),
            "INSIGHTS_FIRST_TOKEN_S": str(self.first_token),
            "INSIGHTS_IDLE_S": str(self.idle),
            "INSIGHTS_DRAIN_S": "0",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """All that a scenario needs."""

    client: httpx.AsyncClient
    server: Server
    double: ProviderDouble
    database: AsyncDatabase[Document]
    times: Times


def headers_of(athlete_id: str) -> dict[str, str]:
    """A token that a service of the benchmark accepts."""
    settings = Settings(
        mongo=MongoSettings(uri=None),
        auth=AuthSettings(jwt_secret=SecretStr(SECRET), jwks_file=None),
        models=ModelSettings(openai_api_key=None, google_api_key=None),
        traces=TraceSettings(enabled=False),
    )
    return {"Authorization": f"Bearer {issue_token(settings, athlete_id, admin=True)}"}


def environment_of(double: ProviderDouble, database_uri: str, times: Times) -> dict[str, str]:
    routes = {f"INSIGHTS_ROUTE_{party.kind.value.upper()}": party.route for party in PARTIES}
    return {
        "MONGODB_URI": database_uri,
        "INSIGHTS_JWT_SECRET": SECRET,
        "OPENAI_API_KEY": OPENAI_KEY,
        "OPENAI_BASE_URL": double.openai_url,
        "GOOGLE_API_KEY": GOOGLE_KEY,
        "GOOGLE_BASE_URL": double.google_url,
        **times.environment,
        **routes,
    }


def uri_of(mongod_uri: str, name: str) -> str:
    """The same server, another database."""
    return mongod_uri.replace("/?", f"/{name}?")


@asynccontextmanager
async def staged(
    folder: Path,
    database_uri: str,
    *,
    times: Times | None = None,
    direct_uri: str | None = None,
    remembers: bool = False,
    more: Mapping[str, str] = NO_MORE,
) -> AsyncIterator[Stage]:
    """A service of its own on a database; `direct_uri` where its own way there is not to be ours. It forgets unless it `remembers`;
    `more` settings as in the environment."""
    chosen = times or Times()
    with ProviderDouble() as double:
        async with AsyncMongoClient[Document](direct_uri or database_uri, tz_aware=True) as mongo:
            database = mongo.get_default_database()
            if not remembers:
                await forget(database)
            server = _server(folder, environment_of(double, database_uri, chosen) | dict(more))
            try:
                await asyncio.to_thread(server.wait)
                async with httpx.AsyncClient(base_url=server.url, timeout=60, headers=headers_of(ATHLETE)) as client:
                    await with_athlete(client)
                    yield Stage(client=client, server=server, double=double, database=database, times=chosen)
            finally:
                if server.process.poll() is None:
                    await asyncio.to_thread(server.stop)


def _server(folder: Path, environment: Mapping[str, str]) -> Server:
    folder.mkdir(parents=True, exist_ok=True)
    return Server(folder, environment=environment)


async def forget(database: AsyncDatabase[Document]) -> None:
    """All but the athlete's training. A running service learns within a round that its breakers are closed, as if a replica had said so."""
    for name in ("insights", "evidence", "attempts", "jobs", "job_events"):
        await database[name].delete_many({})
    closed = {"state": "closed", "changed_at": time.time(), "hold_s": 0.0, "reason": "ok", "alarmed_at": 0.0}
    for party in PARTIES:
        for provider, model in party.models.items():
            await database["breakers"].replace_one({"_id": f"{provider}:{model}"}, closed, upsert=True)


async def refreshed(stage: Stage) -> None:
    """The same process, before the next scenario."""
    await forget(stage.database)
    await asyncio.sleep(1.5 * EVERY_S)


async def with_athlete(client: httpx.AsyncClient, activities: Sequence[Document] | None = None) -> None:
    """Put in through the API, once."""
    if (await client.get("/api/activities", params={"limit": 1})).json()["items"]:
        return
    answer = await client.post("/api/activities", json=list(activities or four_months()))
    answer.raise_for_status()
