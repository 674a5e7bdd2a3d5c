"""From settings to writers: routes per kind, providers without a key left out, and a start refused by name."""

from pathlib import Path

import pytest

from app.models import open_prices, open_writers
from app.settings import ModelSettings
from app.startup import SettingsError
from chains.money.prices import Prices
from chains.request import InsightKind
from tests.provider.clients import BOTH


def settings(**names: object) -> ModelSettings:
    return ModelSettings.model_validate({"OPENAI_API_KEY": "sk-1", "GOOGLE_API_KEY": "g-1", "INSIGHTS_ROUTE": BOTH, **names})


async def route(chosen: ModelSettings, kind: InsightKind = InsightKind.WEEKLY_REVIEW) -> list[str]:
    async with open_writers(chosen, Prices()) as writers:
        return [f"{writer.provider}:{writer.model}" for writer in writers[kind]]


async def test_route_in_order() -> None:
    assert await route(settings()) == BOTH.split(",")


async def test_a_kind_can_have_a_route_of_its_own() -> None:
    own = settings(INSIGHTS_ROUTE_ACTIVITY_SUMMARY="google_genai:gemini-2.5-flash")

    assert await route(own, InsightKind.ACTIVITY_SUMMARY) == ["google_genai:gemini-2.5-flash"]
    assert await route(own) == BOTH.split(",")


async def test_a_provider_without_a_key_is_left_out() -> None:
    assert await route(settings(OPENAI_API_KEY=None)) == ["google_genai:gemini-2.5-flash-lite"]
    assert await route(settings(OPENAI_API_KEY=None, GOOGLE_API_KEY=None)) == []


@pytest.mark.parametrize(
    ("chosen", "reason"), [("openai:local-llama", "no price is known for openai:local-llama"), ("mistral:large", "no provider 'mistral'")]
)
async def test_a_route_that_cannot_work_refuses_the_start(chosen: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=f"INSIGHTS_ROUTE: {reason}"):
        await route(settings(INSIGHTS_ROUTE=chosen))


def test_a_prices_file_is_read_at_start(tmp_path: Path) -> None:
    path = tmp_path / "prices.yaml"
    path.write_text("prices: [{provider: openai, model: local-llama, from: 2020-01-01, input_usd: 1, output_usd: 1}]")

    open_prices(settings(INSIGHTS_PRICES_FILE=path)).require("openai", "local-llama")
    with pytest.raises(SettingsError, match="INSIGHTS_PRICES_FILE"):
        open_prices(settings(INSIGHTS_PRICES_FILE=tmp_path / "none.yaml"))
