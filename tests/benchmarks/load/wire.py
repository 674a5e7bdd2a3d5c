"""A small HTTP client: it must cost less than the service that it loads. One connection a request, as from as many clients."""

import asyncio
import json
import time
from dataclasses import dataclass, field

LIMIT_S = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """`status` 0: no connection was made; -1: it was made and broke. Instants are seconds of one clock; `first_s` of the first byte of a
    body, which for a stream is its first event."""

    asked_at: float
    status: int
    first_s: float = 0.0
    seconds: float = 0.0
    body: bytes = field(default=b"", repr=False)

    @property
    def json(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.body)
        return found


async def send(port: int, method: str, path: str, headers: dict[str, str], body: object = None) -> Reply:
    """To loopback; waits for the whole answer."""
    began = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return Reply(asked_at=began, status=0, seconds=time.perf_counter() - began)
    try:
        async with asyncio.timeout(LIMIT_S):
            writer.write(_request(method, path, headers, body))
            head = await reader.readuntil(b"\r\n\r\n")
            first = await reader.read(65_536)
            first_s = time.perf_counter() - began
            rest = await reader.read()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return Reply(asked_at=began, status=-1, seconds=time.perf_counter() - began)
    finally:
        writer.transport.abort()
    status = int(head.split(b" ", 2)[1])
    content = first + rest
    if b"chunked" in head.lower() and not content.endswith(b"0\r\n\r\n"):
        status = -1
    return Reply(asked_at=began, status=status, first_s=first_s, seconds=time.perf_counter() - began, body=content)


def _request(method: str, path: str, headers: dict[str, str], body: object) -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Content-Length: {len(content)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join([*lines, "Content-Type: application/json"]) + "\r\n\r\n").encode() + content
