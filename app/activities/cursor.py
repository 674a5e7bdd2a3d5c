"""Where a page of activities ended, as an opaque string."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The sort key of the last activity of a page."""

    started_at: datetime
    id: str

    def encode(self) -> str:
        raw = json.dumps([self.started_at.isoformat(), self.id])
        return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, cursor: str) -> "Position":
        """Raises ValueError for anything that `encode` did not make."""
        try:
            started_at, identifier = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            position = cls(started_at=datetime.fromisoformat(started_at), id=str(identifier))
        except (TypeError, ValueError) as broken:
            raise ValueError("cursor is not one that this service gave out") from broken
        if position.started_at.tzinfo is None:
            raise ValueError("cursor is not one that this service gave out")
        return position
