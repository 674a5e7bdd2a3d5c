"""Where a page of a list ended, as an opaque string: the sort key of its last item."""

import base64
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

_LONGEST_OFFSET = timedelta(days=1)


def write_cursor(key: Sequence[str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(cursor: str, size: int) -> list[str]:
    """The key of `size` parts, each text that a database takes. Raises BadCursor for anything that `write_cursor` did not make."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(key, list) or len(key) != size or not all(isinstance(part, str) for part in key):
            raise BadCursor
        for part in key:
            part.encode()
    except (ValueError, RecursionError) as broken:
        raise BadCursor from broken
    return key


def read_day(text: str) -> date:
    """Raises BadCursor for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError as broken:
        raise BadCursor from broken


def read_instant(text: str) -> datetime:
    """Raises BadCursor for what is no instant, or one that has no place in every zone."""
    try:
        instant = datetime.fromisoformat(text)
        for step in (-_LONGEST_OFFSET, _LONGEST_OFFSET):
            instant + step
    except (ValueError, OverflowError) as broken:
        raise BadCursor from broken
    if instant.tzinfo is None:
        raise BadCursor
    return instant


class BadCursor(ValueError):
    def __init__(self) -> None:
        super().__init__("is not one that this list gave out")
