"""Everything that can go wrong while an insight is made.

InsightError
├── NotFound                 no such activity or insight for this athlete
├── NotEnoughData            too little training to say anything true: a right answer, not a fault
├── RecordingError           a file that holds no usable activity, with its reason
└── ModelError               one writer failed us: the router tries the next
    ├── ProviderFault        timeout, rate limit, outage, auth: nothing usable came back
    ├── ModelRefused         policy refusal: not routed around
    └── InvalidReply         came back, but does not fit the schema
        └── Ungrounded       fits, but states what we did not give it
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chains.grounding.violation import Violation


class InsightError(Exception):
    """Root of the tree: what the service can answer for."""


class NotFound(InsightError):
    """The thing does not exist, or belongs to someone else; the two look the same on purpose."""

    def __init__(self, what: str, identifier: str) -> None:
        super().__init__(f"no {what} {identifier!r}")
        self.what = what
        self.identifier = identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One unmet minimum of a kind of insight: what is there and what it takes."""

    fact: str
    have: int
    need: int


class NotEnoughData(InsightError):
    """The gate of a kind is not met."""

    def __init__(self, missing: Sequence[Need]) -> None:
        listed = ", ".join(f"{m.fact}: {m.have} of {m.need}" for m in missing)
        super().__init__(f"not enough data: {listed}")
        self.missing = tuple(missing)


class RecordingError(InsightError):
    """A file could not become an activity; the message is for the person who sent it."""


class ModelError(InsightError):
    """One attempt of one writer failed; `outcome` is its name in the ledger."""

    def __init__(self, outcome: str, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail


class ProviderFault(ModelError):
    """The provider gave no usable answer.

    `retry_after_s` is when it wants to be asked again, where it said so; `maybe_billed` where it may have worked, and may bill it.
    """

    def __init__(self, outcome: str, detail: str, *, retry_after_s: float | None = None, maybe_billed: bool = False) -> None:
        super().__init__(outcome, detail)
        self.retry_after_s = retry_after_s
        self.maybe_billed = maybe_billed


class ModelRefused(ModelError):
    """The provider declined by policy; asking another one would be routing around it."""


class InvalidReply(ModelError):
    """The reply is no `Reply`."""


class Ungrounded(InvalidReply):
    """The reply states something the sheet does not carry."""

    def __init__(self, violations: "Sequence[Violation]") -> None:
        first = violations[0]
        super().__init__(first.outcome, f"{first.rule}: {first.expected}")
        self.violations = tuple(violations)
