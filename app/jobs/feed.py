"""The events of a job in the process that does it: told to whoever reads here, and written down beside them for readers elsewhere."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime

import structlog
from pymongo.errors import PyMongoError

from app.jobs.events import Event, EventName, EventRepository
from app.jobs.job import Job, JsonObject

WRITE_AGAIN_S = 0.5

_log = structlog.get_logger(__name__)


class Feed:
    """A list that grows, some forty events at most: three calls, the rules, and what is around them. A reader is a place in it, so the
    slowest costs nothing and can hold nobody up."""

    def __init__(self, job_id: str, athlete_id: str, told: Sequence[Event] = ()) -> None:
        self.job_id = job_id
        self.athlete_id = athlete_id
        self._events = list(told)
        self._is_closed = False
        self._readers = 0
        self._left_at = asyncio.get_running_loop().time()
        self._news = asyncio.Event()

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    @property
    def told(self) -> int:
        """How many events there are."""
        return len(self._events)

    @property
    def last(self) -> Event | None:
        """The one that nothing comes after, once it was told."""
        return self._events[-1] if self._events and self._events[-1].is_last else None

    def tell(self, name: EventName, data: JsonObject) -> None:
        """Never waits."""
        self._events.append(Event(number=self.told + 1, name=name, data=data))
        self._wake()

    def close(self) -> None:
        """There will be no more, whether or not there was a last one."""
        self._is_closed = True
        self._wake()

    def since(self, number: int) -> Sequence[Event]:
        """What was told after that one."""
        return self._events[number:]

    async def batches(self, number: int) -> AsyncGenerator[Sequence[Event]]:
        """As they come, as many at a time as there are, up to the last one."""
        while True:
            news = self._news
            batch = self.since(number)
            if batch:
                number = batch[-1].number
                yield batch
            elif self._is_closed:
                return
            else:
                await news.wait()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While somebody reads, the work is wanted."""
        self._readers += 1
        try:
            yield
        finally:
            self._readers -= 1
            self._left_at = asyncio.get_running_loop().time()

    async def deserted(self, grace_s: float) -> None:
        """Returns when nobody has read for so long."""
        while (left_s := grace_s - self._alone_s) > 0:  # noqa: ASYNC110  # an event would have to be set by the passing of time
            await asyncio.sleep(left_s)

    @property
    def _alone_s(self) -> float:
        return 0.0 if self._readers else asyncio.get_running_loop().time() - self._left_at

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


class Feeds:
    """All of this process."""

    def __init__(self, events: EventRepository, now: Callable[[], datetime]) -> None:
        self._events = events
        self._now = now
        self._under_way: dict[str, Feed] = {}

    def find(self, athlete_id: str, job_id: str) -> Feed | None:
        """Of a job under way here."""
        feed = self._under_way.get(job_id)
        return feed if feed is not None and feed.athlete_id == athlete_id else None

    def open(self, athlete_id: str, job_id: str) -> Feed:
        """Of new work: it can be read at once, and is written down from `kept` on."""
        return self._under_way.setdefault(job_id, Feed(job_id, athlete_id))

    @asynccontextmanager
    async def resumed(self, job: Job) -> AsyncIterator[Feed]:
        """Of work that may have been begun before: where it was, everything told is void."""
        feed = Feed(job.id, job.athlete_id, await self._events.read(job.athlete_id, job.id))
        self._under_way[job.id] = feed
        async with self.kept(feed, job):
            if feed.told and feed.last is None:
                feed.tell(EventName.RESET, {})
            yield feed

    @asynccontextmanager
    async def kept(self, feed: Feed, job: Job) -> AsyncIterator[None]:
        """The block is the work: meanwhile events are written down, and all of them are when it is over."""
        writing = asyncio.create_task(self._write_down(feed, job), name=f"events-{job.id}")
        try:
            yield
        finally:
            feed.close()
            try:
                await writing
            finally:
                self._under_way.pop(job.id, None)

    async def _write_down(self, feed: Feed, job: Job) -> None:
        """In order, as many at once as have come meanwhile. What cannot be written is no reason to stop the work."""
        async for batch in feed.batches(0):
            while not await self._written(batch, job):
                if feed.is_closed:
                    return
                await asyncio.sleep(WRITE_AGAIN_S)

    async def _written(self, batch: Sequence[Event], job: Job) -> bool:
        try:
            if not await self._events.add(job.athlete_id, job.id, job.attempts, batch, self._now()):
                _log.warning("events_superseded", job_id=job.id)
        except PyMongoError as fault:
            _log.warning("events_not_written", job_id=job.id, fault=type(fault).__name__)
            return False
        return True
