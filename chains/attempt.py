"""One attempt of one writer, as it stands on the ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chains.grounding.violation import Violation
from chains.request import InsightKind


class Outcome(StrEnum):
    """How an attempt ended; the closed list of the contract."""

    OK = "ok"
    REPAIRED = "repaired"
    RATE_LIMITED = "rate_limited"
    QUOTA = "quota"
    UNAVAILABLE = "unavailable"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    CONTEXT_LENGTH = "context_length"
    REFUSED = "refused"
    FILTERED = "filtered"
    AUTH = "auth"
    RETIRED = "retired"
    BAD_REQUEST = "bad_request"
    OFF_SCHEMA = "off_schema"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    UNGROUNDED = "ungrounded"
    UNSAFE = "unsafe"
    OVER_BUDGET = "over_budget"
    BREAKER_OPEN = "breaker_open"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens as the provider counted them: cached is a subset of input, reasoning a subset of output."""

    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRow:
    """Which price list an attempt was priced with."""

    source: str
    version: str
    effective: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingAttempt:
    """A call of a provider about to be made. `estimate` and its price are booked if nobody ever says what became of it."""

    id: str
    insight_id: str
    athlete_id: str
    kind: InsightKind
    prompt: str
    provider: str
    model: str
    started_at: datetime
    expires_at: datetime
    """No call is under way that long: past it the row is a crash's."""
    estimate: Usage
    estimate_micro_usd: int
    price: PriceRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One call of a provider (or of the rule-based analyst, at no cost) and what became of it."""

    id: str
    insight_id: str
    athlete_id: str
    kind: InsightKind
    prompt: str
    provider: str
    model: str
    served: str | None = None
    """The model the provider says it used."""
    started_at: datetime
    latency_ms: int
    outcome: Outcome
    rule: str | None = None
    """The first grounding rule that the reply broke."""
    sentence: str | None = None
    """The sentence that broke it: with the insight, for those who work on it, and nowhere that outlives it. A model may repeat an
    athlete's words."""
    detail: str | None = None
    """One sentence on a provider's fault; no payload, no key."""
    usage: Usage = Usage()
    cost_micro_usd: int = 0
    estimated: bool = False
    """The provider said nothing of its tokens (cancelled, cut, crashed): they are counted from the text."""
    price: PriceRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a writer said in one attempt, kept 90 days for prompt work."""

    attempt_id: str
    raw: str
    violations: tuple[Violation, ...] = ()
