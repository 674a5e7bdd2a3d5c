"""The local days of the last half year's activities: asked for by many, worked out once."""

from datetime import date

from chains.facts.once import once
from chains.request import AthleteContext


@once
def local_days(context: AthleteContext) -> tuple[date, ...]:
    """One for each of `context.recent`, in their order."""
    return tuple(a.local_date for a in context.recent)
