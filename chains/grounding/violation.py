"""A broken rule of grounding, precise enough for a repair turn and for a prompt engineer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """`span` is the piece of `sentence` that breaks `rule`; `expected` says what would have been right."""

    rule: str
    sentence: str
    span: str
    expected: str
    outcome: str = "ungrounded"
    """'ungrounded' or 'unsafe'."""
