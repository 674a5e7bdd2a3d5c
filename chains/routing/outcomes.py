"""What follows from each way an attempt can end: one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chains.attempt import Outcome


class Next(StrEnum):
    """What the router does after an attempt."""

    DONE = "done"
    """Nothing: there is a good reply."""
    SAME = "same"
    """Once more with the same model, after `Retry-After` or a short pause, if there is time."""
    REPAIR = "repair"
    """Once more with the same model, told what was wrong."""
    OTHER = "other"
    """The next model of the route."""
    RULES = "rules"
    """No other model: asking one would route around a policy."""


class Blame(StrEnum):
    """What the breaker of the model makes of it."""

    NONE = "none"
    SUCCESS = "success"
    FAILURE = "failure"
    """Counts towards the share that opens it."""
    OPENS = "opens"
    """At once: it cannot be better at the next request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    next: Next
    blame: Blame
    alarm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """The operator has to act: a key, a quota, a retired model. `repeated` counts those held back since the last one."""

    provider: str
    model: str
    outcome: Outcome
    detail: str | None
    repeated: int = 0


CONSEQUENCES: Mapping[Outcome, Consequence] = {
    Outcome.RATE_LIMITED: Consequence(next=Next.SAME, blame=Blame.FAILURE),
    Outcome.QUOTA: Consequence(next=Next.OTHER, blame=Blame.OPENS, alarm=True),
    Outcome.UNAVAILABLE: Consequence(next=Next.SAME, blame=Blame.FAILURE),
    Outcome.TIMEOUT: Consequence(next=Next.OTHER, blame=Blame.FAILURE),
    Outcome.CONNECTION: Consequence(next=Next.SAME, blame=Blame.FAILURE),
    Outcome.CONTEXT_LENGTH: Consequence(next=Next.OTHER, blame=Blame.NONE),
    Outcome.REFUSED: Consequence(next=Next.RULES, blame=Blame.SUCCESS),
    Outcome.FILTERED: Consequence(next=Next.RULES, blame=Blame.SUCCESS),
    Outcome.AUTH: Consequence(next=Next.OTHER, blame=Blame.OPENS, alarm=True),
    Outcome.RETIRED: Consequence(next=Next.OTHER, blame=Blame.OPENS, alarm=True),
    Outcome.BAD_REQUEST: Consequence(next=Next.OTHER, blame=Blame.NONE),
    Outcome.OFF_SCHEMA: Consequence(next=Next.REPAIR, blame=Blame.SUCCESS),
    Outcome.TRUNCATED: Consequence(next=Next.OTHER, blame=Blame.SUCCESS),
    Outcome.EMPTY: Consequence(next=Next.OTHER, blame=Blame.SUCCESS),
    Outcome.UNGROUNDED: Consequence(next=Next.REPAIR, blame=Blame.SUCCESS),
    Outcome.UNSAFE: Consequence(next=Next.REPAIR, blame=Blame.SUCCESS),
    Outcome.OVER_BUDGET: Consequence(next=Next.OTHER, blame=Blame.NONE),
    Outcome.BREAKER_OPEN: Consequence(next=Next.OTHER, blame=Blame.NONE),
    Outcome.CANCELLED: Consequence(next=Next.RULES, blame=Blame.NONE),
}
"""Every outcome that is a failure. The breaker judges the provider, not what it writes: an unusable reply came from a healthy one."""
