"""A large import as a background job."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from app.imports.schemas import FailedFile, ImportRead
from app.imports.service import ImportService
from app.imports.spool import Spool
from app.jobs.job import Job, JobHandler, JsonObject, Report

IMPORT_JOB = "import"


class _Payload(BaseModel):
    files: list[str]
    refused: list[FailedFile]
    """Too large on arrival: reported, never spooled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportJobs(JobHandler):
    """Safe to run again: what was imported before the interruption is a duplicate now, and is listed as such."""

    imports: ImportService
    spool: Spool

    async def run(self, job: Job, report: Report) -> JsonObject:
        with tempfile.TemporaryDirectory(prefix="insights-import-") as folder:
            payload = _Payload.model_validate(job.payload)
            sent = await self.spool.fetch(job.athlete_id, job.id, payload.files, Path(folder))
            result = ImportRead.of(await self.imports.take(job.athlete_id, sent, report))
        return result.model_copy(update={"failed": result.failed + payload.refused}).model_dump(mode="json")

    async def ended(self, job: Job) -> None:
        await self.spool.remove(job.athlete_id, job.id)
