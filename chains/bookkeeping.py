"""Attempts: from what happened in one to the row on the ledger, priced."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from chains.attempt import Attempt, Outcome, Usage
from chains.facts.sheet import FactSheet
from chains.money.prices import Prices
from chains.ports import Ledger
from chains.writers.bracket import Judged
from chains.writers.port import Writer

RULES_PROVIDER, RULES_MODEL, RULES_PROMPT = "rules", "analyst", "rules"


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """When an attempt began: the instant for the ledger, the monotonic second for its latency."""

    at: datetime
    monotonic_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What all attempts of one insight share."""

    insight_id: str
    sheet: FactSheet
    prompt: str


class Bookkeeper:
    """Books every attempt before the router goes on."""

    def __init__(self, *, ledger: Ledger, prices: Prices, clock: Callable[[], datetime] = utc_now) -> None:
        self._ledger = ledger
        self._prices = prices
        self._clock = clock

    def begin(self) -> Beginning:
        return Beginning(at=self._clock(), monotonic_s=time.monotonic())

    async def book_call(self, account: Account, writer: Writer, judged: Judged, begun: Beginning, *, repaired: bool) -> Attempt:
        """One call of a provider, failed ones too: what it answered is billed whether it was any good or not."""
        answer = judged.answer
        usage = answer.usage if answer else Usage()
        cost = self._prices.cost(writer.provider, writer.model, usage, begun.at)
        return await self._record(
            Attempt(
                id=uuid4().hex,
                insight_id=account.insight_id,
                athlete_id=account.sheet.athlete_id,
                kind=account.sheet.kind,
                prompt=account.prompt,
                provider=writer.provider,
                model=writer.model,
                served=answer.served if answer else None,
                started_at=begun.at,
                latency_ms=_since_ms(begun),
                outcome=_outcome(judged, repaired=repaired),
                rule=_rule(judged),
                detail=judged.error.detail if judged.error and not judged.violations else None,
                usage=usage,
                cost_micro_usd=cost.micro_usd,
                price=cost.price,
            )
        )

    async def book_rules(self, account: Account, judged: Judged, begun: Beginning) -> Attempt:
        """The rule-based analyst's attempt: no provider, no cost."""
        return await self._record(
            Attempt(
                id=uuid4().hex,
                insight_id=account.insight_id,
                athlete_id=account.sheet.athlete_id,
                kind=account.sheet.kind,
                prompt=RULES_PROMPT,
                provider=RULES_PROVIDER,
                model=RULES_MODEL,
                started_at=begun.at,
                latency_ms=_since_ms(begun),
                outcome=_outcome(judged, repaired=False),
                rule=_rule(judged),
            )
        )

    async def _record(self, attempt: Attempt) -> Attempt:
        """Shielded: once a call was made it goes on the ledger, even if the caller leaves meanwhile."""
        await asyncio.shield(self._ledger.record(attempt))
        return attempt


def _since_ms(begun: Beginning) -> int:
    return round((time.monotonic() - begun.monotonic_s) * 1000)


def _outcome(judged: Judged, *, repaired: bool) -> Outcome:
    if judged.error is not None:
        return Outcome(judged.error.outcome)
    return Outcome.REPAIRED if repaired else Outcome.OK


def _rule(judged: Judged) -> str | None:
    return judged.violations[0].rule if judged.violations else None
