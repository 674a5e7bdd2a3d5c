"""Breakers in MongoDB: one document a model, changed by conditional writes only, so that whoever writes last overwrites nothing newer."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from pydantic import TypeAdapter
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

from chains.routing.breaker import BreakerRecord

_RECORD = TypeAdapter(BreakerRecord)


class BreakerRepository:
    """Implements the chain's `BreakerStore` port. As many documents as there are models ever routed to: found by `_id`, no index."""

    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        self._breakers = database["breakers"]

    async def load(self) -> Sequence[BreakerRecord]:
        return [_record(document) async for document in self._breakers.find({}, {"claim": 0})]

    async def save(self, record: BreakerRecord) -> None:
        """A new change voids the claim on the old one."""
        fields = _RECORD.dump_python(record, mode="json", exclude={"model"})
        older = {"_id": record.model, "changed_at": {"$lt": record.changed_at}}
        with suppress(DuplicateKeyError):  # one that is as new or newer is there
            await self._breakers.update_one(older, {"$set": fields, "$unset": {"claim": ""}}, upsert=True)

    async def claim_trial(self, record: BreakerRecord, owner: str, seconds: float) -> bool:
        """By the server's clock, which is one for all replicas."""
        free = {"$or": [{"claim": None}, {"claim.owner": owner}, {"$expr": {"$lte": ["$claim.until", "$$NOW"]}}]}
        until = {"$dateAdd": {"startDate": "$$NOW", "unit": "millisecond", "amount": round(seconds * 1000)}}
        claimed = await self._breakers.find_one_and_update(
            {"_id": record.model, "changed_at": record.changed_at, **free},
            [{"$set": {"claim": {"owner": owner, "until": until}}}],
            projection={"_id": 1},
        )
        return claimed is not None


def _record(document: dict[str, Any]) -> BreakerRecord:
    return _RECORD.validate_python({**document, "model": document.pop("_id")})
