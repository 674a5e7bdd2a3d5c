"""The ledger in MongoDB: one row per attempt, and the sums that are read from it.

A row is open while its call is under way. After a crash it is settled with its estimate; if what became of the call is told after all, that
replaces the estimate, never the other way round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.asynchronous.database import AsyncDatabase

from app.days import midnight
from chains.attempt import Attempt, Outcome, PendingAttempt

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "attempts": [
        IndexModel([("athlete_id", 1), ("started_at", DESCENDING)]),
        IndexModel([("started_at", DESCENDING)]),  # the operator's table spans all athletes
        IndexModel([("expires_at", ASCENDING)], partialFilterExpression={"open": True}),
    ],
}

_ATTEMPT = TypeAdapter(Attempt)
_PENDING = TypeAdapter(PendingAttempt)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUsage:
    """What one model did for one kind: attempts, how many of them became an insight, tokens and cost."""

    provider: str
    model: str
    kind: str
    attempts: int
    answered: int
    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    reasoning_tokens: int
    cost_micro_usd: int


class UsageRepository:
    """Implements the chain's `Ledger` port."""

    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        self._attempts = database["attempts"]

    async def open(self, pending: PendingAttempt) -> None:
        document = _PENDING.dump_python(pending, mode="json")
        del document["id"]
        at = {"started_at": pending.started_at, "expires_at": pending.expires_at}
        await self._attempts.insert_one({"_id": pending.id, **document, **at, "open": True})

    async def settle(self, attempt: Attempt) -> None:
        """Settled twice, it stays as it was; over an estimate of the sweep the truth prevails."""
        await self._attempts.replace_one({"_id": attempt.id, "$or": [{"open": True}, {"swept": True}]}, _row(attempt))

    async def record(self, attempt: Attempt) -> None:
        await self._attempts.insert_one({"_id": attempt.id, **_row(attempt)})

    async def settle_abandoned(self, before: datetime) -> int:
        """Books the estimates of calls that must have ended by then and that nobody settled. How many."""
        settled = await self._attempts.update_many({"open": True, "expires_at": {"$lt": before}}, _ABANDONED)
        return settled.modified_count

    async def by_model(self, since: date, until: date) -> list[ModelUsage]:
        """Every athlete's attempts between two days, both included, dearest first. Estimates count; calls under way do not yet."""
        sums = {name: {"$sum": f"$usage.{name}"} for name in ("input_tokens", "cached_input_tokens", "output_tokens", "reasoning_tokens")}
        answered = {"$sum": {"$cond": [{"$in": ["$outcome", ["ok", "repaired"]]}, 1, 0]}}
        rows = await self._attempts.aggregate(
            [
                {"$match": {"started_at": {"$gte": midnight(since), "$lt": midnight(until + timedelta(days=1))}, "open": {"$ne": True}}},
                {
                    "$group": {
                        "_id": {"provider": "$provider", "model": "$model", "kind": "$kind"},
                        "attempts": {"$sum": 1},
                        "answered": answered,
                        "cost_micro_usd": {"$sum": "$cost_micro_usd"},
                        **sums,
                    }
                },
                {"$sort": {"cost_micro_usd": -1, "attempts": -1}},
            ]
        )
        return [ModelUsage(**row.pop("_id"), **row) async for row in rows]


_ABANDONED: Sequence[Mapping[str, Any]] = [
    {
        "$set": {
            "outcome": Outcome.CANCELLED.value,
            "detail": "the service ended before the call did; what it cost is estimated",
            "usage": "$estimate",
            "cost_micro_usd": "$estimate_micro_usd",
            "estimated": True,
            "latency_ms": 0,
            "served": None,
            "rule": None,
            "swept": True,
        }
    },
    {"$unset": ["open", "expires_at", "estimate", "estimate_micro_usd"]},
]


def _row(attempt: Attempt) -> dict[str, Any]:
    row = _ATTEMPT.dump_python(attempt, mode="json", exclude={"id", "sentence"})
    return {**row, "started_at": attempt.started_at}
