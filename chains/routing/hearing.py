"""Who listens must not be able to stop who writes."""

import structlog

from chains.ports import Listener
from chains.sections import Section

_log = structlog.get_logger(__name__)


class Unfailing:
    """A listener whose first failure is its last word: it is logged, and the insight is written on, untold."""

    def __init__(self, listener: Listener) -> None:
        self._listener: Listener | None = listener

    async def section(self, section: Section) -> None:
        if self._listener is not None:
            try:
                await self._listener.section(section)
            except Exception as fault:  # whatever it is, it is the listener's and not the insight's
                self._lose(fault)

    async def reset(self) -> None:
        if self._listener is not None:
            try:
                await self._listener.reset()
            except Exception as fault:  # as above
                self._lose(fault)

    def _lose(self, fault: Exception) -> None:
        self._listener = None
        _log.warning("listener_failed", fault=type(fault).__name__)
