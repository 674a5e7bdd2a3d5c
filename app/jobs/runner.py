"""The in-process runner: takes jobs from their documents, one at a time per slot, and keeps their leases alive.

There is no queue beside the documents. A new job wakes the runner of its own process; every other runner, and this one after a
restart, finds it by looking every few seconds.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

import structlog
from pymongo.errors import PyMongoError

from app.jobs.job import Job, JobFailed, JobHandler, JobState, JsonObject, Progress
from app.jobs.repository import LEASE, JobRepository
from chains.errors import InsightError, NotFound

SLOTS = 2
LOOK_EVERY_S = 2.0
RENEW_EVERY_S = LEASE.total_seconds() / 4
REPORT_EVERY_S = 0.5
"""Progress is written at most this often."""

MAX_ATTEMPTS = 3
"""A job that has taken its runner down so often is given up."""

Clock = Callable[[], datetime]

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Run:
    """One job in the hands of this runner."""

    job: Job
    handler: JobHandler
    recording: asyncio.Task[None] | None = None
    """The job's record being made, where the work does not wait for it."""
    progress: Progress = field(default_factory=Progress)
    reported_at: float = 0.0

    async def on_record(self) -> None:
        """Nothing can be said of the job before its record is there."""
        if self.recording is not None:
            await asyncio.wait({self.recording})
            self.recording.result()


class JobRunner:
    """Runs jobs whose type has a handler. `running()` is its lifetime."""

    def __init__(
        self,
        jobs: JobRepository,
        handlers: Mapping[str, JobHandler],
        now: Clock,
        *,
        slots: int = SLOTS,
        renew_every_s: float = RENEW_EVERY_S,
    ) -> None:
        self._jobs = jobs
        self._handlers = handlers
        self._now = now
        self._slots = slots
        self._renew_every_s = renew_every_s
        self._owner = uuid4().hex
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()
        self._begun: set[asyncio.Task[None]] = set()

    async def submit(self, athlete_id: str, kind: str, payload: JsonObject, *, job_id: str | None = None) -> Job:
        """Put a job on record and start it soon."""
        job = await self._jobs.add(athlete_id, kind, payload, self._now(), job_id=job_id)
        self._woken.set()
        return job

    def begin(self, athlete_id: str, kind: str, payload: JsonObject, handler: JobHandler, *, job_id: str) -> None:
        """Work that starts here and now, whatever else is under way, and is put on record beside it. Where this process dies, the next one
        takes it over as any job of its kind."""
        job = Job(
            id=job_id,
            athlete_id=athlete_id,
            type=kind,
            state=JobState.RUNNING,
            payload=payload,
            attempts=1,
            created_at=self._now(),
            updated_at=self._now(),
        )
        task = asyncio.create_task(self._run_begun(_Run(job, handler)), name=f"begun-{job_id}")
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    async def get(self, athlete_id: str, job_id: str) -> Job:
        """Raises NotFound."""
        job = await self._jobs.get(athlete_id, job_id)
        if job is None:
            raise NotFound("job", job_id)
        return job

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work until the block ends; what is unfinished then goes back to the queue."""
        self._stopping.clear()
        slots = [asyncio.create_task(self._work(), name=f"jobs-{slot}") for slot in range(self._slots)]
        try:
            yield
        finally:
            self._stopping.set()
            self._woken.set()
            await asyncio.gather(*slots, *self._begun)

    async def _work(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                job = await self._jobs.claim(self._owner, list(self._handlers), self._now())
                if job is None:
                    await self._look_later()
                else:
                    await self._run(_Run(job, self._handlers[job.type]))
            except PyMongoError as fault:
                _log.warning("jobs_unreachable", fault=type(fault).__name__)
                await asyncio.sleep(LOOK_EVERY_S)

    async def _look_later(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), LOOK_EVERY_S)

    async def _run_begun(self, run: _Run) -> None:
        """The record is made beside the work, which does not wait for it; what could not be recorded is done all the same."""
        run.recording = asyncio.create_task(self._jobs.add_begun(run.job, self._owner), name=f"record-{run.job.id}")
        try:
            await self._run(run)
        except PyMongoError as fault:
            _log.warning("job_not_on_record", job_id=run.job.id, fault=type(fault).__name__)

    async def _run(self, run: _Run) -> None:
        """Do one job beside its heartbeat, until it is done, its lease is lost or the runner stops."""
        work = asyncio.create_task(self._attempt(run), name=f"job-{run.job.id}")
        heart = asyncio.create_task(self._beat(run), name=f"heart-{run.job.id}")
        stop = asyncio.create_task(self._stopped(), name=f"stop-{run.job.id}")
        await asyncio.wait({work, heart, stop}, return_when=asyncio.FIRST_COMPLETED)
        interrupted = not work.done()
        for task in (stop, heart, work):
            await _ended(task)
        if interrupted:
            _log.info("job_interrupted", job_id=run.job.id)
            await run.on_record()
            await self._jobs.release(run.job.id, self._owner, self._now())

    async def _stopped(self) -> None:
        await self._stopping.wait()

    async def _beat(self, run: _Run) -> None:
        """Renew the lease until it is lost: then the work must stop, because somebody else does it."""
        while True:
            await asyncio.sleep(self._renew_every_s)
            try:
                if not await self._jobs.renew(run.job.id, self._owner, run.progress, self._now()):
                    return
            except PyMongoError as fault:
                _log.warning("lease_not_renewed", job_id=run.job.id, fault=type(fault).__name__)

    async def _attempt(self, run: _Run) -> None:
        handler = run.handler
        began = time.monotonic()
        ended = await self._outcome(handler, run)
        await run.on_record()
        if await self._jobs.finish(ended, self._owner, self._now()):
            _log.info("job_ended", job_id=ended.id, type=ended.type, state=ended.state.value, seconds=round(time.monotonic() - began, 3))
            await handler.ended(ended)

    async def _outcome(self, handler: JobHandler, run: _Run) -> Job:
        if run.job.attempts > MAX_ATTEMPTS:
            return replace(run.job, state=JobState.FAILED, error="the job was interrupted too often and has been given up")

        async def report(progress: Progress) -> None:
            await self._report(run, progress)

        try:
            result = await handler.run(run.job, report)
        except (JobFailed, InsightError) as reason:
            return replace(run.job, state=JobState.FAILED, progress=run.progress, error=str(reason))
        except PyMongoError:
            raise  # nothing is wrong with the job: it runs again when its lease is over
        except Exception as fault:  # the outermost place that knows the job, as the server is for a request
            _log.error("job_broke", job_id=run.job.id, type=run.job.type, fault=type(fault).__name__, exc_info=True)
            return replace(run.job, state=JobState.FAILED, progress=run.progress, error="the service failed at this job")
        return replace(run.job, state=JobState.DONE, progress=run.progress, result=result)

    async def _report(self, run: _Run, progress: Progress) -> None:
        run.progress = progress
        if time.monotonic() - run.reported_at >= REPORT_EVERY_S:
            run.reported_at = time.monotonic()
            await self._jobs.renew(run.job.id, self._owner, progress, self._now())


async def _ended(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait for its end; its failure, if it had one, travels up."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
