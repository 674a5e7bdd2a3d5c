"""The double counts its own tokens; those times a price table worked out here are the ledger, to the micro-dollar."""

import time
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from app.models import open_writers
from chains.bookkeeping import Bookkeeper
from chains.money.prices import Prices
from chains.request import InsightKind
from chains.routing.breakers import Breakers
from chains.routing.limits import Limits
from chains.routing.order import Order
from chains.routing.router import Router
from chains.writers.script import script_for
from tests.chains.writing import GOOD, OFF_SCHEMA, UNGROUNDED, MemoryLedger, MemoryMonitor, PlainAnalyst, no_digits, outcomes, sheet
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import Exchange, Tokens, Turn, fails, filters, refuses, says, stalls, truncates

# US dollars per million tokens as the providers publish them: input, cached input, output.
PUBLISHED = {
    "gpt-4o": (Decimal("2.50"), Decimal("1.25"), Decimal("10.00")),
    "gemini-2.5-flash-lite": (Decimal("0.10"), Decimal("0.01"), Decimal("0.40")),
}

ODD = Tokens(input=1013, cached=384, output=257, reasoning=64)


def billed_micro_usd(exchange: Exchange) -> int:
    fresh_usd, cached_usd, output_usd = PUBLISHED[exchange.request.model]
    tokens = exchange.tokens
    dollars = ((tokens.input - tokens.cached) * fresh_usd + tokens.cached * cached_usd + tokens.output * output_usd) / 1_000_000
    return int((dollars * 1_000_000).to_integral_value(ROUND_HALF_UP))


async def test_every_attempt_costs_what_the_double_billed(provider: ProviderDouble) -> None:
    stories: list[tuple[list[Turn], list[Turn], list[str]]] = [
        ([says(GOOD, tokens=ODD)], [], ["ok"]),
        ([says(UNGROUNDED, tokens=ODD), says(GOOD)], [], ["ungrounded", "repaired"]),
        ([says(OFF_SCHEMA), says(OFF_SCHEMA, tokens=ODD)], [says(GOOD, tokens=ODD)], ["off_schema", "off_schema", "ok"]),
        ([replace(truncates(), tokens=ODD)], [says(UNGROUNDED, tokens=ODD), says(GOOD)], ["truncated", "ungrounded", "repaired"]),
        ([fails(500), fails(500)], [truncates()], ["unavailable", "unavailable", "truncated", "ok"]),
        ([filters()], [], ["filtered", "ok"]),
        ([refuses()], [], ["refused", "ok"]),
        ([stalls()], [says("")], ["timeout", "empty", "ok"]),
    ]
    ledger, prices = MemoryLedger(), Prices()
    async with open_writers(settings_for(provider), prices) as writers:
        router = Router(
            writers=writers,
            analyst=PlainAnalyst(),
            ground=no_digits,
            books=Bookkeeper(ledger=ledger, prices=prices, monitor=MemoryMonitor()),
            breakers=Breakers(monitor=MemoryMonitor(), now=time.time),
            limits=Limits(call_s=1.5, least_call_s=0.05, reserve_s=0.0),
        )
        for openai, gemini, expected in stories:
            provider.script("openai", *openai)
            provider.script("google_genai", *gemini)
            script = script_for(InsightKind.WEEKLY_REVIEW)
            authored = await router.write(Order(insight_id="i", sheet=sheet(), script=script, deadline=time.monotonic() + 60))
            assert outcomes(authored.attempts) == expected

    calls = [attempt for attempt in ledger.attempts if attempt.provider != "rules"]
    assert [(a.outcome.value, a.cost_micro_usd > 0) for a in calls if a.estimated] == [("timeout", True)]  # the double was silent
    assert sum(a.cost_micro_usd for a in calls) > 0
    for attempt, exchange in zip(calls, provider.exchanges, strict=True):
        if attempt.estimated:
            continue
        assert attempt.cost_micro_usd == billed_micro_usd(exchange)
        counted = Tokens(
            input=attempt.usage.input_tokens,
            cached=attempt.usage.cached_input_tokens,
            output=attempt.usage.output_tokens,
            reasoning=attempt.usage.reasoning_tokens,
        )
        assert counted == exchange.tokens
