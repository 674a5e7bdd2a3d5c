"""Whatever a provider does, an insight is written: by the first model, after a repair, by the second, or by rules."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app.models import open_writers
from chains.bookkeeping import Bookkeeper
from chains.errors import Ungrounded
from chains.facts.sheet import FactSheet
from chains.money.prices import Prices
from chains.request import InsightKind
from chains.router import Authored, Limits, Order, Router
from chains.writers.script import script_for
from tests.chains.writing import GOOD, OFF_SCHEMA, UNGROUNDED, MemoryLedger, PlainAnalyst, no_digits, outcomes, reply, sheet
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import Turn, blocks, cuts, fails, filters, refuses, says, stalls, truncates

CALL_S = 1.0
"""Where a call is to time out; the others get as long as a busy machine may need."""

SHORT = Limits(call_s=CALL_S, least_call_s=0.05, reserve_s=0.0)
PATIENT = Limits(call_s=20.0, least_call_s=0.05, reserve_s=0.0)

SCRIPT = script_for(InsightKind.WEEKLY_REVIEW)


def order(facts: FactSheet | None = None, seconds: float = 60.0) -> Order:
    return Order(insight_id="i1", sheet=facts or sheet(), script=SCRIPT, deadline=time.monotonic() + seconds)


@asynccontextmanager
async def router(
    double: ProviderDouble, *, limits: Limits | None = None, analyst: PlainAnalyst | None = None, ledger: MemoryLedger | None = None
) -> AsyncIterator[Router]:
    prices = Prices()
    async with open_writers(settings_for(double), prices) as writers:
        yield Router(
            writers=writers,
            analyst=analyst or PlainAnalyst(),
            ground=no_digits,
            books=Bookkeeper(ledger=ledger or MemoryLedger(), prices=prices),
            limits=limits or PATIENT,
        )


async def write(double: ProviderDouble, facts: FactSheet | None = None, *, limits: Limits | None = None, seconds: float = 60.0) -> Authored:
    async with router(double, limits=limits) as routed:
        return await routed.write(order(facts, seconds))


def limits_for(*turns: Turn) -> Limits:
    return SHORT if any(turn.silent or turn.delay_s for turn in turns) else PATIENT


async def test_first_model_answers(provider: ProviderDouble) -> None:
    provider.script("openai", says(GOOD, served="gpt-4o-2024-08-06"))

    authored = await write(provider)

    assert authored.reply == reply()
    assert authored.model is not None
    assert (authored.model.provider, authored.model.requested, authored.model.served) == ("openai", "gpt-4o", "gpt-4o-2024-08-06")
    assert outcomes(authored.attempts) == ["ok"]
    assert authored.degraded is False


@pytest.mark.parametrize(
    ("turn", "outcome"),
    [
        (fails(500), "unavailable"),
        (fails(503, headers={"retry-after": "30"}), "unavailable"),
        (fails(429), "rate_limited"),
        (fails(429, code="insufficient_quota"), "quota"),
        (fails(401, code="invalid_api_key"), "auth"),
        (fails(404, code="model_not_found"), "retired"),
        (fails(400, code="context_length_exceeded", message="context_length_exceeded"), "context_length"),
        (fails(400), "bad_request"),
        (stalls(), "timeout"),
        (says(GOOD, delay_s=2 * CALL_S), "timeout"),
        (cuts(GOOD), "connection"),
        (truncates(), "truncated"),
        (says(""), "empty"),
        (Turn(status=502, error="<html>bad gateway</html>"), "unavailable"),
    ],
)
async def test_second_model_answers_when_the_first_is_down(provider: ProviderDouble, turn: Turn, outcome: str) -> None:
    provider.script("openai", turn)
    provider.script("google_genai", says(GOOD))

    authored = await write(provider, limits=limits_for(turn))

    assert outcomes(authored.attempts) == [outcome, "ok"]
    assert authored.model is not None
    assert authored.model.provider == "google_genai"
    assert authored.degraded is False


@pytest.mark.parametrize(
    ("bad", "outcome", "named"),
    [(UNGROUNDED, "ungrounded", 'free_number: in "You ran 25 km."'), (OFF_SCHEMA, "off_schema", "observations: List should have")],
)
async def test_repair_turn_names_what_was_wrong(provider: ProviderDouble, bad: str, outcome: str, named: str) -> None:
    provider.script("openai", says(bad), says(GOOD))

    authored = await write(provider)

    assert outcomes(authored.attempts) == [outcome, "repaired"]
    first, second = (exchange.request for exchange in provider.exchanges)
    assert second.texts[: len(first.texts)] == first.texts
    assert second.texts[-2] == bad
    assert named in second.texts[-1]


@pytest.mark.parametrize(("bad", "outcome"), [(UNGROUNDED, "ungrounded"), (OFF_SCHEMA, "off_schema"), ("no json at all", "off_schema")])
async def test_second_model_answers_when_the_repair_is_no_better(provider: ProviderDouble, bad: str, outcome: str) -> None:
    provider.script("openai", says(bad), says(bad))
    provider.script("google_genai", says(GOOD))

    authored = await write(provider)

    assert outcomes(authored.attempts) == [outcome, outcome, "ok"]
    assert [draft.raw for draft in authored.drafts] == [bad, bad, GOOD]


async def test_at_most_three_calls_are_made(provider: ProviderDouble) -> None:
    provider.always("openai", says(UNGROUNDED))
    provider.always("google_genai", says(UNGROUNDED))

    authored = await write(provider)

    assert outcomes(authored.attempts) == ["ungrounded", "ungrounded", "ungrounded", "ok"]
    assert len(provider.exchanges) == 3
    assert authored.model is None


@pytest.mark.parametrize(
    ("first", "second"), [(fails(500), fails(503)), (stalls(), stalls()), (cuts(), fails(429)), (fails(401), truncates())]
)
async def test_rules_answer_when_both_are_down(provider: ProviderDouble, first: Turn, second: Turn) -> None:
    provider.script("openai", first)
    provider.script("google_genai", second)

    authored = await write(provider, limits=limits_for(first, second))

    assert authored.reply == reply("By the rules")
    assert authored.degraded is True
    assert authored.attempts[-1].provider == "rules"


@pytest.mark.parametrize(("turn", "outcome"), [(refuses(), "refused"), (filters(), "filtered")])
async def test_a_refusal_is_not_routed_around(provider: ProviderDouble, turn: Turn, outcome: str) -> None:
    provider.script("openai", turn)

    authored = await write(provider)

    assert outcomes(authored.attempts) == [outcome, "ok"]
    assert authored.attempts[-1].provider == "rules"
    assert authored.degraded is True
    assert [exchange.request.provider for exchange in provider.exchanges] == ["openai"]


async def test_gemini_s_blocked_prompt_is_a_filter(provider: ProviderDouble) -> None:
    provider.script("openai", fails(500))
    provider.script("google_genai", blocks())

    authored = await write(provider)

    assert outcomes(authored.attempts) == ["unavailable", "filtered", "ok"]


async def test_deadline_leaves_no_time_for_the_second_model(provider: ProviderDouble) -> None:
    provider.script("openai", stalls())
    provider.script("google_genai", says(GOOD))
    limits = Limits(call_s=20.0, least_call_s=0.3, reserve_s=0.1)

    authored = await write(provider, limits=limits, seconds=1.5)

    assert outcomes(authored.attempts) == ["timeout", "ok"]
    assert authored.attempts[-1].provider == "rules"


@pytest.mark.parametrize("closed", [sheet(models_allowed=False), sheet(safety="injury")])
async def test_without_consent_or_on_the_safety_path_no_model_is_asked(provider: ProviderDouble, closed: FactSheet) -> None:
    authored = await write(provider, closed)

    assert outcomes(authored.attempts) == ["ok"]
    assert authored.model is None
    assert authored.degraded is False
    assert provider.exchanges == []


async def test_rules_that_break_their_promise_are_a_fault_and_are_booked(provider: ProviderDouble) -> None:
    ledger = MemoryLedger()
    provider.script("openai", fails(500))
    provider.script("google_genai", fails(500))

    async with router(provider, analyst=PlainAnalyst(reply("25 km")), ledger=ledger) as routed:
        with pytest.raises(Ungrounded, match="free_number"):
            await routed.write(order())

    assert outcomes(ledger.attempts) == ["unavailable", "unavailable", "ungrounded"]


async def test_a_caller_that_goes_away_leaves_the_attempt_on_the_ledger(provider: ProviderDouble) -> None:
    ledger = MemoryLedger()
    provider.script("openai", stalls())

    async with router(provider, ledger=ledger) as routed:
        task = asyncio.create_task(routed.write(order()))
        await asyncio.to_thread(provider.wait_for, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert outcomes(ledger.attempts) == ["cancelled"]
