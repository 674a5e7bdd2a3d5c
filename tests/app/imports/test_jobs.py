"""A large import survives the replica that began it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pymongo.asynchronous.database import AsyncDatabase

from app.imports.desk import ImportDesk
from app.imports.jobs import IMPORT_JOB, ImportJobs
from app.imports.reading import entry_of, read_sessions
from app.imports.spool import PIECE_BYTES, Spool
from app.imports.upload import Upload
from app.jobs.job import Job, JobState
from app.jobs.repository import LEASE, JobRepository
from app.jobs.runner import JobRunner
from tests.app.activities.entries import ATHLETE
from tests.app.imports.files import imports_on, on_disk, tcx, zipped

Database = AsyncDatabase[dict[str, Any]]


async def test_pieces_come_back_as_the_file_they_were(database: Database, tmp_path: Path) -> None:
    spool, content = Spool(database), bytes(range(256)) * (PIECE_BYTES // 256) * 2 + b"the rest"
    (there, back) = (tmp_path / "there", tmp_path / "back")
    there.mkdir()
    back.mkdir()

    await spool.keep(ATHLETE, "job", on_disk(there, {"big.zip": content, "empty.fit": b""}), datetime.now(UTC))
    fetched = await spool.fetch(ATHLETE, "job", ["big.zip", "empty.fit"], back)

    assert [file.path.read_bytes() for file in fetched] == [content, b""]
    await spool.remove(ATHLETE, "job")
    assert await database["spool"].count_documents({}) == 0


async def test_a_job_whose_replica_died_midway_is_finished_by_the_next(database: Database, tmp_path: Path) -> None:
    started = datetime.now(UTC)
    later = started + LEASE
    repository, spool, imports = JobRepository(database), Spool(database), imports_on(database)
    handler = ImportJobs(imports=imports, spool=spool)
    dead = JobRunner(repository, {}, lambda: started)
    archive = zipped({f"{i}.tcx": tcx(start=datetime(2026, 5, 1 + i, 6, tzinfo=UTC)) for i in range(3)})
    upload = Upload(sent=tuple(on_disk(tmp_path, {"archive.zip": archive})), refused=())
    queued = await ImportDesk(imports=imports, spool=spool, runner=dead, now=lambda: started).take(ATHLETE, upload)
    assert isinstance(queued, Job)
    assert await repository.claim("dead replica", [IMPORT_JOB], started)
    first = read_sessions("0.tcx", tcx(start=datetime(2026, 5, 1, 6, tzinfo=UTC)))
    await imports.activities.store(ATHLETE, [entry_of(session, ATHLETE, ZoneInfo("UTC"), "0.tcx") for session in first])

    alive = JobRunner(repository, {IMPORT_JOB: handler}, lambda: later)
    async with alive.running(), asyncio.timeout(30):
        while True:
            job = await alive.get(ATHLETE, queued.id)
            if job.state is JobState.DONE and await database["spool"].count_documents({}) == 0:
                break
            await asyncio.sleep(0.02)

    assert job.result is not None
    assert {kind: len(items) for kind, items in job.result.items() if isinstance(items, list)} == {
        "imported": 2,
        "duplicate": 1,
        "failed": 0,
    }
    assert await database["activities"].count_documents({}) == 3
