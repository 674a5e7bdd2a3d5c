"""What the service refuses, and the one table from errors to HTTP.

InsightError (chains.errors)
├── InvalidField             a value that the types let through, but the request cannot have
├── TooLarge                 a body over its limit
├── Conflict                 contradicts what is already there
├── Unauthenticated          no token, or none that we accept
├── Forbidden                a good token without the scope
├── Overloaded               too much at once; come back later
├── NotAcceptable            wants an answer in a form that there is none of
└── Deserted                 nobody was left to read what was being written
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pymongo.errors import ConnectionFailure, ExecutionTimeout, NetworkTimeout, PyMongoError, WaitQueueTimeoutError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.problems import FieldProblem, Problem, ProblemType, Unmet
from chains.errors import InsightError, ModelError, NotEnoughData, NotFound, RecordingError

RETRY_AFTER_S = 5


class InvalidField(InsightError):
    """`message` completes 'field …'; it never repeats what the athlete wrote."""

    def __init__(self, field: str, message: str, *, limit: float | str | None = None) -> None:
        super().__init__(f"{field}: {message}")
        self.problem = FieldProblem(field=field, message=message, limit=limit)


class TooLarge(InsightError):
    def __init__(self, limit_bytes: int, what: str = "body") -> None:
        super().__init__(f"{what}: at most {limit_bytes} bytes")
        self.problem = FieldProblem(field=what, message="is too large", limit=limit_bytes)


class Conflict(InsightError):
    """The request contradicts what is stored, or another request that is still under way."""


class Unauthenticated(InsightError):
    """`reason` says what was wrong with the token, never what was in it."""

    def __init__(self, reason: str, *, challenge: str = "Bearer") -> None:
        super().__init__(reason)
        self.challenge = challenge


class Forbidden(InsightError):
    def __init__(self, scope: str) -> None:
        super().__init__(f"needs a token with the scope {scope!r}")
        self.challenge = f'Bearer error="insufficient_scope", scope="{scope}"'


class Overloaded(InsightError):
    """`retry_after_s` is when there is likely to be room."""

    def __init__(self, retry_after_s: int, *, what: str = "insights") -> None:
        super().__init__(f"too many {what} are being written; try again in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class NotAcceptable(InsightError):
    def __init__(self, offered: Sequence[str]) -> None:
        super().__init__(f"Accept: allows none of {', '.join(offered)}")


class Deserted(InsightError):
    """The reader of a stream went away and did not come back in time."""

    def __init__(self, grace_s: float) -> None:
        super().__init__(f"nobody read for {grace_s:g} s: the insight was given up; ask again")


@dataclass(frozen=True, slots=True)
class Row:
    """How one class of errors leaves the service."""

    type: ProblemType
    status: int
    title: str


INTERNAL = Row(ProblemType.INTERNAL, 500, "Something went wrong on our side")
_UNAVAILABLE = Row(ProblemType.UNAVAILABLE, 503, "The database does not answer")

TABLE: Final[Mapping[type[Exception], Row]] = {
    NotFound: Row(ProblemType.NOT_FOUND, 404, "There is no such thing"),
    NotEnoughData: Row(ProblemType.NOT_ENOUGH_DATA, 409, "Too little training data to say anything true"),
    RecordingError: Row(ProblemType.UNUSABLE_RECORDING, 422, "The recording cannot be used"),
    InvalidField: Row(ProblemType.INVALID_FIELD, 422, "A field is missing or wrong"),
    RequestValidationError: Row(ProblemType.INVALID_FIELD, 422, "A field is missing or wrong"),
    TooLarge: Row(ProblemType.TOO_LARGE, 413, "The body is too large"),
    UnicodeEncodeError: Row(ProblemType.INVALID_FIELD, 422, "A text is not valid Unicode"),  # lone surrogates get past JSON, not past BSON
    Conflict: Row(ProblemType.CONFLICT, 409, "This contradicts what is already there"),
    Unauthenticated: Row(ProblemType.UNAUTHENTICATED, 401, "A valid bearer token is needed"),
    Forbidden: Row(ProblemType.FORBIDDEN, 403, "The token does not allow this"),
    NotAcceptable: Row(ProblemType.NOT_ACCEPTABLE, 406, "There is no answer in this form"),
    Deserted: Row(ProblemType.DESERTED, 410, "The reader went away before the insight was written"),
    Overloaded: Row(ProblemType.OVERLOADED, 503, "There is too much to do"),
    ConnectionFailure: _UNAVAILABLE,
    NetworkTimeout: _UNAVAILABLE,
    ExecutionTimeout: _UNAVAILABLE,
    WaitQueueTimeoutError: _UNAVAILABLE,
    ModelError: INTERNAL,  # the router answers for models; one that gets here is our fault
    InsightError: INTERNAL,
}

_BY_STATUS: Final[Mapping[int, Row]] = {
    400: Row(ProblemType.BAD_REQUEST, 400, "The request cannot be read"),
    405: Row(ProblemType.METHOD_NOT_ALLOWED, 405, "This method is not allowed here"),
    415: Row(ProblemType.UNSUPPORTED_MEDIA_TYPE, 415, "This media type is not supported"),
    **{row.status: row for row in TABLE.values() if row.status not in (409, 422)},
    503: _UNAVAILABLE,
    409: TABLE[Conflict],
    422: TABLE[InvalidField],
}


def row_of(error: type[BaseException]) -> Row:
    """The row of the nearest listed ancestor."""
    return next((TABLE[cls] for cls in error.__mro__ if cls in TABLE), INTERNAL)


def problem_of(error: Exception, request_id: str | None) -> Response:
    """The response for an error."""
    return _problem(error, request_id).response(_headers(error, _row(error)))


def problem_document(error: Exception, request_id: str | None) -> dict[str, Any]:
    """The same as data: for an error after the response has begun."""
    return _problem(error, request_id).model_dump(mode="json", exclude_none=True)


def _problem(error: Exception, request_id: str | None) -> Problem:
    """Of an error that nobody expected it says nothing but the request's id."""
    row = _row(error)
    return Problem(
        type=row.type,
        title=row.title,
        status=row.status,
        detail=_detail(error, row),
        request_id=request_id,
        errors=_field_problems(error),
        missing=[Unmet(fact=m.fact, have=m.have, need=m.need) for m in error.missing] if isinstance(error, NotEnoughData) else None,
    )


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For a route's `responses`: what it may answer besides success."""
    return {status: {"model": Problem, "description": _BY_STATUS[status].title} for status in sorted(statuses)}


def handle_errors(app: FastAPI) -> None:
    """Answer every error with a problem document."""
    for error in (*TABLE, PyMongoError, HTTPException):
        app.add_exception_handler(error, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, PyMongoError) and not error.timeout and row_of(type(error)) is INTERNAL:
        raise error
    return problem_of(error, getattr(request.state, "request_id", None))


def _row(error: Exception) -> Row:
    return _BY_STATUS[400] if _is_unreadable(error) else _row_for(error)


def _row_for(error: Exception) -> Row:
    if isinstance(error, PyMongoError) and error.timeout:
        return _UNAVAILABLE
    if isinstance(error, HTTPException):
        return _BY_STATUS.get(error.status_code, INTERNAL if error.status_code >= 500 else _BY_STATUS[400])
    return row_of(type(error))


def _is_unreadable(error: Exception) -> bool:
    return isinstance(error, RequestValidationError) and any(e["type"] == "json_invalid" for e in error.errors())


def _detail(error: Exception, row: Row) -> str:
    if row is INTERNAL:
        return "unexpected; the log has more under this request_id"
    if row is _UNAVAILABLE:
        return "try again in a few seconds"
    if isinstance(error, UnicodeEncodeError):
        return "a text holds a character that is not valid Unicode"
    if isinstance(error, RequestValidationError):
        return "; ".join(f"{problem.field}: {problem.message}" for problem in _field_problems(error) or ())
    if isinstance(error, HTTPException):
        return f"body: {_UNREADABLE}" if error.status_code == 400 else str(error.detail)
    return str(error)


def _headers(error: Exception, row: Row) -> dict[str, str]:
    if row is _UNAVAILABLE:
        return {"Retry-After": str(RETRY_AFTER_S)}
    if isinstance(error, Overloaded):
        return {"Retry-After": str(error.retry_after_s)}
    if isinstance(error, Unauthenticated | Forbidden):
        return {"WWW-Authenticate": error.challenge}
    if isinstance(error, HTTPException):
        return dict(error.headers or {})
    return {}


def _field_problems(error: Exception) -> list[FieldProblem] | None:
    if isinstance(error, InvalidField | TooLarge):
        return [error.problem]
    if isinstance(error, RequestValidationError):
        return [_field_problem(one) for one in error.errors()]
    if isinstance(error, HTTPException) and error.status_code == 400:
        return [FieldProblem(field="body", message=_UNREADABLE)]
    return None


_UNREADABLE = "cannot be read: not UTF-8, nested too deep or a number of too many digits"
"""Where the framework gives up on a body without saying why; what is merely no JSON has an error of its own."""

_LIMITS: Final[Sequence[str]] = ("le", "lt", "ge", "gt", "max_length", "min_length", "expected", "pattern", "limit_value")


def _field_problem(error: Mapping[str, Any]) -> FieldProblem:
    """Pydantic's own words, without the input that it would repeat."""
    context = error.get("ctx") or {}
    location = [str(part) for part in error["loc"]]
    field = ".".join(location[1:]) if len(location) > 1 else location[0] if location else "body"
    limit = next((context[name] for name in _LIMITS if name in context), None)
    return FieldProblem(
        field="body" if error["type"] == "json_invalid" else field,
        message="is not valid JSON" if error["type"] == "json_invalid" else str(error["msg"]).removeprefix("Value error, "),
        limit=limit if isinstance(limit, int | float | str) else None,
    )
