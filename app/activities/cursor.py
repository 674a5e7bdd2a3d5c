"""Where a page of activities ended."""

from dataclasses import dataclass
from datetime import datetime

from app.cursors import read_cursor, read_instant, write_cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The sort key of the last activity of a page."""

    started_at: datetime
    id: str

    def encode(self) -> str:
        return write_cursor([self.started_at.isoformat(), self.id])

    @classmethod
    def decode(cls, cursor: str) -> "Position":
        """Raises BadCursor for anything that `encode` did not make."""
        started_at, identifier = read_cursor(cursor, 2)
        return cls(started_at=read_instant(started_at), id=identifier)
