"""What was tried for an insight, for the terminal: a line for each model, and why it was not good enough."""

from collections.abc import Iterator

from chains.attempt import Attempt
from chains.bookkeeping import RULES_PROVIDER
from chains.insight import Insight
from chains.money.micro_usd import in_usd


def trail_lines(insight: Insight) -> Iterator[str]:
    """Nothing where no model was asked."""
    for attempt in insight.attempts:
        if attempt.provider != RULES_PROVIDER:
            yield f"  {attempt.model}: {_ending(attempt)}; {_cost(attempt)}"


def _ending(attempt: Attempt) -> str:
    if attempt.rule is not None:
        return f"{attempt.outcome.value}, rule {attempt.rule}: {attempt.sentence!r}"
    return f"{attempt.outcome.value} ({attempt.detail})" if attempt.detail else attempt.outcome.value


def _cost(attempt: Attempt) -> str:
    about = "about " if attempt.estimated else ""
    tokens = f"{about}{attempt.usage.input_tokens} + {attempt.usage.output_tokens} tokens"
    return f"{attempt.latency_ms / 1000:.1f} s, {tokens}, ${in_usd(attempt.cost_micro_usd):.4f}"
