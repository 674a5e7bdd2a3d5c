"""What must hold after each run, whatever happened in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.faults.asking import Answered, sections_in, shown
from tests.benchmarks.faults.replies import Party
from tests.benchmarks.faults.scenarios import By
from tests.provider.turn import Exchange

SLACK_S = 0.5
MAX_CALLS = 3
RULES = "rules"
TOKENS = ("input_tokens", "cached_input_tokens", "output_tokens", "reasoning_tokens")
LOST = ("timeout", "cancelled", "connection", "unavailable", "off_schema")
"""Outcomes of a call whose answer did not arrive, or not whole, whatever the double had counted for it."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One request with everything that is known of it afterwards: what the caller got, what is stored, what is on the ledger, what the
    providers saw."""

    party: Party
    answered: Answered
    read_again: Mapping[str, Any] | None
    """The insight as `GET` returns it."""
    stored: Row | None
    ledger: Sequence[Row]
    """Oldest first."""
    exchanges: Sequence[Exchange]
    deadline_s: float

    @property
    def insight(self) -> Mapping[str, Any]:
        return self.answered.insight or {}

    @property
    def by(self) -> By | None:
        """Who wrote it."""
        if not self.insight:
            return None
        model = self.insight["model"]
        if model is None:
            return By.RULES
        return By.FIRST if model["provider"] == self.party.first else By.SECOND

    @property
    def outcomes(self) -> Sequence[str]:
        return [attempt["outcome"] for attempt in self.insight.get("attempts", ())]

    @property
    def cost_micro_usd(self) -> int:
        return sum(row.get("cost_micro_usd", 0) for row in self.ledger)


def broken(run: Run, by: By, rules: Mapping[str, Any]) -> list[str]:
    """What did not hold; `rules` is what the analyst writes for this party."""
    return [*_answer(run, by), *_whole(run, rules), *_calls(run)]


def _answer(run: Run, by: By) -> Iterator[str]:
    if run.answered.insight is None:
        problem = run.answered.problem or {}
        yield f"no insight: {run.answered.status} {problem.get('title', '')}".strip()
        return
    if run.answered.seconds > run.deadline_s + SLACK_S:
        yield f"{run.answered.seconds:.1f} s"
    if run.by is not by:
        yield f"written by {run.by}, not {by}"
    if run.stored is None or run.read_again != run.answered.insight:
        yield "what is stored is not what was told"
    if run.party.streamed and shown(run.answered.events) != sections_in(dict(run.insight)):
        yield "what was shown is not what is stored"


def _whole(run: Run, rules: Mapping[str, Any]) -> Iterator[str]:
    """Its text is one of the three whole ones there are, reference by reference."""
    if run.stored is None or run.by is None:
        return
    model = run.party.first if run.by is By.FIRST else run.party.second
    whole = rules if run.by is By.RULES else run.party.reply(model)
    if texts_of(run.stored) != texts_of(whole):
        yield "a text that nobody wrote"


def texts_of(insight: Mapping[str, Any]) -> tuple[str, ...]:
    """Headline and observations, with their references."""
    observations = [o if isinstance(o, str) else o["text"] for o in insight["observations"]]
    return (insight["headline"], *observations)


def _calls(run: Run) -> Iterator[str]:
    calls = [row for row in run.ledger if row["provider"] != RULES]
    if len(run.exchanges) > MAX_CALLS:
        yield f"{len(run.exchanges)} calls"
    if len(calls) != len(run.exchanges):
        yield f"{len(calls)} calls on the ledger, the providers saw {len(run.exchanges)}"
        return
    if any(row.get("open") for row in run.ledger):
        yield "a call is not settled"
    for row, exchange in zip(calls, run.exchanges, strict=True):
        yield from _booked(row, exchange)


def _booked(row: Row, exchange: Exchange) -> Iterator[str]:
    """Counted where the provider counted, estimated where it could not say, nothing where it took nothing."""
    turn, tokens = exchange.turn, exchange.tokens
    if (row["provider"], row["model"]) != (exchange.request.provider, exchange.request.model):
        yield "another model on the ledger than was asked"
    counted = (tokens.input, tokens.cached, tokens.output, tokens.reasoning)
    booked = tuple(row.get("usage", {}).get(name, 0) for name in TOKENS)
    said_nothing = row["outcome"] in LOST or not turn.is_whole or turn.usage is not None
    if row.get("estimated"):
        if not said_nothing:
            yield "estimated what was counted"
        if not booked[0]:
            yield "an estimate of nothing"
    elif turn.is_whole and turn.usage is None and row["outcome"] not in ("timeout", "cancelled"):
        if booked != counted:
            yield f"booked {booked}, counted {counted}"
    elif any(booked):
        yield f"booked {booked} without saying that it is an estimate"
    elif turn.silent:
        yield "nothing booked for a silent call"
