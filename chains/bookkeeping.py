"""Attempts: from the call about to be made to the row on the ledger, priced."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import structlog

from chains.attempt import Attempt, Outcome, PendingAttempt, Usage
from chains.errors import ProviderFault
from chains.facts.sheet import FactSheet
from chains.money.prices import Prices
from chains.ports import Ledger, Monitor
from chains.writers.bracket import Judged
from chains.writers.brief import Brief
from chains.writers.port import Writer

RULES_PROVIDER, RULES_MODEL, RULES_PROMPT = "rules", "analyst", "rules"


_log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


BYTES_PER_TOKEN = 4
"""House rule for what no provider counted: English text and JSON hold about four bytes a token in the tokenizers of both families."""

TYPICAL_OUTPUT_TOKENS = 600
"""House rule for a call that a crash cut off: a reply of four observations and three actions."""

GRACE = timedelta(seconds=30)
"""Longer than clocks of replicas differ and than a settlement takes: past the end of its time and this, a call is a crash's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What all attempts of one insight share."""

    insight_id: str
    sheet: FactSheet
    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A call on the ledger that has not ended yet; `monotonic_s` is when it began, for its latency."""

    pending: PendingAttempt
    monotonic_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """Tokens of one call; `estimated` where the provider did not count them."""

    usage: Usage
    estimated: bool = False


NEVER_ASKED = Judged(error=ProviderFault(Outcome.CANCELLED, "the caller went away before the model was asked"))


class Bookkeeper:
    """Puts every call on the ledger before it is made, and what became of it before the router goes on."""

    def __init__(self, *, ledger: Ledger, prices: Prices, monitor: Monitor, clock: Callable[[], datetime] = utc_now) -> None:
        self._ledger = ledger
        self._prices = prices
        self._monitor = monitor
        self._clock = clock

    async def open(self, account: Account, writer: Writer, brief: Brief, *, within_s: float) -> Opened:
        """Before a call that ends in `within_s` at the latest: after a crash a sweep finds the row and books the estimate."""
        at, usage = self._clock(), Usage(input_tokens=_tokens(brief.size), output_tokens=TYPICAL_OUTPUT_TOKENS)
        cost = self._prices.cost(writer.provider, writer.model, usage, at)
        pending = PendingAttempt(
            id=uuid4().hex,
            insight_id=account.insight_id,
            athlete_id=account.sheet.athlete_id,
            kind=account.sheet.kind,
            prompt=account.prompt,
            provider=writer.provider,
            model=writer.model,
            started_at=at,
            expires_at=at + timedelta(seconds=within_s) + GRACE,
            estimate=usage,
            estimate_micro_usd=cost.micro_usd,
            price=cost.price,
        )
        opened = Opened(pending=pending, monotonic_s=time.monotonic())
        try:
            await self._kept(self._ledger.open(pending))
        except asyncio.CancelledError:
            await self.settle(opened, NEVER_ASKED)
            raise
        return opened

    async def settle(self, opened: Opened, judged: Judged, *, heard: str = "", repaired: bool = False) -> Attempt:
        """After the call, failed ones too: what was answered is billed whether it was any good or not. `heard` is what was streamed."""
        pending, answer = opened.pending, judged.answer
        bill = _bill(judged, pending, heard)
        cost = self._prices.cost(pending.provider, pending.model, bill.usage, pending.started_at)
        attempt = Attempt(
            id=pending.id,
            insight_id=pending.insight_id,
            athlete_id=pending.athlete_id,
            kind=pending.kind,
            prompt=pending.prompt,
            provider=pending.provider,
            model=pending.model,
            served=answer.served if answer else None,
            started_at=pending.started_at,
            latency_ms=_since_ms(opened.monotonic_s),
            outcome=_outcome(judged, repaired=repaired),
            rule=_rule(judged),
            detail=judged.error.detail if judged.error and not judged.violations else None,
            usage=bill.usage,
            cost_micro_usd=cost.micro_usd,
            estimated=bill.estimated,
            price=cost.price,
        )
        await self._kept(self._ledger.settle(attempt))
        self._monitor.attempted(attempt)
        return attempt

    async def book_rules(self, account: Account, judged: Judged, began_s: float) -> Attempt:
        """The rule-based analyst's attempt: no provider, no cost."""
        attempt = self._free(account, RULES_PROVIDER, RULES_MODEL, judged, prompt=RULES_PROMPT, began_s=began_s)
        await self._kept(self._ledger.record(attempt))
        self._monitor.attempted(attempt)
        return attempt

    def written(self, account: Account, provider: str | None, *, degraded: bool) -> None:
        """An insight is there; no `provider` where the rules wrote it."""
        self._monitor.written(account.sheet.kind, provider or RULES_PROVIDER, degraded=degraded)

    def pass_over(self, account: Account, writer: Writer, judged: Judged) -> Attempt:
        """A writer that was not asked, and why: for the insight's own record. No call, so nothing for the ledger."""
        attempt = self._free(account, writer.provider, writer.model, judged, prompt=account.prompt, began_s=time.monotonic())
        self._monitor.attempted(attempt)
        return attempt

    async def _kept(self, entry: Coroutine[None, None, None]) -> None:
        """What is written is written to its end, even where the caller leaves meanwhile; its cancellation goes on afterwards."""
        writing = asyncio.ensure_future(entry)
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            await asyncio.wait({writing})
            if not writing.cancelled() and (fault := writing.exception()) is not None:
                _log.warning("ledger_unreachable", fault=type(fault).__name__)  # nobody is left to be told
            raise

    def _free(self, account: Account, provider: str, model: str, judged: Judged, *, prompt: str, began_s: float) -> Attempt:
        latency_ms = _since_ms(began_s)
        return Attempt(
            id=uuid4().hex,
            insight_id=account.insight_id,
            athlete_id=account.sheet.athlete_id,
            kind=account.sheet.kind,
            prompt=prompt,
            provider=provider,
            model=model,
            started_at=self._clock() - timedelta(milliseconds=latency_ms),
            latency_ms=latency_ms,
            outcome=_outcome(judged, repaired=False),
            rule=_rule(judged),
            detail=judged.error.detail if judged.error and not judged.violations else None,
        )


def _bill(judged: Judged, pending: PendingAttempt, heard: str) -> Bill:
    """What the provider counted; where it could not say but may have worked, what the text suggests."""
    answer, error = judged.answer, judged.error
    if answer is not None and not answer.estimated:
        return Bill(usage=answer.usage)
    if answer is not None:
        return Bill(usage=_guessed(pending, answer.raw), estimated=True)
    if isinstance(error, ProviderFault) and (error.maybe_billed or heard):
        return Bill(usage=_guessed(pending, heard), estimated=True)
    return Bill(usage=Usage())


def _guessed(pending: PendingAttempt, text: str) -> Usage:
    return Usage(input_tokens=pending.estimate.input_tokens, output_tokens=_tokens(len(text.encode())))


def _tokens(size: int) -> int:
    return -(-size // BYTES_PER_TOKEN)


def _since_ms(began_s: float) -> int:
    return round((time.monotonic() - began_s) * 1000)


def _outcome(judged: Judged, *, repaired: bool) -> Outcome:
    if judged.error is not None:
        return Outcome(judged.error.outcome)
    return Outcome.REPAIRED if repaired else Outcome.OK


def _rule(judged: Judged) -> str | None:
    return judged.violations[0].rule if judged.violations else None
