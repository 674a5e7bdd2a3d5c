"""Jobs: found, done once, told about, taken over, given up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import AutoReconnect

from app.jobs.job import Job, JobFailed, JobState, JsonObject, Progress, Report
from app.jobs.repository import LEASE, JobRepository
from app.jobs.runner import MAX_ATTEMPTS, JobRunner
from chains.errors import NotFound

Database = AsyncDatabase[dict[str, Any]]
ADA = "ada"


class Clock:
    """Stands still unless moved."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 5, 3, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant

    def pass_by(self, time: timedelta) -> None:
        self.instant += time


class Work:
    """A handler that does what a test says and remembers what was asked of it."""

    def __init__(self, do: Callable[[Job, Report], Awaitable[JsonObject]]) -> None:
        self._do = do
        self.runs: list[str] = []
        self.ended_jobs: list[Job] = []

    async def run(self, job: Job, report: Report) -> JsonObject:
        self.runs.append(job.id)
        return await self._do(job, report)

    async def ended(self, job: Job) -> None:
        self.ended_jobs.append(job)


async def double(job: Job, report: Report) -> JsonObject:
    await report(Progress(done=1, total=1))
    number = job.payload["number"]
    assert isinstance(number, int)
    return {"doubled": 2 * number}


async def never(job: Job, report: Report) -> JsonObject:
    await asyncio.Event().wait()
    return {}


@asynccontextmanager
async def runner(database: Database, work: Work, clock: Clock | None = None) -> AsyncIterator[JobRunner]:
    running = JobRunner(JobRepository(database), {"work": work}, clock or Clock())
    async with running.running():
        yield running


async def ended(jobs: JobRunner, job: Job) -> Job:
    async with asyncio.timeout(20):
        while True:
            now = await jobs.get(ADA, job.id)
            if now.state in {JobState.DONE, JobState.FAILED}:
                return now
            await asyncio.sleep(0.01)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while True:
            if condition():
                return
            await asyncio.sleep(0.01)


async def test_a_job_is_done_and_its_result_can_be_read(database: Database) -> None:
    work = Work(double)
    async with runner(database, work) as jobs:
        job = await jobs.submit(ADA, "work", {"number": 21})
        done = await ended(jobs, job)
        await until(lambda: bool(work.ended_jobs))

    assert (done.state, done.result, done.progress) == (JobState.DONE, {"doubled": 42}, Progress(done=1, total=1))
    assert work.ended_jobs[0].state is JobState.DONE


async def test_each_of_many_jobs_runs_once_whoever_takes_it(database: Database) -> None:
    work = Work(double)
    async with runner(database, work) as one, runner(database, work) as other:
        jobs = [await (one, other)[i % 2].submit(ADA, "work", {"number": i}) for i in range(20)]
        results = [(await ended(one, job)).result for job in jobs]

    assert results == [{"doubled": 2 * i} for i in range(20)]
    assert sorted(work.runs) == sorted(job.id for job in jobs)


async def test_someone_elses_job_is_not_found(database: Database) -> None:
    async with runner(database, Work(double)) as jobs:
        job = await jobs.submit(ADA, "work", {"number": 1})

        for athlete, job_id in (("eve", job.id), (ADA, "no-such-job")):
            with pytest.raises(NotFound):
                await jobs.get(athlete, job_id)


async def test_failure_is_told_in_a_sentence(database: Database) -> None:
    async def give_up(job: Job, report: Report) -> JsonObject:
        raise JobFailed("the archive is damaged")

    work = Work(give_up)
    async with runner(database, work) as jobs:
        failed = await ended(jobs, await jobs.submit(ADA, "work", {}))

    assert (failed.state, failed.error, failed.result) == (JobState.FAILED, "the archive is damaged", None)
    assert len(work.runs) == 1


async def test_a_bug_fails_its_job_without_details_and_the_runner_lives_on(database: Database) -> None:
    async def break_down(job: Job, report: Report) -> JsonObject:
        if job.payload:
            return await double(job, report)
        raise ZeroDivisionError("secret")

    async with runner(database, Work(break_down)) as jobs:
        broken = [await ended(jobs, await jobs.submit(ADA, "work", {})) for _ in range(3)]
        fine = await ended(jobs, await jobs.submit(ADA, "work", {"number": 2}))

    assert {job.error for job in broken} == {"the service failed at this job"}
    assert fine.result == {"doubled": 4}


async def test_a_stopped_runner_puts_its_job_back_and_the_next_one_does_it(database: Database) -> None:
    stuck = Work(never)
    async with runner(database, stuck) as jobs:
        job = await jobs.submit(ADA, "work", {"number": 3})
        await until(lambda: bool(stuck.runs))

    async with runner(database, Work(double)) as jobs:
        done = await ended(jobs, job)

    assert (done.state, done.result, done.attempts) == (JobState.DONE, {"doubled": 6}, 1)
    assert stuck.ended_jobs == []


async def test_the_job_of_a_dead_runner_is_taken_over_when_its_lease_is_over(database: Database) -> None:
    clock, repository = Clock(), JobRepository(database)
    job = await repository.add(ADA, "work", {"number": 4}, clock())
    assert await repository.claim("dead runner", ["work"], clock())

    assert await repository.claim("other", ["work"], clock()) is None
    clock.pass_by(LEASE)
    async with runner(database, Work(double), clock) as jobs:
        done = await ended(jobs, job)

    assert (done.result, done.attempts) == ({"doubled": 8}, 2)
    assert not await repository.renew(job.id, "dead runner", Progress(), clock())
    assert not await repository.finish(done, "dead runner", clock())


async def test_work_stops_when_its_lease_is_lost(database: Database) -> None:
    cut_off: list[bool] = []

    async def wait(job: Job, report: Report) -> JsonObject:
        try:
            return await never(job, report)
        finally:
            cut_off.append(True)

    work = Work(wait)
    jobs = JobRunner(JobRepository(database), {"work": work}, Clock(), renew_every_s=0.02)
    async with jobs.running():
        job = await jobs.submit(ADA, "work", {})
        await until(lambda: bool(work.runs))
        await database["jobs"].update_one({"_id": job.id}, {"$set": {"owner": "someone else"}})
        await until(lambda: bool(cut_off))

    assert (await jobs.get(ADA, job.id)).state is JobState.RUNNING
    assert work.ended_jobs == []


async def test_a_job_that_takes_every_runner_down_is_given_up(database: Database) -> None:
    clock, repository, work = Clock(), JobRepository(database), Work(double)
    job = await repository.add(ADA, "work", {"number": 5}, clock())
    for attempt in range(MAX_ATTEMPTS):
        assert await repository.claim(f"victim {attempt}", ["work"], clock())
        clock.pass_by(LEASE)

    async with runner(database, work, clock) as jobs:
        given_up = await ended(jobs, job)
        await until(lambda: bool(work.ended_jobs))

    assert given_up.state is JobState.FAILED
    assert work.runs == []


async def test_an_outage_is_no_failure_of_the_job(database: Database) -> None:
    clock = Clock()

    async def lose_the_database_once(job: Job, report: Report) -> JsonObject:
        if job.attempts == 1:
            clock.pass_by(LEASE)
            raise AutoReconnect("gone")
        return await double(job, report)

    async with runner(database, Work(lose_the_database_once), clock) as jobs:
        done = await ended(jobs, await jobs.submit(ADA, "work", {"number": 6}))

    assert (done.state, done.attempts) == (JobState.DONE, 2)


async def test_jobs_of_an_unknown_type_are_left_for_a_newer_service(database: Database) -> None:
    async with runner(database, Work(double)) as jobs:
        unknown = await jobs.submit(ADA, "from the future", {})
        known = await jobs.submit(ADA, "work", {"number": 1})
        await ended(jobs, known)

        assert (await jobs.get(ADA, unknown.id)).state is JobState.QUEUED
