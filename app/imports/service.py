"""Imports: recordings from files and archives to activities, a few being decoded while others are stored."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from app.activities.intake import Profiles, read_item
from app.activities.repository import Entry
from app.activities.service import ActivityService
from app.imports.export import as_strava_object, with_export_entry
from app.imports.reading import Session, entry_of, read_sessions
from app.imports.report import ImportReport, Refused, Taken, taken
from app.imports.sources import Found, Sent, count_files, found_in
from app.jobs.job import Progress
from app.recordings.archive import ArchiveFile, ExportEntry
from chains.errors import RecordingError

AHEAD = 4
"""Files in memory at once: as many as keep the workers busy."""

Read = TypeVar("Read")
Report = Callable[[Progress], Awaitable[None]]


class Workers(Protocol):
    """Where files are decoded and measured."""

    async def read(self, work: Callable[[str, bytes], Read], file_name: str, content: bytes) -> Read: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One recording on its way: its name, and the entries or the reason that come of it."""

    name: str
    entries: asyncio.Task[list[Entry] | Refused]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportService:
    """Running an import twice changes nothing the second time, so one that was cut off is simply run again."""

    activities: ActivityService
    profiles: Profiles
    workers: Workers

    async def take(self, athlete_id: str, sent: Sequence[Sent], report: Report) -> ImportReport:
        """Import every recording of the files; a bad one is reported and the rest goes in."""
        zone = ZoneInfo((await self.profiles.get(athlete_id)).time_zone)
        total = await asyncio.to_thread(count_files, sent)
        results: list[Taken | Refused] = []
        await report(Progress(done=0, total=total))
        done = 0
        async for step in self._steps(athlete_id, zone, sent):
            results += await self._stored(athlete_id, step)
            done += 1
            await report(Progress(done=done, total=max(total, done)))
        await self.activities.settle(athlete_id)
        return ImportReport.of(results)

    async def _steps(self, athlete_id: str, zone: ZoneInfo, sent: Sequence[Sent]) -> AsyncIterator[_Step]:
        """In the order sent, each finished; the next few are under way meanwhile."""
        source = found_in(sent)
        under_way: deque[_Step] = deque()
        try:
            while found := await asyncio.to_thread(_next, source):
                under_way.append(self._begin(athlete_id, zone, found))
                if len(under_way) >= AHEAD:
                    yield under_way.popleft()
            while under_way:
                yield under_way.popleft()
        finally:
            for step in under_way:
                step.entries.cancel()

    def _begin(self, athlete_id: str, zone: ZoneInfo, found: Found) -> _Step:
        name = found.activity_id if isinstance(found, ExportEntry) else found.file if isinstance(found, Refused) else found.name
        return _Step(name=name, entries=asyncio.create_task(self._read(athlete_id, zone, found)))

    async def _read(self, athlete_id: str, zone: ZoneInfo, found: Found) -> list[Entry] | Refused:
        match found:
            case Refused():
                return found
            case ExportEntry():
                item = read_item(as_strava_object(found), athlete_id, zone)
                return [item] if isinstance(item, Entry) else Refused(file=found.activity_id, reason=item.reason)
            case ArchiveFile(name=name, content=content, entry=listed):
                try:
                    sessions: tuple[Session, ...] = await self.workers.read(read_sessions, name, content)
                except RecordingError as reason:
                    return Refused(file=name, reason=str(reason))
                entries = [entry_of(session, athlete_id, zone, name) for session in sessions]
                return with_export_entry(entries, listed) if listed else entries

    async def _stored(self, athlete_id: str, step: _Step) -> list[Taken | Refused]:
        entries = await step.entries
        if isinstance(entries, Refused):
            return [entries]
        return taken(step.name, await self.activities.store(athlete_id, entries))


def _next(source: Iterator[Found]) -> Found | None:
    return next(source, None)
