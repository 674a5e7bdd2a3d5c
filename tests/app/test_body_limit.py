"""Bodies that are read while they come in."""

import httpx
import pytest
from fastapi import FastAPI, Request

from app.body_limit import BodyLimit, Limit
from app.errors import handle_errors
from app.metrics import Metrics
from app.observation import Observation


def counting_app() -> FastAPI:
    """Counts the bytes of a body as it streams."""
    app = FastAPI()

    @app.post("/count")
    async def count(request: Request) -> int:
        return sum([len(chunk) async for chunk in request.stream()])

    handle_errors(app)
    app.add_middleware(BodyLimit, default=Limit(size=1), special={("POST", "/count"): Limit(size=10, streamed=True)})
    app.add_middleware(Observation, metrics=Metrics())
    return app


@pytest.mark.parametrize(("size", "status"), [(10, 200), (11, 413)])
@pytest.mark.parametrize("announced", [True, False])
async def test_a_streamed_body_is_counted_while_it_is_read(size: int, status: int, announced: bool) -> None:
    class Chunks(httpx.AsyncByteStream):
        async def __aiter__(self):  # type: ignore[no-untyped-def]
            for _ in range(size):
                yield b"x"

    content = b"x" * size if announced else Chunks()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=counting_app()), base_url="http://x") as client:
        answer = await client.post("/count", content=content)

    assert answer.status_code == status
    if status == 413:
        assert answer.json()["errors"] == [{"field": "body", "message": "is too large", "limit": 10}]


async def test_a_length_that_is_no_number_is_refused() -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=counting_app()), base_url="http://x") as client:
        answer = await client.post("/count", content=b"x", headers={"Content-Length": "-5"})

    assert answer.status_code == 413
