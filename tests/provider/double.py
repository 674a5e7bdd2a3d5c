"""A real HTTP server that speaks OpenAI's and Gemini's wire formats, on a thread of its own, scripted request by request."""

import asyncio
import json
import re
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Self

from tests.provider.turn import Exchange, Request, Turn, fails
from tests.provider.wire import body_of, bomb, events_of, flood_of, tokens_of

_GEMINI_PATH = re.compile(r"/v1beta/models/(?P<model>[^:/]+):(?P<method>generateContent|streamGenerateContent)")
_OPENAI_PATH = "/v1/chat/completions"

UNSCRIPTED = fails(500, code="unscripted", message="the double was given no script for this request")


class ProviderDouble:
    """`with ProviderDouble() as double: double.script("openai", says(...), fails(503))`. The last turn of a script is not repeated."""

    def __init__(self) -> None:
        self._scripts: dict[str, deque[Turn]] = {"openai": deque(), "google_genai": deque()}
        self._always: dict[str, Turn] = {}
        self._exchanges: list[Exchange] = []
        self._arrived = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._open: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.url = ""

    @property
    def openai_url(self) -> str:
        return f"{self.url}/v1"

    @property
    def google_url(self) -> str:
        return self.url

    @property
    def exchanges(self) -> list[Exchange]:
        """All so far, in the order in which the requests arrived."""
        return list(self._exchanges)

    def calls(self, provider: str) -> int:
        """How often 'openai' or 'google_genai' was asked."""
        return sum(exchange.request.provider == provider for exchange in self._exchanges)

    def wait_for(self, requests: int) -> None:
        """Blocks until so many requests have arrived in all; from a test, `await asyncio.to_thread(double.wait_for, 1)`."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self._exchanges) >= requests, timeout=10):
                raise TimeoutError(f"only {len(self._exchanges)} of {requests} requests came")

    def script(self, provider: str, *turns: Turn) -> None:
        """Next answers of 'openai' or 'google_genai', one a request, after those already scripted."""
        self._scripts[provider].extend(turns)

    def always(self, provider: str, turn: Turn) -> None:
        """The answer to every request beyond the script."""
        self._always[provider] = turn

    def clear(self) -> None:
        """No script any more; what was exchanged is remembered."""
        for script in self._scripts.values():
            script.clear()
        self._always.clear()

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        host, port = self._server.sockets[0].getsockname()[:2]
        self.url = f"http://{host}:{port}"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, "127.0.0.1", 0)

    async def _stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while (request := await _read(reader)) is not None:
                await self._answer(request, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client left, or the double is being closed
        finally:
            self._open.discard(task)
            writer.transport.abort()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> None:
        script = self._scripts[request.provider]
        turn = script.popleft() if script else self._always.get(request.provider, UNSCRIPTED)
        exchange = Exchange(request=request, turn=turn, tokens=tokens_of(request, turn))
        with self._arrived:
            self._exchanges.append(exchange)
            self._arrived.notify_all()
        if turn.silent:
            await asyncio.Event().wait()
        await asyncio.sleep(turn.delay_s)
        if turn.resets:
            raise ConnectionAbortedError
        await _send(writer, exchange)


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection; None where there is no further one."""
    head = await reader.readline()
    if not head:
        return None
    _, target, _ = head.decode().split()
    headers: dict[str, str] = {}
    while (line := (await reader.readline()).decode().strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    content = await reader.readexactly(int(headers.get("content-length", "0")))
    return _request(target.partition("?")[0], headers, json.loads(content or b"{}"))


def _request(path: str, headers: Mapping[str, str], body: dict[str, object]) -> Request:
    gemini = _GEMINI_PATH.fullmatch(path)
    if gemini is not None:
        streamed = gemini["method"] == "streamGenerateContent"
        return Request(provider="google_genai", model=gemini["model"], stream=streamed, path=path, headers=headers, body=body)
    if path != _OPENAI_PATH:
        raise AssertionError(f"the double knows no {path}")
    streamed = bool(body.get("stream"))
    return Request(provider="openai", model=str(body["model"]), stream=streamed, path=path, headers=headers, body=body)


async def _send(writer: asyncio.StreamWriter, exchange: Exchange) -> None:
    """Chunked, unless the whole body is known and nothing is to go wrong in the middle of it."""
    turn = exchange.turn
    blocks, headers = _content(exchange)
    writer.write(_head(turn, headers))
    await writer.drain()
    await asyncio.sleep(turn.body_delay_s)
    left = _fewest(turn.cut_after, turn.stall_after)
    is_chunked = "content-length" not in headers
    for block in blocks:
        part = block if left is None else block[:left]
        writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n" if is_chunked and part else part)
        await writer.drain()
        left = None if left is None else left - len(part)
        if left == 0:
            await _break_off(turn)
        await asyncio.sleep(turn.pause_s)
    if left is not None:
        await _break_off(turn)
    if turn.flood is not None:
        raise ConnectionAbortedError
    writer.write(b"0\r\n\r\n" if is_chunked else b"")
    await writer.drain()


async def _break_off(turn: Turn) -> None:
    if turn.stall_after is not None:
        await asyncio.Event().wait()
    raise ConnectionAbortedError


def _fewest(*limits: int | None) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)


def _content(exchange: Exchange) -> tuple[Iterable[bytes], Mapping[str, str]]:
    """The body in blocks, and what its headers say of it."""
    turn, streamed = exchange.turn, exchange.request.stream and exchange.turn.status == 200
    kind = "text/event-stream" if streamed else "text/html" if isinstance(turn.error, str) else "application/json"
    if turn.bomb:
        return [bomb()], {"content-type": kind, "content-encoding": "gzip", "content-length": str(len(bomb()))}
    if turn.flood is not None:
        return flood_of(exchange, turn.flood), {"content-type": kind, "transfer-encoding": "chunked"}
    if streamed:
        return events_of(exchange), {"content-type": kind, "transfer-encoding": "chunked"}
    body = body_of(exchange)
    return [body], {"content-type": kind, "content-length": str(len(body))}


def _head(turn: Turn, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {turn.status} scripted", *(f"{name}: {value}" for name, value in {**headers, **turn.headers}.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
