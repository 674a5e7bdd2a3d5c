"""Imports over HTTP."""

import tempfile
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import JSONResponse

from app.auth import CurrentAthlete
from app.dependencies import Imports
from app.errors import problems
from app.imports.schemas import ImportRead
from app.imports.upload import FIELD, receive
from app.jobs.job import Job
from app.jobs.schemas import ACCEPTED, JobAccepted, accepted_headers

router = APIRouter(tags=["activities"])

_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {FIELD: {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            }
        },
    }
}


@router.post(
    "/api/activities/import", response_model=ImportRead, responses={**ACCEPTED, **problems(401, 403, 413, 422, 503)}, openapi_extra=_BODY
)
async def import_files(request: Request, athlete: CurrentAthlete, imports: Imports) -> Response:
    """Import FIT, TCX and GPX files and their .gz, or a Strava bulk export as .zip.

    At most 25 MB a file and 500 MB unpacked. An archive, or more than 25 MB in all, becomes a job. Each file is judged on its own; a
    single bad one answers 422.
    """
    with tempfile.TemporaryDirectory(prefix="insights-upload-") as folder:
        upload = await receive(request.headers.get("content-type", ""), request.stream(), Path(folder))
        taken = await imports.take(athlete.athlete_id, upload)
    if isinstance(taken, Job):
        accepted = JobAccepted(job_id=taken.id)
        return JSONResponse(accepted.model_dump(), status_code=status.HTTP_202_ACCEPTED, headers=accepted_headers(taken))
    return JSONResponse(ImportRead.of(taken).model_dump(mode="json"))
