"""Imports at the edge."""

from typing import Self

from pydantic import BaseModel

from app.activities.service import Fate
from app.imports.report import ImportReport


class ImportedFile(BaseModel):
    """A file with several sessions is listed once for each."""

    file: str
    activity_id: str


class KnownFile(ImportedFile):
    enriched: bool
    """True where this recording was the richer one and its numbers replaced the known ones."""


class FailedFile(BaseModel):
    file: str
    reason: str


class ImportRead(BaseModel):
    """What became of each recording."""

    imported: list[ImportedFile]
    duplicate: list[KnownFile]
    failed: list[FailedFile]

    @classmethod
    def of(cls, report: ImportReport) -> Self:
        return cls(
            imported=[ImportedFile(file=t.file, activity_id=t.activity_id) for t in report.imported],
            duplicate=[KnownFile(file=t.file, activity_id=t.activity_id, enriched=t.fate is Fate.ENRICHED) for t in report.duplicate],
            failed=[FailedFile(file=r.file, reason=r.reason) for r in report.failed],
        )
