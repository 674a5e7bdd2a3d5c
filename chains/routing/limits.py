"""How long and how often providers are asked for one insight."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds, but for `max_calls`. No call starts with less than `least_call_s` left before `reserve_s`, which rules, rendering and
    storing keep. `call_s` bounds an unstreamed call; a streamed one has `first_token_s` to begin and `idle_s` between two pieces."""

    connect_s: float = 2.0
    call_s: float = 12.0
    first_token_s: float = 8.0
    idle_s: float = 5.0
    least_call_s: float = 1.5
    reserve_s: float = 0.5
    max_calls: int = 3
    """Over all writers of one insight, billed or not."""
