"""What an operator's tools see."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx
import pymongo
from pydantic import SecretStr

from app.database import Database
from app.main import create_app
from app.resources import open_resources
from app.settings import MongoSettings, Settings
from tests.app.insights.training import with_training
from tests.app.storage import StorageProxy
from tests.app.test_mongod import kill
from tests.conftest import api_with
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import fails

TokenFor = Callable[..., dict[str, str]]


async def test_live_and_ready(api: httpx.AsyncClient) -> None:
    live, ready = await api.get("/livez"), await api.get("/readyz")

    assert (live.status_code, live.json()) == (200, {"status": "ok"})
    assert ready.status_code == 200
    assert ready.json()["parts"]["mongodb"]["status"] == "ok"


async def test_metrics_count_requests_by_template(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    for day in ("2026-05-01", "2026-05-02"):
        await api.get(f"/api/wellness/{day}", headers=token_for("ada"))

    metrics = (await api.get("/metrics")).text

    assert 'insights_http_requests_total{method="GET",route="/api/wellness/{date}",status="404"} 2.0' in metrics
    assert 'insights_http_request_seconds_count{method="GET",route="/api/wellness/{date}"} 2.0' in metrics
    assert "2026-05-01" not in metrics


async def test_an_outage_is_503_until_the_database_is_back(
    mongodb_uri: str, settings: Settings, database: Database, token_for: TokenFor
) -> None:
    headers = token_for("ada")
    with StorageProxy(mongodb_uri) as proxy:
        behind = replace(settings, mongo=MongoSettings(uri=SecretStr(proxy.uri), data_dir=settings.mongo.data_dir))
        async with api_with(behind, database.name) as api:
            await api.put("/api/wellness/2026-05-01", json={"feel": 4}, headers=headers)
            proxy.cut()

            ready, live = await api.get("/readyz"), await api.get("/livez")
            assert (ready.status_code, live.status_code) == (503, 200)
            assert ready.json()["parts"]["mongodb"]["status"] == "away"
            with pymongo.timeout(1.0):  # instead of the ten seconds that a request would wait
                away = await api.put("/api/wellness/2026-05-02", json={"feel": 4}, headers=headers)
            assert (away.status_code, away.json()["type"]) == (503, "/problems/unavailable")
            assert int(away.headers["retry-after"]) > 0

            proxy.mend()
            back = await api.get("/api/wellness/2026-05-01", headers=headers)
            assert (back.status_code, back.json()["feel"]) == (200, 4)


async def test_an_embedded_database_that_is_killed_comes_back_by_itself(settings: Settings, token_for: TokenFor, tmp_path: Path) -> None:
    headers = token_for("ada")
    home = MongoSettings(uri=None, data_dir=tmp_path)
    app = create_app(replace(settings, mongo=home), open_world=open_resources)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x") as api:
        await api.put("/api/wellness/2026-05-01", json={"feel": 4}, headers=headers)
        kill(tmp_path)

        back = await api.get("/api/wellness/2026-05-01", headers=headers)

    assert (back.status_code, back.json()["feel"]) == (200, 4)


async def test_a_model_that_is_left_alone_is_told_and_does_not_make_the_service_unready(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.always("openai", fails(401))
    models = settings_for(provider, route="openai:gpt-4o")
    async with api_with(replace(settings, models=models), database.name) as api:
        await with_training(api, token_for("ada"))
        await api.post("/api/insights/generate", json={"kind": "weekly_review"}, headers=token_for("ada"))
        ready = await api.get("/readyz")

    assert (ready.status_code, ready.json()["status"], ready.json()["left_alone"]) == (200, "ok", ["openai:gpt-4o"])


async def test_two_applications_share_no_metrics(settings: Settings, database: Database) -> None:
    apps = [create_app(settings, open_world=partial(open_resources, database_name=database.name)) for _ in range(2)]

    assert apps[0].state.metrics.registry is not apps[1].state.metrics.registry
