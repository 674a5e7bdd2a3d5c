"""Puts the sample athlete into the database, along the same path that imported files take."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from app.activities.manual import ManualActivity
from app.activities.repository import Entry
from app.activities.service import ActivityService, new_activity_id
from app.imports.reading import entry_of, measured_session
from app.together import together
from chains.sample.athlete import TIME_ZONE, HandEntry, SampleAthlete, SampleRecording
from chains.training.history import week_start_of
from chains.training.profile import Profile, Weekday
from chains.training.wellness import Wellness

SEED = 7
BATCH = 25
"""Small enough for a progress bar that moves, and for wellness writes at a time."""

PAGE = 1_000

Report = Callable[[int, int], None]
Session = SampleRecording | HandEntry
Item = TypeVar("Item")


class Profiles(Protocol):
    async def put(self, athlete_id: str, profile: Profile) -> None: ...


class WellnessDays(Protocol):
    async def put(self, athlete_id: str, wellness: Wellness) -> None: ...


def sample_athlete_id(today: date) -> str:
    """One athlete a week: within it the sample only grows, in the next its whole calendar has moved on."""
    return f"sample-{week_start_of(today, Weekday.MONDAY).isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLoader:
    activities: ActivityService
    profiles: Profiles
    wellness: WellnessDays

    async def load(self, athlete_id: str, sample: SampleAthlete, *, now: datetime, report: Report) -> int:
        """Add what is not there yet and has ended by `now`; returns how many activities that was. Cut off, it is simply run again."""
        known = await self._known_starts(athlete_id)
        await self._tell(athlete_id, sample, since=max(known).date() if known else date.min)
        sessions = [s for s in _sessions(sample) if s.started_at < now and s.started_at not in known]
        added = 0
        report(0, len(sessions))
        for batch in _batches(sessions):
            entries = await asyncio.to_thread(_entries, athlete_id, batch)
            ended = [e for e in entries if e.activity.ended_at <= now]
            await self.activities.store(athlete_id, ended)
            added += len(ended)
            report(added, len(sessions))
        await self.activities.settle(athlete_id)
        return added

    async def _tell(self, athlete_id: str, sample: SampleAthlete, since: date) -> None:
        """What the athlete says, and what the nights showed from `since` on."""
        await self.profiles.put(athlete_id, sample.profile)
        for batch in _batches([w for w in sample.wellness if w.date >= since]):
            async with together() as writes:
                for day in batch:
                    writes.create_task(self.wellness.put(athlete_id, day))

    async def _known_starts(self, athlete_id: str) -> frozenset[datetime]:
        page, after = await self.activities.page(athlete_id, after=None, limit=PAGE)
        known = {a.started_at for a in page}
        while after is not None:
            page, after = await self.activities.page(athlete_id, after=after, limit=PAGE)
            known |= {a.started_at for a in page}
        return frozenset(known)


def _sessions(sample: SampleAthlete) -> Sequence[Session]:
    sessions: list[Session] = [*sample.recordings, *sample.hand_entries]
    return sorted(sessions, key=lambda s: s.started_at)


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[i : i + BATCH] for i in range(0, len(items), BATCH))


def _entries(athlete_id: str, sessions: Sequence[Session]) -> list[Entry]:
    return [_hand_entered(athlete_id, s) if isinstance(s, HandEntry) else _recorded(athlete_id, s) for s in sessions]


def _recorded(athlete_id: str, sample: SampleRecording) -> Entry:
    entry = entry_of(measured_session(sample.record()), athlete_id, ZoneInfo(TIME_ZONE), sample.file_name)
    return replace(entry, activity=replace(entry.activity, purpose=sample.purpose))


def _hand_entered(athlete_id: str, entry: HandEntry) -> Entry:
    written = ManualActivity(
        sport=entry.sport,
        title=entry.title,
        started_at=entry.started_at,
        utc_offset_s=entry.utc_offset_s,
        elapsed_s=entry.elapsed_s,
        distance_m=entry.distance_m,
    )
    return Entry(activity=written.activity(new_activity_id(), athlete_id, ZoneInfo(TIME_ZONE)))
