"""Events as one reader sees them."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from pymongo.errors import PyMongoError

from app.auth import Caller
from app.errors import problem_document
from app.insights.events import read_by
from app.insights.service import InsightService
from app.jobs.events import Event, EventName
from chains.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReader:
    """Whoever follows a job: the insight at its end is printed for them, as it is stored now."""

    caller: Caller
    insights: InsightService
    request_id: str

    async def read(self, batches: AsyncGenerator[Sequence[Event]]) -> AsyncGenerator[Event]:
        """One by one. An insight that was deleted is an error, and its sentences are not told any more."""
        async with aclosing(batches):
            async for *earlier, last in batches:
                shown = await self._shown(last)
                for event in earlier if shown.name is last.name else ():
                    yield event
                yield shown

    async def _shown(self, event: Event) -> Event:
        if event.name is not EventName.INSIGHT:
            return event
        athlete_id = self.caller.athlete_id
        try:
            stored = await self.insights.get(athlete_id, str(event.data["insight_id"]))
            insight = read_by(stored, await self.insights.units_of(athlete_id), is_admin=self.caller.is_admin)
        except (NotFound, PyMongoError) as fault:
            return Event(number=event.number, name=EventName.ERROR, data=problem_document(fault, self.request_id))
        return Event(number=event.number, name=EventName.INSIGHT, data=insight.model_dump(mode="json"))
