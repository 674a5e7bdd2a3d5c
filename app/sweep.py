"""What a crash left behind: calls that nobody settled, and evidence of insights that were never stored. Every replica sweeps; each change
is conditional, so that it does not matter who comes first, or how often."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

import pymongo
import structlog
from pymongo.errors import PyMongoError

from app.insights.repository import InsightRepository
from app.periodically import periodically
from app.usage.repository import UsageRepository

EVERY_S = 60.0
ROUND_LIMIT_S = 20.0

LATE = timedelta(seconds=10)
"""For clocks of replicas that differ; a settlement that comes later still replaces the estimate."""

LOOSE = timedelta(minutes=15)
"""Longer than any request may take (600 s): an insight whose evidence is older and which is not there will never be."""

_log = structlog.get_logger(__name__)


class Sweep:
    """`running()` is its lifetime: at the start, then every minute."""

    def __init__(
        self, *, ledger: UsageRepository, insights: InsightRepository, now: Callable[[], datetime], every_s: float = EVERY_S
    ) -> None:
        self._ledger = ledger
        self._insights = insights
        self._now = now
        self._every_s = every_s

    def running(self) -> AbstractAsyncContextManager[None]:
        return periodically(self._round_or_log, every_s=self._every_s, name="sweep")

    async def round(self) -> None:
        """Raises PyMongoError."""
        now = self._now()
        with pymongo.timeout(ROUND_LIMIT_S):
            calls = await self._ledger.settle_abandoned(now - LATE)
            evidence = await self._insights.drop_loose_evidence(now - LOOSE)
        if calls or evidence:
            _log.warning("swept_after_a_crash", calls=calls, evidence=evidence)

    async def _round_or_log(self) -> None:
        try:
            await self.round()
        except PyMongoError as fault:
            _log.warning("sweep_failed", fault=type(fault).__name__)
