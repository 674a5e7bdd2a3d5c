"""A real model over OPENAI_BASE_URL. Whatever it says, what is stored is grounded: nothing here depends on its being any good."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.database import Database
from app.insights.repository import Evidence, InsightRepository
from app.local_model import MODEL, LocalModel, is_installed, local_model
from app.settings import Settings
from chains.grounding.checker import check
from chains.reply import Reply
from tests.app.insights.training import Headers, with_training
from tests.conftest import api_with

pytestmark = [
    pytest.mark.local_model,
    pytest.mark.timeout(1500),
    pytest.mark.skipif(not is_installed(), reason="the extra `local-llm` is not installed"),
]

TokenFor = Callable[..., Headers]

CONTEXT = 4096
"""The prompt of this athlete has some 3,500 tokens: what is left is enough for a reply, and ends one that goes round in circles."""

PATIENCE = {"call_s": 560.0, "first_token_s": 560.0, "idle_s": 560.0, "deadline_s": 600.0}
"""Half a minute on two idle cores; a busy machine is no fault of the service."""

COUNTED = {"ok", "repaired", "ungrounded", "unsafe", "off_schema", "truncated"}
"""The model answered, well or not."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalModel]:
    with local_model(tmp_path_factory.mktemp("model"), context=CONTEXT) as running:
        yield running


@asynccontextmanager
async def ada(settings: Settings, database: Database, model: LocalModel, token_for: TokenFor) -> AsyncIterator[httpx.AsyncClient]:
    slow = model.only(settings.models).model_copy(update=PATIENCE)
    async with api_with(replace(settings, models=slow), database.name) as api:
        await with_training(api, token_for("ada"))
        api.headers.update(token_for("ada", admin=True))
        yield api


async def evidence_of(database: Database, insight: dict[str, Any]) -> Evidence:
    evidence = await InsightRepository(database).evidence("ada", insight["id"])
    assert evidence is not None
    return evidence


async def assert_grounded(database: Database, insight: dict[str, Any]) -> None:
    evidence = await evidence_of(database, insight)
    reply = Reply.model_validate_json(evidence.drafts[-1].raw)
    stored = await database["insights"].find_one({"_id": insight["id"]})

    assert check(reply, evidence.sheet) == ()
    assert stored is not None
    assert stored["headline"] == reply.headline
    assert [observation["text"] for observation in stored["observations"]] == list(reply.observations)


async def assert_asked(database: Database, insight: dict[str, Any]) -> None:
    """Real tokens, counted by the server; the trail says what came of them."""
    first = insight["attempts"][0]
    rows = await database["attempts"].find({"insight_id": insight["id"], "provider": "openai"}).to_list()

    assert (first["model"], first["served"]) == (MODEL, MODEL)
    assert first["outcome"] in COUNTED
    assert first["input_tokens"] > 1000
    assert first["output_tokens"] > 0
    assert (first["estimated"], first["cost_usd"]) == (False, 0)
    assert first["outcome"] != "ungrounded" or (first["rule"] and first["sentence"])
    assert [row["usage"]["output_tokens"] for row in rows][:1] == [first["output_tokens"]]
    assert (await evidence_of(database, insight)).drafts[0].raw


async def test_plain_and_streamed(settings: Settings, database: Database, model: LocalModel, token_for: TokenFor) -> None:
    """In one test, for the prompt is read once: the second call finds it in the server's cache."""
    async with ada(settings, database, model, token_for) as api:
        plain = await api.post("/api/insights/generate", json={"kind": "weekly_review"})
        asked = {"kind": "weekly_review", "refresh": True}
        streamed = await api.post("/api/insights/generate", json=asked, headers={"Accept": "text/event-stream"})

    assert plain.status_code == 201, plain.text
    await assert_asked(database, plain.json())
    await assert_grounded(database, plain.json())

    told = [json.loads(line.removeprefix("data:")) for line in streamed.text.splitlines() if line.startswith("data:")]
    names = [line.removeprefix("event:").strip() for line in streamed.text.splitlines() if line.startswith("event:")]
    assert (names[0], names[-1]) == ("facts", "insight")
    await assert_asked(database, told[-1])
    await assert_grounded(database, told[-1])


def test_the_server_refuses_strangers_and_ends_with_the_block(tmp_path: Path, model: LocalModel) -> None:
    weights = Path(model.prices_file).with_name(f"{MODEL}.gguf")
    home = tmp_path / "local-model"
    home.mkdir()
    (home / weights.name).symlink_to(weights)
    with local_model(tmp_path, context=512) as running:
        assert httpx.post(f"{running.url}/v1/chat/completions", json={"messages": []}).status_code == 401

    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{running.url}/v1/models")
    assert running.key.get_secret_value() not in (home / "server.log").read_text()
