"""Every error leaves as a problem document of a known type."""

import json
from collections.abc import Callable, Iterator
from functools import partial

import httpx
import pytest
import structlog
from fastapi import FastAPI
from pymongo.errors import AutoReconnect, ExecutionTimeout, OperationFailure, ServerSelectionTimeoutError

from app.database import Database
from app.errors import INTERNAL, TABLE, Conflict, InvalidField, row_of
from app.main import BODY_LIMIT, create_app
from app.problems import Problem, ProblemType
from app.resources import open_resources
from app.settings import Settings
from chains.errors import InsightError, ModelError, Need, NotEnoughData, NotFound, RecordingError

TokenFor = Callable[..., dict[str, str]]


def subclasses(of: type[Exception]) -> Iterator[type[Exception]]:
    for child in of.__subclasses__():
        yield child
        yield from subclasses(child)


@pytest.mark.parametrize("error", list(subclasses(InsightError)))
def test_every_error_we_answer_for_has_a_row(error: type[Exception]) -> None:
    """Models' failures are the router's to answer; here they would be our own fault."""
    row = row_of(error)

    assert isinstance(row.type, ProblemType)
    if issubclass(error, ModelError):
        assert row is INTERNAL
    elif error.__module__.startswith(("app", "chains")):
        assert row is not INTERNAL, f"{error.__name__} has no row in TABLE"


def test_every_type_is_used_once_per_status() -> None:
    pairs = {(row.type, row.status) for row in TABLE.values()}
    assert len({kind for kind, _ in pairs}) == len(pairs)


FAILURES: list[tuple[Exception, int, str]] = [
    (NotFound("insight", "x1"), 404, "not-found"),
    (NotEnoughData([Need(fact="activity", have=0, need=1)]), 409, "not-enough-data"),
    (RecordingError("no samples"), 422, "unusable-recording"),
    (InvalidField("as_of", "is in the future", limit="2026-05-03"), 422, "invalid-field"),
    (Conflict("another request with this key is under way"), 409, "conflict"),
    (ServerSelectionTimeoutError("mongo.internal:27017 refused"), 503, "unavailable"),
    (AutoReconnect("mongo.internal:27017 closed"), 503, "unavailable"),
    (ExecutionTimeout("operation exceeded time limit", 50), 503, "unavailable"),
    (OperationFailure("a secret note"), 500, "internal"),
    (ModelError("timeout", "a secret note"), 500, "internal"),
    (KeyError("a secret note"), 500, "internal"),
    (ExceptionGroup("a secret note", [ValueError("a secret note")]), 500, "internal"),
]


async def test_what_an_error_looks_like(settings: Settings, database: Database) -> None:
    app = failing_app(settings, database)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x") as client:
        for number, (_, status, kind) in enumerate(FAILURES):
            with structlog.testing.capture_logs() as logged:
                answer = await client.get(f"/fails/{number}")

            problem = Problem.model_validate(answer.json())
            assert (answer.status_code, problem.status, problem.type) == (status, status, f"/problems/{kind}")
            assert answer.headers["content-type"] == "application/problem+json"
            assert problem.request_id == answer.headers["x-request-id"]
            assert ("retry-after" in answer.headers) == (status == 503)
            assert bool(problem.missing) == (kind == "not-enough-data")
            assert "secret" not in answer.text + json.dumps(logged)
            assert "mongo.internal" not in answer.text


def failing_app(settings: Settings, database: Database) -> FastAPI:
    app = create_app(settings, open_world=partial(open_resources, database_name=database.name))

    @app.get("/fails/{number}")
    async def fails(number: int) -> None:
        raise FAILURES[number][0]

    return app


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api/nothing", 404, "not-found"),
        ("DELETE", "/api/profile", 405, "method-not-allowed"),
    ],
)
async def test_what_the_framework_refuses_is_a_problem_too(api: httpx.AsyncClient, method: str, path: str, status: int, kind: str) -> None:
    answer = await api.request(method, path)

    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": 1} x', b'{"birth_year": ' + b"9" * 5000 + b"}"])
async def test_a_body_that_is_no_json_is_400(api: httpx.AsyncClient, token_for: TokenFor, body: bytes) -> None:
    answer = await api.put("/api/profile", content=body, headers=token_for("ada") | {"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-request")
    assert answer.json()["errors"][0]["field"] == "body"


async def test_a_body_over_its_limit_is_413_and_names_the_limit(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    async def unannounced() -> "Iterator[bytes]":  # type: ignore[misc]
        for _ in range(11):
            yield b" " * (BODY_LIMIT.size // 10)

    headers = token_for("ada") | {"Content-Type": "application/json"}
    announced = await api.put("/api/profile", content=b" " * (BODY_LIMIT.size + 1), headers=headers)
    chunked = await api.put("/api/profile", content=unannounced(), headers=headers)
    fits = await api.put("/api/profile", content=b"{}" + b" " * (BODY_LIMIT.size - 2), headers=headers)

    for answer in (announced, chunked):
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
        assert answer.json()["errors"] == [{"field": "body", "message": "is too large", "limit": BODY_LIMIT.size}]
    assert fits.status_code == 200


async def test_activities_may_be_larger(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    headers = token_for("ada") | {"Content-Type": "application/json"}

    assert (await api.post("/api/activities", content=b" " * 2_000_000, headers=headers)).status_code != 413
    assert (await api.post("/api/activities", content=b" " * 16_000_001, headers=headers)).status_code == 413


@pytest.mark.parametrize(("sent", "kept"), [("abc-1.2_3", True), ("a" * 65, False), ("a b", False), ("", False)])
async def test_a_sane_request_id_is_kept(api: httpx.AsyncClient, sent: str, kept: bool) -> None:
    answer = await api.get("/livez", headers={"X-Request-ID": sent})

    assert (answer.headers["x-request-id"] == sent) == kept
    assert answer.headers["x-request-id"]


async def test_the_access_log_holds_ids_and_durations_only(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    with structlog.testing.capture_logs() as logged:
        await api.get("/api/wellness/2026-05-03?note=secret", headers=token_for("ada") | {"X-Request-ID": "r1"})

    (line,) = [entry for entry in logged if entry["event"] == "request"]
    assert {name: value for name, value in line.items() if name != "duration_ms"} == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "route": "/api/wellness/{date}",
        "status": 404,
    }
    assert line["duration_ms"] >= 0


async def test_every_api_route_documents_its_errors(api: httpx.AsyncClient) -> None:
    openapi = (await api.get("/openapi.json")).json()
    routes = {(path, method): route for path, item in openapi["paths"].items() for method, route in item.items() if path.startswith("/api")}

    assert routes
    for (path, method), route in routes.items():
        documented = {int(status) for status in route["responses"] if int(status) >= 400}
        wanted = {401, 403, 503} | ({400, 413} if "requestBody" in route else set())
        assert wanted <= documented, f"{method} {path} lacks {wanted - documented}"
        for status in documented:
            assert "application/problem+json" in route["responses"][str(status)]["content"], f"{method} {path} {status}"
