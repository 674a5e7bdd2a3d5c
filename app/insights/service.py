"""What a caller can do with insights; every route and command goes through here."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.admission import prepared as facts_are_there
from app.admission import waited_s
from app.cursors import BadCursor
from app.errors import InvalidField
from app.insights.past import Feedback
from app.insights.repository import HistoryQuery, InsightRepository, Position, StoredInsight
from app.insights.schemas import GenerateInsight, GiveFeedback
from app.insights.trail import log_trail
from app.patience import within
from app.profile.repository import ProfileRepository
from chains.chain import InsightChain
from chains.errors import NotFound
from chains.insight import Written
from chains.ports import Listener
from chains.prepared import Prepared
from chains.request import InsightKind, InsightRequest
from chains.training.profile import Units

Clock = Callable[[], datetime]

STORE_S = 0.5
"""What storing may take beyond the deadline: an insight that was written in its last moment is not lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """An insight and whether this call wrote it, or one that still holds was found."""

    stored: StoredInsight
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """All that is known before anything is written; `holding` is the stored insight that makes writing needless."""

    prepared: Prepared
    holding: StoredInsight | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    items: tuple[StoredInsight, ...]
    next_cursor: str | None


class InsightService:
    def __init__(
        self, *, chain: InsightChain, insights: InsightRepository, profiles: ProfileRepository, clock: Clock, deadline_s: float
    ) -> None:
        self._chain = chain
        self._insights = insights
        self._profiles = profiles
        self._clock = clock
        self._deadline_s = deadline_s

    async def generate(self, athlete_id: str, asked: GenerateInsight) -> Generated:
        """Write an insight, or return the stored one that was made from exactly the same facts."""
        ready = await self.prepare(athlete_id, asked)
        if ready.holding is not None:
            return Generated(stored=ready.holding, is_new=False)
        return Generated(stored=await self.store(ready.prepared, await self.write(ready.prepared)), is_new=True)

    async def prepare(self, athlete_id: str, asked: GenerateInsight) -> Ready:
        """The facts, and the stored insight that still holds, unless a new one is wanted. Raises InvalidField, NotFound, NotEnoughData."""
        with within(time.monotonic() + self._deadline_s - waited_s()):
            prepared = await self._chain.prepare(await self.accept(athlete_id, asked))
            holding = None if asked.refresh else await self._insights.newest_holding(athlete_id, prepared.context_hash)
        facts_are_there()
        return Ready(prepared=prepared, holding=holding)

    async def write(self, prepared: Prepared, listener: Listener | None = None) -> Written:
        """Not stored yet. Told section by section to who listens."""
        with within(prepared.deadline):
            return await self._chain.write(prepared, listener)

    async def store(self, prepared: Prepared, written: Written) -> StoredInsight:
        """For good. Raises PyMongoError where the database stays away beyond the deadline: then nothing is stored."""
        with within(prepared.deadline + STORE_S):
            await self._insights.add(written)
        log_trail(written.insight)
        return StoredInsight(insight=written.insight, feedback=None)

    async def accept(self, athlete_id: str, asked: GenerateInsight) -> InsightRequest:
        """The request that is asked for; raises InvalidField for one that can have no answer."""
        now = _to_the_millisecond(self._clock())
        if asked.as_of is not None:
            profile = await self._profiles.get(athlete_id)
            today = now.astimezone(ZoneInfo(profile.time_zone)).date()
            if asked.as_of > today:
                raise InvalidField("as_of", f"is in the future; the latest possible day is {today}", limit=today.isoformat())
        if asked.activity_id is not None and asked.kind is not InsightKind.ACTIVITY_SUMMARY:
            raise InvalidField("activity_id", f"does not go with kind {asked.kind}; only activity_summary is about one activity")
        _require_question(asked)
        return InsightRequest(
            athlete_id=athlete_id,
            kind=asked.kind,
            activity_id=asked.activity_id,
            question=asked.question,
            as_of=asked.as_of,
            now=now,
            deadline_s=self._deadline_s - waited_s(),
        )

    async def get(self, athlete_id: str, insight_id: str) -> StoredInsight:
        stored = await self._insights.get(athlete_id, insight_id)
        if stored is None:
            raise NotFound("insight", insight_id)
        return stored

    async def history(self, athlete_id: str, query: HistoryQuery, *, cursor: str | None, limit: int) -> Page:
        """One page, newest first; a cursor of an earlier page goes on where that one ended."""
        try:
            after = Position.decode(cursor) if cursor else None
        except BadCursor as broken:
            raise InvalidField("cursor", str(broken)) from broken
        found = await self._insights.page(athlete_id, query, after=after, limit=limit + 1)
        items = tuple(found[:limit])
        return Page(items=items, next_cursor=_position_of(items[-1]).encode() if len(found) > limit else None)

    async def delete(self, athlete_id: str, insight_id: str) -> None:
        if not await self._insights.delete(athlete_id, insight_id):
            raise NotFound("insight", insight_id)

    async def rate(self, athlete_id: str, insight_id: str, given: GiveFeedback) -> Feedback:
        feedback = Feedback(rating=given.rating, target=given.target, reason=given.reason, comment=given.comment, given_at=self._clock())
        if not await self._insights.rate(athlete_id, insight_id, feedback):
            raise NotFound("insight", insight_id)
        return feedback

    async def answer(self, athlete_id: str, insight_id: str, choice: str) -> None:
        """Raises InvalidField where the insight asked nothing or offered no such choice."""
        insight = (await self.get(athlete_id, insight_id)).insight
        choices = insight.question.choices if insight.question else ()
        if choice not in choices:
            offered = ", ".join(repr(c) for c in choices) or "none: this insight asks nothing"
            raise InvalidField("choice", f"is not one of the choices offered ({offered})")
        await self._insights.answer(athlete_id, insight, choice, self._clock())

    async def units_of(self, athlete_id: str) -> Units:
        """The reader's units: insights are printed when they are read."""
        return (await self._profiles.get(athlete_id)).units


def _require_question(asked: GenerateInsight) -> None:
    """A question goes with its kind and with no other."""
    if asked.kind is InsightKind.QUESTION and asked.question is None:
        raise InvalidField("question", "is missing; kind question answers one")
    if asked.kind is not InsightKind.QUESTION and asked.question is not None:
        raise InvalidField("question", f"does not go with kind {asked.kind}; only question answers one")


def _to_the_millisecond(instant: datetime) -> datetime:
    """As the database keeps it: what a new insight says of its creation is what it says when it is read again."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _position_of(stored: StoredInsight) -> Position:
    insight = stored.insight
    return Position(insight.as_of.isoformat(), insight.created_at, insight.id)
