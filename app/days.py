"""Days of the service's own books: UTC."""

from datetime import UTC, date, datetime, time


def midnight(day: date) -> datetime:
    """The instant at which a day begins."""
    return datetime.combine(day, time(), UTC)
