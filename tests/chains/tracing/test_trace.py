"""What the LangSmith client really sends: the named steps, readable, without the athlete's words, id, or anyone's keys."""

import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.models import open_writers
from chains.bookkeeping import Bookkeeper
from chains.chain import InsightChain
from chains.errors import Ungrounded
from chains.insight import Insight
from chains.money.prices import Prices
from chains.routing.breakers import Breakers
from chains.routing.limits import Limits
from chains.routing.router import Router
from chains.tracing.trace import Tracing, open_tracing
from tests.chains.tracing.recorder import LangSmithRecorder
from tests.chains.writing import (
    ATHLETE,
    GOOD,
    UNGROUNDED,
    WORDS,
    MemoryLedger,
    MemoryMonitor,
    OneAthlete,
    PlainAnalyst,
    no_digits,
    reply,
    request,
    sheet,
)
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.keys import GOOGLE_KEY, OPENAI_KEY
from tests.provider.turn import fails, says

HASH_KEY = b"a key of thirty-two bytes or more"
LANGSMITH_KEY = "ls-double-0123456789abcdef"


@pytest.fixture
def recorder() -> Iterator[LangSmithRecorder]:
    with LangSmithRecorder() as recording:
        yield recording


@asynccontextmanager
async def chain(double: ProviderDouble, tracing: Tracing, analyst: PlainAnalyst | None = None) -> AsyncIterator[InsightChain]:
    prices = Prices()
    async with open_writers(settings_for(double), prices) as writers:
        router = Router(
            writers=writers,
            analyst=analyst or PlainAnalyst(),
            ground=no_digits,
            books=Bookkeeper(ledger=MemoryLedger(), prices=prices, monitor=MemoryMonitor()),
            breakers=Breakers(monitor=MemoryMonitor(), now=time.time),
            limits=Limits(call_s=20.0, least_call_s=0.05, reserve_s=0.0),
        )
        yield InsightChain(data=OneAthlete(), analyse=lambda context: sheet(), router=router, tracing=tracing, ask_consent=False)


async def traced(
    double: ProviderDouble, recorder: LangSmithRecorder, *, enabled: bool = True, analyst: PlainAnalyst | None = None
) -> Insight:
    async with (
        open_tracing(enabled=enabled, endpoint=recorder.url, api_key=LANGSMITH_KEY, project="p", hash_key=HASH_KEY) as tracing,
        chain(double, tracing, analyst) as insights,
    ):
        return (await insights.write(await insights.prepare(request()))).insight


def tree(runs: Mapping[str, dict[str, Any]], parent: str | None = None) -> list[Any]:
    """Names, nested as the runs are, in the order in which they began."""
    children = sorted((run for run in runs.values() if run.get("parent_run_id") == parent), key=lambda run: run["dotted_order"])
    return [(run["name"], tree(runs, run["id"])) for run in children]


async def test_one_trace_with_every_step_by_name(provider: ProviderDouble, recorder: LangSmithRecorder) -> None:
    provider.script("openai", says(UNGROUNDED), fails(500))
    provider.script("google_genai", says(GOOD))

    insight = await traced(provider, recorder)

    answered: list[Any] = [("prompt", []), ("model", []), ("parse", []), ("ground", [])]
    openai, google = "attempt openai:gpt-4o", "attempt google_genai:gemini-2.5-flash-lite"
    attempts = [(openai, answered), (openai, [("prompt", []), ("model", [])]), (google, answered)]
    assert tree(recorder.runs()) == [("insight", [("retrieve", []), ("analyse", []), ("write", attempts), ("render", [])])]
    assert {run["trace_id"] for run in recorder.runs().values()} == {insight.trace_id}


async def test_metadata_says_what_it_was_and_what_it_took(provider: ProviderDouble, recorder: LangSmithRecorder) -> None:
    provider.script("openai", says(GOOD))

    insight = await traced(provider, recorder)

    root = next(run for run in recorder.runs().values() if run["name"] == "insight")
    metadata = root["extra"]["metadata"]
    assert metadata["kind"] == "weekly_review"
    assert metadata["prompt"] == insight.prompt
    assert metadata["route"] == "openai:gpt-4o,google_genai:gemini-2.5-flash-lite"
    assert metadata["outcome"] == "ok"
    assert metadata["cost_micro_usd"] == insight.cost_micro_usd > 0
    assert metadata["athlete"] == Tracing(hash_key=HASH_KEY).hash_of(ATHLETE)


async def test_prompt_sheet_reply_and_verdict_can_be_read(provider: ProviderDouble, recorder: LangSmithRecorder) -> None:
    provider.script("openai", says(UNGROUNDED), says(GOOD))

    await traced(provider, recorder)

    named: dict[str, list[dict[str, Any]]] = {}
    for run in sorted(recorder.runs().values(), key=lambda run: run["dotted_order"]):
        named.setdefault(run["name"], []).append(run)
    assert named["prompt"][0]["outputs"]["output"][0]["content"].startswith("You are the coach's eye")
    assert [message["role"] for message in named["model"][1]["inputs"]["messages"]] == ["system", "user", "assistant", "user"]
    assert named["model"][0]["outputs"]["messages"] == [{"role": "assistant", "content": UNGROUNDED}]
    assert named["model"][0]["outputs"]["usage_metadata"]["output_tokens"] > 0
    assert "{week.distance} = 84.3 km" in named["analyse"][0]["outputs"]["output"]["sheet"]
    assert named["parse"][0]["outputs"]["output"]["headline"] == "You ran 25 km."
    assert named["ground"][0]["outputs"]["output"]["violations"][0]["rule"] == "free_number"
    assert named["ground"][1]["outputs"]["output"]["holds"] is True
    assert named["render"][0]["outputs"]["output"]["headline"] == reply().headline


async def test_words_ids_and_keys_stay_here(provider: ProviderDouble, recorder: LangSmithRecorder) -> None:
    echo = reply("You say: call Anna Petersen about the left knee").model_dump_json()
    provider.script("openai", says(echo))

    insight = await traced(provider, recorder)

    assert "Anna Petersen" in insight.headline
    assert WORDS.partition("<")[0].strip() in provider.exchanges[0].request.texts[1]
    for secret in ("Ignore all rules", "Petersen", "left knee", ATHLETE, OPENAI_KEY, GOOGLE_KEY, LANGSMITH_KEY, provider.url):
        assert secret not in recorder.sent
    assert "[masked]" in recorder.sent


async def test_a_provider_s_message_stays_here(provider: ProviderDouble, recorder: LangSmithRecorder) -> None:
    provider.script("openai", fails(401, code="invalid_api_key", message=f"Incorrect API key provided: {OPENAI_KEY}"))
    provider.script("google_genai", fails(400, message=f"bad request: {WORDS}"))

    await traced(provider, recorder)

    assert [run["error"] for run in recorder.runs().values() if run["name"] == "model"] == [
        "ProviderFault('AuthenticationError, HTTP 401')",
        "ProviderFault('ClientError, HTTP 400')",
    ]
    assert OPENAI_KEY not in recorder.sent
    assert "bad request" not in recorder.sent


async def test_a_failed_insight_is_a_failed_trace(provider: ProviderDouble, recorder: LangSmithRecorder) -> None:
    provider.script("openai", fails(500))
    provider.script("google_genai", fails(500))

    with pytest.raises(Ungrounded):
        await traced(provider, recorder, analyst=PlainAnalyst(reply("25 km")))

    root = next(run for run in recorder.runs().values() if run["name"] == "insight")
    assert root["error"].startswith("Ungrounded(")


async def test_nothing_is_sent_when_tracing_is_off(provider: ProviderDouble, recorder: LangSmithRecorder) -> None:
    provider.script("openai", says(GOOD))

    insight = await traced(provider, recorder, enabled=False)

    assert insight.trace_id is None
    assert recorder.posts == []


@pytest.mark.parametrize(("mode", "sends"), [("unguarded", True), ("on", False), ("off", False)])
def test_langchain_s_own_tracer_stays_off(recorder: LangSmithRecorder, mode: str, *, sends: bool) -> None:
    """In a process of its own, because LangSmith reads the environment only once."""
    names = {"LANGSMITH_TRACING": "true", "LANGSMITH_ENDPOINT": recorder.url, "LANGSMITH_API_KEY": LANGSMITH_KEY}

    subprocess.run([sys.executable, "-m", "tests.chains.tracing.elsewhere", mode], env={**os.environ, **names}, check=True, timeout=60)

    assert ("elsewhere" in recorder.sent) is sends
    assert ("left knee" in recorder.sent) is sends
