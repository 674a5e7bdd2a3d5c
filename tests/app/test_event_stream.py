"""Events as a response: encoding, heartbeats, and readers who do not read."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from starlette.types import Message

from app.event_stream import EventStream, encoded
from app.jobs.events import Event, EventName

SCOPE: dict[str, Any] = {"type": "http", "asgi": {"version": "3.0"}}


class Source:
    """Tells one event, then is quiet; knows when it was closed."""

    def __init__(self, *, quiet_s: float = 0.0) -> None:
        self._quiet_s = quiet_s
        self.closed = asyncio.Event()

    async def events(self) -> AsyncGenerator[Event]:
        try:
            yield event("first")
            await asyncio.sleep(self._quiet_s)
            yield event("second", number=2)
        finally:
            self.closed.set()


def event(text: str, *, number: int = 1) -> Event:
    return Event(number=number, name=EventName.HEADLINE, data={"text": text})


async def stays() -> Message:
    """A client that never leaves."""
    await asyncio.Event().wait()
    return {"type": "http.disconnect"}


def test_an_event_is_one_line_of_each_field_whatever_it_says() -> None:
    assert encoded(event("one\ntwo\r\n\u2028ü")).decode() == 'event: headline\ndata: {"text":"one\\ntwo\\r\\n\u2028ü"}\nid: 1\n\n'


async def test_a_quiet_stream_gives_signs_of_life() -> None:
    source, sent, first = Source(quiet_s=0.2), [], []

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    await EventStream(source.events(), heartbeat_s=0.02, on_first=lambda: first.append(len(sent)))(SCOPE, stays, send)

    bodies = [body for body in sent if body]
    assert bodies[0] == encoded(event("first"))
    assert bodies[-1] == encoded(event("second", number=2))
    assert set(bodies[1:-1]) == {b": ping\n\n"}
    assert first == [2]  # the head of the response and the first event
    assert source.closed.is_set()


async def test_a_reader_who_does_not_read_is_cut_off() -> None:
    source = Source()

    async def send(message: Message) -> None:
        if message.get("body"):
            await asyncio.Event().wait()

    await asyncio.wait_for(EventStream(source.events(), patience_s=0.05)(SCOPE, stays, send), 10)

    await asyncio.wait_for(source.closed.wait(), 10)


async def test_the_events_are_closed_when_the_client_leaves() -> None:
    source, left = Source(quiet_s=60), asyncio.Event()

    async def send(message: Message) -> None:
        if message.get("body"):
            left.set()

    async def leaves() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    await asyncio.wait_for(EventStream(source.events())(SCOPE, leaves, send), 10)

    await asyncio.wait_for(source.closed.wait(), 10)
