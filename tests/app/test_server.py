"""The end of the service, as a real process under load meets it."""

import asyncio
import signal
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from app.auth import issue_token
from app.settings import AuthSettings, MongoSettings, Settings
from tests.app.insights.training import Headers, with_training
from tests.app.server import Server, serving
from tests.conftest import SECRET
from tests.provider.clients import BOTH
from tests.provider.double import ProviderDouble
from tests.provider.keys import GOOGLE_KEY, OPENAI_KEY
from tests.provider.turn import stalls

CLIENTS = 12


@dataclass(slots=True)
class Caller:
    """Asks again and again until the service takes no connection any more."""

    url: str
    headers: Headers
    answers: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    async def call(self, *, keeps_connection: bool) -> None:
        headers = self.headers if keeps_connection else {**self.headers, "Connection": "close"}
        async with httpx.AsyncClient(base_url=self.url, headers=headers, timeout=60) as client:
            while True:
                try:
                    answer = await client.get("/api/profile")
                except httpx.ConnectError:
                    return  # nobody listens: no request was accepted
                except httpx.TransportError as broken:
                    self.broken.append(repr(broken))
                else:
                    self.answers[answer.status_code] += 1


def headers_of(athlete_id: str, data_dir: Path) -> Headers:
    settings = Settings(mongo=MongoSettings(uri=None, data_dir=data_dir), auth=AuthSettings(jwt_secret=SecretStr(SECRET)))
    return {"Authorization": f"Bearer {issue_token(settings, athlete_id)}"}


def environment_of(provider: ProviderDouble, **more: str) -> dict[str, str]:
    return {
        "INSIGHTS_JWT_SECRET": SECRET,
        "OPENAI_API_KEY": OPENAI_KEY,
        "OPENAI_BASE_URL": provider.openai_url,
        "GOOGLE_API_KEY": GOOGLE_KEY,
        "GOOGLE_BASE_URL": provider.google_url,
        "INSIGHTS_ROUTE": BOTH,
        **more,
    }


async def generating(server: Server, headers: Headers, kind: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=60) as client:
        return await client.post("/api/insights/generate", json={"kind": kind})


async def stopped(server: Server) -> tuple[int, str]:
    return await asyncio.to_thread(server.stop)


@pytest.mark.parametrize("workers", [1, 2])
async def test_told_to_stop_under_load_it_answers_all_that_it_accepted(workers: int, provider: ProviderDouble, tmp_path: Path) -> None:
    ada = headers_of("ada", tmp_path)
    provider.always("openai", stalls())
    provider.always("google_genai", stalls())
    environment = environment_of(provider, INSIGHTS_DRAIN_S="0.5", INSIGHTS_DEADLINE_S="60", INSIGHTS_CALL_S="60")
    with serving(tmp_path, workers=workers, environment=environment) as server:
        async with httpx.AsyncClient(base_url=server.url) as client:
            await with_training(client, ada)
        caller = Caller(url=server.url, headers=ada)
        async with asyncio.TaskGroup() as group:
            insights = [group.create_task(generating(server, ada, kind)) for kind in ("weekly_review", "progress")]
            await asyncio.to_thread(provider.wait_for, 2)
            for number in range(CLIENTS):
                group.create_task(caller.call(keeps_connection=number % 2 == 0))
            await asyncio.sleep(0.5)
            ended = group.create_task(stopped(server))

    code, log = ended.result()
    assert caller.broken == []
    assert set(caller.answers) == {200}
    assert [insight.result().status_code for insight in insights] == [201, 201]
    assert {insight.result().json()["source"] for insight in insights} == {"rules"}
    assert code == 0
    assert "Traceback" not in log


async def test_it_says_that_it_will_go_before_it_goes(tmp_path: Path) -> None:
    with serving(tmp_path, environment={"INSIGHTS_DRAIN_S": "3"}) as server:
        async with httpx.AsyncClient(base_url=server.url) as client:
            server.process.send_signal(signal.SIGTERM)
            while (ready := await client.get("/readyz")).status_code == 200:
                pass
            live = await client.get("/livez")

        assert ready.json()["draining"] is True
        assert (live.status_code, live.headers["connection"]) == (200, "close")
        await asyncio.to_thread(server.process.communicate, timeout=30)
        assert server.process.returncode == 0


@pytest.mark.parametrize("workers", [1, 2])
async def test_a_second_signal_ends_it_at_once(workers: int, provider: ProviderDouble, tmp_path: Path) -> None:
    ada = headers_of("ada", tmp_path)
    provider.always("openai", stalls())
    environment = environment_of(provider, INSIGHTS_DRAIN_S="0", INSIGHTS_DEADLINE_S="60", INSIGHTS_CALL_S="60")
    with serving(tmp_path, workers=workers, environment=environment) as server:
        async with httpx.AsyncClient(base_url=server.url) as client:
            await with_training(client, ada)
        waiting = asyncio.create_task(generating(server, ada, "weekly_review"))
        await asyncio.to_thread(provider.wait_for, 1)
        server.process.send_signal(signal.SIGTERM)
        await asyncio.sleep(1.5)
        assert server.process.poll() is None, "one signal waits for what is under way"
        server.process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(server.process.communicate, timeout=8)
        await asyncio.wait({waiting}, timeout=5)
        assert waiting.exception() is not None or waiting.result().status_code >= 500
