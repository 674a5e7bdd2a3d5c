"""Problem documents (RFC 9457): the one shape of every error that leaves the service, and the closed list of their types."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"


class ProblemType(StrEnum):
    """Every `type` there is; clients may branch on these."""

    BAD_REQUEST = "/problems/bad-request"
    UNAUTHENTICATED = "/problems/unauthenticated"
    FORBIDDEN = "/problems/forbidden"
    NOT_FOUND = "/problems/not-found"
    METHOD_NOT_ALLOWED = "/problems/method-not-allowed"
    NOT_ENOUGH_DATA = "/problems/not-enough-data"
    NOT_ACCEPTABLE = "/problems/not-acceptable"
    DESERTED = "/problems/deserted"
    CONFLICT = "/problems/conflict"
    TOO_LARGE = "/problems/too-large"
    UNSUPPORTED_MEDIA_TYPE = "/problems/unsupported-media-type"
    INVALID_FIELD = "/problems/invalid-field"
    UNUSABLE_RECORDING = "/problems/unusable-recording"
    INTERNAL = "/problems/internal"
    UNAVAILABLE = "/problems/unavailable"
    OVERLOADED = "/problems/overloaded"


class FieldProblem(BaseModel):
    """What is wrong with one field; `limit` is the bound that it broke, where there is one."""

    field: str
    message: str
    limit: float | int | str | None = None


class Unmet(BaseModel):
    """One minimum that the athlete's data does not reach."""

    fact: str
    have: int
    need: int


class Problem(BaseModel):
    """RFC 9457. `request_id` is also in the response header X-Request-ID and in the log."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": ProblemType.INVALID_FIELD,
                    "title": "A field is missing or wrong",
                    "status": 422,
                    "detail": "as_of: is in the future",
                    "request_id": "0b6f6c1f4f7e4c2aa3c1b3f1a2d4e5f6",
                    "errors": [{"field": "as_of", "message": "is in the future", "limit": "2026-05-03"}],
                }
            ]
        }
    )

    type: ProblemType
    title: str
    status: int
    detail: str
    instance: str | None = None
    request_id: str | None = None
    errors: list[FieldProblem] | None = None
    missing: list[Unmet] | None = None

    def response(self, headers: Mapping[str, str] | None = None) -> Response:
        return Response(
            self.model_dump_json(exclude_none=True), status_code=self.status, headers=dict(headers or {}), media_type=MEDIA_TYPE
        )
