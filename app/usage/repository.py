"""The ledger in MongoDB: one row per attempt, and the sums that are read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import TypeAdapter
from pymongo import DESCENDING, IndexModel
from pymongo.asynchronous.database import AsyncDatabase

from app.days import midnight
from chains.attempt import Attempt

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "attempts": [
        IndexModel([("athlete_id", 1), ("started_at", DESCENDING)]),
        IndexModel([("started_at", DESCENDING)]),  # the operator's table spans all athletes
    ],
}

_ATTEMPT = TypeAdapter(Attempt)


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

    async def record(self, attempt: Attempt) -> None:
        document = _ATTEMPT.dump_python(attempt, mode="json")
        del document["id"]
        await self._attempts.insert_one({"_id": attempt.id, **document, "started_at": attempt.started_at})

    async def by_model(self, since: date, until: date) -> list[ModelUsage]:
        """Every athlete's attempts between two days, both included, dearest first."""
        sums = {name: {"$sum": f"$usage.{name}"} for name in ("input_tokens", "cached_input_tokens", "output_tokens", "reasoning_tokens")}
        answered = {"$sum": {"$cond": [{"$in": ["$outcome", ["ok", "repaired"]]}, 1, 0]}}
        rows = await self._attempts.aggregate(
            [
                {"$match": {"started_at": {"$gte": midnight(since), "$lt": midnight(until + timedelta(days=1))}}},
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
