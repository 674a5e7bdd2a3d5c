"""Stored insights, and for 90 days what they were made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from pymongo import DESCENDING, IndexModel
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase

from app.cursors import read_cursor, read_day, read_instant, write_cursor
from app.days import midnight
from app.insights.past import FACTS, FEEDBACK, Feedback, past_of
from app.patience import persistently
from chains.attempt import Draft
from chains.facts.sheet import FactSheet
from chains.insight import Insight, Written
from chains.request import AsOf, AthleteAnswer, InsightKind, PastInsight

EVIDENCE_DAYS = 90
"""How long the whole sheet and the raw replies are kept, for prompt work."""

STORE_S = 20.0
"""For callers without a deadline of their own."""

LOOSE_AT_ONCE = 2_000

ANSWER_DAYS = 60
"""How long an athlete's answer is read by later sheets."""

PAST_INSIGHTS = 6
"""How many earlier insights of a kind a sheet looks back on."""

_NEWEST_FIRST = [("as_of", DESCENDING), ("created_at", DESCENDING), ("_id", DESCENDING)]

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "insights": [
        IndexModel([("athlete_id", 1), *_NEWEST_FIRST]),
        IndexModel([("athlete_id", 1), ("kind", 1), *_NEWEST_FIRST]),
        IndexModel([("athlete_id", 1), ("activity_id", 1), *_NEWEST_FIRST]),
        IndexModel([("athlete_id", 1), ("context_hash", 1), ("created_at", DESCENDING)]),
        IndexModel([("athlete_id", 1), ("created_at", DESCENDING)]),
    ],
    "evidence": [
        IndexModel([("athlete_id", 1), ("insight_id", 1)]),
        IndexModel([("kept_until", 1)], expireAfterSeconds=0),
        IndexModel([("loose_since", 1)], partialFilterExpression={"loose_since": {"$exists": True}}),
    ],
    "answers": [
        IndexModel([("athlete_id", 1), ("answered_at", DESCENDING)]),
        IndexModel([("athlete_id", 1), ("insight_id", 1)]),
        IndexModel([("expires_at", 1)], expireAfterSeconds=0),
    ],
}

_INSIGHT = TypeAdapter(Insight)
_EVIDENCE_SHEET = TypeAdapter(FactSheet)
_EVIDENCE_DRAFTS = TypeAdapter(tuple[Draft, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredInsight:
    insight: Insight
    feedback: Feedback | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The whole sheet an insight was written from and what the writers said, raw."""

    sheet: FactSheet
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryQuery:
    """Filters of the history; `since` and `until` are days of `as_of`, both included."""

    kind: InsightKind | None = None
    activity_id: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightCount:
    """How many insights of one kind and source an athlete got on one day (UTC)."""

    day: date
    kind: str
    source: str
    insights: int


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page of the history ended: the sort key of its last insight."""

    as_of: str
    created_at: datetime
    id: str

    def encode(self) -> str:
        return write_cursor([self.as_of, self.created_at.isoformat(), self.id])

    @classmethod
    def decode(cls, cursor: str) -> "Position":
        """Raises BadCursor for anything that `encode` did not make."""
        as_of, created_at, identifier = read_cursor(cursor, 3)
        return cls(read_day(as_of).isoformat(), read_instant(created_at), identifier)


class InsightRepository:
    """Documents are the dataclasses in JSON form; only `created_at` is a real instant, because the database sorts by it."""

    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        self._insights = database["insights"]
        self._evidence = database["evidence"]
        self._answers = database["answers"]

    async def add(self, written: Written) -> None:
        """Evidence first: an insight that can be read can always be explained. It is loose until a sweep has seen the insight.

        Both are written until they stand, while the deadline allows it. Raises PyMongoError."""
        insight = written.insight
        await self._insert(
            self._evidence,
            {
                "_id": insight.id,
                "athlete_id": insight.athlete_id,
                "insight_id": insight.id,
                "sheet": _EVIDENCE_SHEET.dump_python(written.sheet, mode="json", exclude_none=True),
                "drafts": _EVIDENCE_DRAFTS.dump_python(written.drafts, mode="json"),
                "kept_until": insight.created_at + timedelta(days=EVIDENCE_DAYS),
                "loose_since": insight.created_at,
            },
        )
        document = _INSIGHT.dump_python(insight, mode="json", exclude={"id", "created_at", "facts"})
        facts = FACTS.dump_python(dict(insight.facts), mode="json", exclude_none=True)  # most of a fact says nothing
        await self._insert(
            self._insights, {"_id": insight.id, **document, "facts": facts, "created_at": insight.created_at, "feedback": None}
        )

    async def drop_loose_evidence(self, before: datetime) -> int:
        """Of insights that were never stored; evidence of those that were is loose no longer. How many were dropped."""
        loose = [e["_id"] async for e in self._evidence.find({"loose_since": {"$lt": before}}, {"_id": 1}).limit(LOOSE_AT_ONCE)]
        if not loose:
            return 0
        stored = [i["_id"] async for i in self._insights.find({"_id": {"$in": loose}}, {"_id": 1})]
        await self._evidence.update_many({"_id": {"$in": stored}}, {"$unset": {"loose_since": ""}})
        dropped = await self._evidence.delete_many({"_id": {"$in": list(set(loose) - set(stored))}})
        return dropped.deleted_count

    async def _insert(self, collection: AsyncCollection[dict[str, Any]], document: dict[str, Any]) -> None:
        async def insert() -> None:
            await collection.insert_one(document)

        await persistently(insert, STORE_S)

    async def get(self, athlete_id: str, insight_id: str) -> StoredInsight | None:
        document = await self._insights.find_one({"_id": insight_id, "athlete_id": athlete_id})
        return _stored(document) if document else None

    async def newest_holding(self, athlete_id: str, context_hash: str) -> StoredInsight | None:
        """The latest insight made from exactly these facts."""
        document = await self._insights.find_one(
            {"athlete_id": athlete_id, "context_hash": context_hash}, sort=[("created_at", DESCENDING)]
        )
        return _stored(document) if document else None

    async def page(self, athlete_id: str, query: HistoryQuery, *, after: Position | None, limit: int) -> list[StoredInsight]:
        """Up to `limit` insights, newest first, strictly after a position: new arrivals never shift a page."""
        match: dict[str, Any] = {"athlete_id": athlete_id}
        if query.kind is not None:
            match["kind"] = query.kind.value
        if query.activity_id is not None:
            match["activity_id"] = query.activity_id
        bounds = {"$gte": query.since, "$lte": query.until}
        days = {operator: day.isoformat() for operator, day in bounds.items() if day is not None}
        if days:
            match["as_of"] = days
        if after is not None:
            match["$or"] = [
                {"as_of": {"$lt": after.as_of}},
                {"as_of": after.as_of, "created_at": {"$lt": after.created_at}},
                {"as_of": after.as_of, "created_at": after.created_at, "_id": {"$lt": after.id}},
            ]
        found = self._insights.find(match).sort(_NEWEST_FIRST).limit(limit)
        return [_stored(document) async for document in found]

    async def delete(self, athlete_id: str, insight_id: str) -> bool:
        """The insight, its evidence and its answers; the ledger keeps what it cost."""
        owned = {"athlete_id": athlete_id, "insight_id": insight_id}
        await self._answers.delete_many(owned)
        await self._evidence.delete_many(owned)
        deleted = await self._insights.delete_one({"_id": insight_id, "athlete_id": athlete_id})
        return deleted.deleted_count == 1

    async def rate(self, athlete_id: str, insight_id: str, feedback: Feedback) -> bool:
        rated = await self._insights.update_one(
            {"_id": insight_id, "athlete_id": athlete_id}, {"$set": {"feedback": FEEDBACK.dump_python(feedback, mode="json")}}
        )
        return rated.matched_count == 1

    async def answer(self, athlete_id: str, insight: Insight, choice: str, now: datetime) -> None:
        """One answer per insight; a later one replaces it."""
        question_id = insight.question.id if insight.question else None
        await self._answers.replace_one(
            {"athlete_id": athlete_id, "insight_id": insight.id},
            {
                "athlete_id": athlete_id,
                "insight_id": insight.id,
                "question_id": question_id or insight.id,
                "activity_id": insight.activity_id,
                "choice": choice,
                "answered_at": now,
                "expires_at": now + timedelta(days=ANSWER_DAYS),
            },
            upsert=True,
        )

    async def evidence(self, athlete_id: str, insight_id: str) -> Evidence | None:
        document = await self._evidence.find_one({"athlete_id": athlete_id, "insight_id": insight_id})
        if document is None:
            return None
        return Evidence(
            sheet=_EVIDENCE_SHEET.validate_python(document["sheet"]),
            drafts=_EVIDENCE_DRAFTS.validate_python(document["drafts"]),
        )

    async def owner_of(self, insight_id: str) -> str | None:
        """For the operator's tools, which know an insight only by its id."""
        document = await self._insights.find_one({"_id": insight_id}, {"athlete_id": 1})
        return document["athlete_id"] if document else None

    async def count_by_day(self, athlete_id: str, since: date, until: date) -> list[InsightCount]:
        """Both days included, newest day first."""
        made = {"athlete_id": athlete_id, "created_at": {"$gte": midnight(since), "$lt": midnight(until + timedelta(days=1))}}
        day = {"$dateToString": {"date": "$created_at", "format": "%Y-%m-%d"}}
        rows = await self._insights.aggregate(
            [
                {"$match": made},
                {"$group": {"_id": {"day": day, "kind": "$kind", "source": "$source"}, "insights": {"$sum": 1}}},
                {"$sort": {"_id.day": -1, "_id.kind": 1, "_id.source": 1}},
            ]
        )
        return [InsightCount(**row["_id"] | {"day": date.fromisoformat(row["_id"]["day"])}, insights=row["insights"]) async for row in rows]

    async def recent(self, athlete_id: str, kind: InsightKind, before: AsOf) -> Sequence[PastInsight]:
        """What insights of this kind said up to that day, newest first."""
        found = (
            self._insights.find(
                {"athlete_id": athlete_id, "kind": kind.value, "as_of": {"$lt": before.day.isoformat()}},
                {"as_of": 1, "activity_id": 1, "headline": 1, "observations": 1, "actions": 1, "question": 1, "facts": 1, "feedback": 1},
            )
            .sort(_NEWEST_FIRST)
            .limit(PAST_INSIGHTS)
        )
        return [past_of(document) for document in await found.to_list()]

    async def answers(self, athlete_id: str, before: AsOf) -> Sequence[AthleteAnswer]:
        """Unexpired answers given up to that moment, newest first."""
        found = self._answers.find(
            {"athlete_id": athlete_id, "answered_at": {"$lte": before.instant}, "expires_at": {"$gt": before.instant}}
        ).sort("answered_at", DESCENDING)
        return [
            AthleteAnswer(
                question_id=document["question_id"],
                choice=document["choice"],
                activity_id=document["activity_id"],
                answered_on=document["answered_at"].date(),
            )
            for document in await found.to_list()
        ]


def _stored(document: dict[str, Any]) -> StoredInsight:
    feedback = document.pop("feedback")
    return StoredInsight(
        insight=_INSIGHT.validate_python({**document, "id": document["_id"]}),
        feedback=FEEDBACK.validate_python(feedback) if feedback else None,
    )
