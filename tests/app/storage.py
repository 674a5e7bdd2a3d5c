"""A real TCP proxy between the driver and mongod, on a thread of its own: it delays answers, refuses connections, or cuts them."""

import asyncio
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class StorageProxy:
    """`with StorageProxy(mongodb_uri) as proxy:` and connect to `proxy.uri`."""

    def __init__(self, uri: str) -> None:
        self._behind = urlsplit(uri)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_down = False
        self.delay_s = 0.0
        self.uri = ""

    def cut(self) -> None:
        """The database is gone: every connection breaks, new ones break at once."""
        self._is_down = True
        self._loop.call_soon_threadsafe(self._abort)

    def mend(self) -> None:
        """It is back."""
        self._is_down = False

    def mend_after(self, seconds: float) -> None:
        self._loop.call_soon_threadsafe(self._loop.call_later, seconds, self.mend)

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop).result()
        port = self._server.sockets[0].getsockname()[1]
        self.uri = self._behind._replace(netloc=f"127.0.0.1:{port}").geturl()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        assert self._server is not None
        self._server.close()
        self._abort()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _abort(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            if not self._is_down:
                await self._join(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # one of the two has left
        finally:
            writer.transport.abort()
            self._writers.discard(writer)
            self._tasks.discard(task)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind_reader, behind_writer = await asyncio.open_connection(self._behind.hostname, self._behind.port)
        self._writers.add(behind_writer)
        try:
            ways = [
                asyncio.ensure_future(self._pass_on(reader, behind_writer, delayed=False)),
                asyncio.ensure_future(self._pass_on(behind_reader, writer, delayed=True)),
            ]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
        finally:
            behind_writer.transport.abort()
            self._writers.discard(behind_writer)

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, delayed: bool) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65_536):
                await asyncio.sleep(self.delay_s if delayed else 0)
                target.write(data)
                await target.drain()
