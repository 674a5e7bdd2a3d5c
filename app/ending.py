"""The end of the service, in three steps: it says that it is not ready while it still answers, it takes no new connection, it ends.

`app/server.py` walks through them when the process is told to stop; what has to know is told here.
"""

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STOP_S = 14.0
"""House rule: from the signal on; an insight under way then is written by rules. Fifteen seconds are promised, one is for the way back."""


class Ending:
    """Whether the service is about to end. `drain_s` is how long it still takes connections after it was told to."""

    def __init__(self, *, drain_s: float = 0.0) -> None:
        self.drain_s = drain_s
        self._is_draining = False
        self._listeners: list[Callable[[float], None]] = []

    @property
    def is_draining(self) -> bool:
        return self._is_draining

    def tell(self, listener: Callable[[float], None]) -> None:
        """`listener` is called when the end begins, with the seconds that are left."""
        self._listeners.append(listener)

    def begin(self) -> None:
        """Once; not ready from now on."""
        if not self._is_draining:
            self._is_draining = True
            for listener in self._listeners:
                listener(STOP_S)


class Farewell:
    """While the service ends, each answer says that its connection does too: the next request finds another replica."""

    def __init__(self, app: ASGIApp, ending: Ending) -> None:
        self._app = app
        self._ending = ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_farewell(message: Message) -> None:
            if message["type"] == "http.response.start" and self._ending.is_draining:
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        await self._app(scope, receive, send_farewell)
