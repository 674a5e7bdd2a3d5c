"""Breakers of all replicas kept alike, beside the requests: none of them waits for this."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

import pymongo
import structlog
from pydantic import ValidationError
from pymongo.errors import PyMongoError

from app.periodically import periodically
from chains.ports import BreakerStore
from chains.routing.breaker import BreakerRecord
from chains.routing.breakers import Breakers

EVERY_S = 1.0
"""House rule: a fifth of the shortest hold. So long a replica may ask a model that another one has found dead."""

ROUND_LIMIT_S = 2.0
"""House rule: a database that is slower counts as away, and replicas judge for themselves."""

CLAIM_S = 5.0
"""House rule: a claim is renewed while the trial is under way; one whose replica has died is free again after so long."""

_log = structlog.get_logger(__name__)


class BreakerSync:
    """`running()` is its lifetime. Where the database is away, breakers go on alone: each replica makes its own trials."""

    def __init__(self, breakers: Breakers, store: BreakerStore, *, every_s: float = EVERY_S) -> None:
        self._breakers = breakers
        self._store = store
        self._every_s = every_s
        self._owner = uuid4().hex
        self._saved: dict[str, BreakerRecord] = {}
        self._is_away = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        try:
            async with periodically(self.round, every_s=self._every_s, name="breakers"):
                yield
        finally:
            self._breakers.shared = False

    async def round(self) -> None:
        """Once: learn from the others, tell them, and claim the right to try what is due."""
        try:
            with pymongo.timeout(ROUND_LIMIT_S):
                self._breakers.merge(await self._store.load())
                await self._save(self._breakers.records())
                await self._claim(self._breakers.wanted())
        except (PyMongoError, ValidationError) as fault:
            self._away(fault)
        else:
            self._back()

    async def _save(self, records: Sequence[BreakerRecord]) -> None:
        for record in records:
            if self._saved.get(record.model) != record:
                await self._store.save(record)
                self._saved[record.model] = record

    async def _claim(self, records: Sequence[BreakerRecord]) -> None:
        for record in records:
            if await self._store.claim_trial(record, self._owner, CLAIM_S):
                self._breakers.grant(record, CLAIM_S)

    def _away(self, fault: Exception) -> None:
        self._breakers.shared = False
        if not self._is_away:
            self._is_away = True
            _log.warning("breakers_not_shared", fault=type(fault).__name__)

    def _back(self) -> None:
        self._breakers.shared = True
        if self._is_away:
            self._is_away = False
            _log.info("breakers_shared_again")
