"""Where uploads arrive: small ones are imported at once, archives and large ones become jobs."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from app.imports.jobs import IMPORT_JOB
from app.imports.report import ImportReport
from app.imports.service import ImportService
from app.imports.sources import check_archives
from app.imports.spool import Spool
from app.imports.upload import Upload
from app.jobs.job import Job, JsonObject, Progress
from app.jobs.runner import JobRunner
from chains.errors import RecordingError

AT_ONCE_BYTES = 25_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDesk:
    imports: ImportService
    spool: Spool
    runner: JobRunner
    now: Callable[[], datetime]

    async def take(self, athlete_id: str, upload: Upload) -> ImportReport | Job:
        """The report, or the job that will have it. Raises RecordingError if nothing of the upload may be or can be read."""
        await asyncio.to_thread(check_archives, upload.sent)
        if upload.size > AT_ONCE_BYTES or any(file.is_archive for file in upload.sent):
            return await self._queue(athlete_id, upload)
        report = await self.imports.take(athlete_id, upload.sent, _no_report)
        return _usable(replace(report, failed=(*report.failed, *upload.refused)))

    async def _queue(self, athlete_id: str, upload: Upload) -> Job:
        """Spool the files durably, then put the job on record."""
        job_id = uuid4().hex
        await self.spool.keep(athlete_id, job_id, upload.sent, self.now())
        payload: JsonObject = {
            "files": [file.name for file in upload.sent],
            "refused": [{"file": refused.file, "reason": refused.reason} for refused in upload.refused],
        }
        return await self.runner.submit(athlete_id, IMPORT_JOB, payload, job_id=job_id)


async def _no_report(progress: Progress) -> None:
    """Whoever waits for the answer needs no progress."""


def _usable(report: ImportReport) -> ImportReport:
    """A single bad file is an error of the request."""
    if len(report.failed) == 1 and not report.imported and not report.duplicate:
        raise RecordingError(f"{report.failed[0].file}: {report.failed[0].reason}")
    return report
