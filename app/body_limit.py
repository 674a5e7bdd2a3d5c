"""No body is read beyond its limit."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooLarge, problem_of

_BODILESS = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Whole bodies are read before the route runs; a streamed one is counted while its route reads it."""

    size: int
    streamed: bool = False


class BodyLimit:
    """Answers 413 before the route has seen anything; a route that streams gets TooLarge while it reads."""

    def __init__(self, app: ASGIApp, default: Limit, special: Mapping[tuple[str, str], Limit]) -> None:
        self._app = app
        self._default = default
        self._special = special

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._special.get((scope["method"], scope["path"]), self._default)
        declared = Headers(scope=scope).get("content-length", "0")
        try:
            if not declared.isdecimal() or int(declared) > limit.size:
                raise TooLarge(limit.size)
            if scope["method"] not in _BODILESS and not limit.streamed:
                receive = await _read(receive, limit.size)
        except TooLarge as too_large:
            await problem_of(too_large, scope["state"]["request_id"])(scope, receive, send)
            return
        await self._app(scope, _counted(receive, limit.size), send)


async def _read(receive: Receive, size: int) -> Receive:
    """The whole body as one message; later calls go on to the server, which tells when the client is gone."""
    body = bytearray()
    message: Message = {"type": "http.request", "more_body": True}
    while message["type"] == "http.request" and message.get("more_body", False):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > size:
            raise TooLarge(size)
    first: list[Message] = [{"type": "http.request", "body": bytes(body)} if message["type"] == "http.request" else message]

    async def replay() -> Message:
        return first.pop() if first else await receive()

    return replay


def _counted(receive: Receive, size: int) -> Receive:
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > size:
            raise TooLarge(size)
        return message

    return counted
