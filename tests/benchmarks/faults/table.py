"""The scorecard: in the terminal, and as the report that is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table

from tests.benchmarks.faults.course import Played
from tests.benchmarks.faults.stage import Times

COLUMNS = ("scenario", "first", "way", "outcomes", "writer", "calls", "seconds", "cost $", "held")
PUBLIC: Mapping[str, str] = {
    "LangChain `with_fallbacks`": "9 of 16, 92 s on a silent provider",
    "LiteLLM": "9 of 16",
    "Bifrost": "10 of 16",
    "Portkey": "11 of 16, three half answers shown as whole",
}
"""As published in September 2026; not measured here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row; all that differs between two runs on one machine is the time."""

    scenario: str
    first: str
    way: str
    outcomes: str
    writer: str
    calls: int
    seconds: float
    cost_micro_usd: int
    broken: tuple[str, ...]

    @classmethod
    def of(cls, played: Played) -> "Line":
        run = played.run
        return cls(
            scenario=played.scenario,
            first=run.party.first,
            way=run.party.way,
            outcomes=", ".join(run.outcomes),
            writer=_writer(played),
            calls=len(run.exchanges),
            seconds=run.answered.seconds,
            cost_micro_usd=run.cost_micro_usd,
            broken=played.broken,
        )

    @property
    def cells(self) -> tuple[str, ...]:
        cost = f"{self.cost_micro_usd / 1e6:.6f}"
        held = "; ".join(self.broken) or "yes"
        return (self.scenario, self.first, self.way, self.outcomes, self.writer, str(self.calls), f"{self.seconds:.1f}", cost, held)


def _writer(played: Played) -> str:
    if not played.run.insight:
        return "nobody"
    model = played.run.insight["model"]
    return f"{model['provider']}" if model else "rules"


def scorecard(lines: Iterable[Line]) -> Table:
    table = Table(title="Scorecard of faults", title_justify="left")
    for column in COLUMNS:
        table.add_column(column, justify="right" if column in ("calls", "seconds", "cost $") else "left", overflow="fold")
    for line in lines:
        table.add_row(*line.cells, style="red" if line.broken else None)
    return table


def report(lines: Sequence[Line], *, measured_on: str, day: str, versions: str) -> str:
    """Markdown, always in the same layout."""
    times = Times()
    names = list(dict.fromkeys(line.scenario for line in lines))
    held = [name for name in names if not any(line.broken for line in lines if line.scenario == name)]
    return "\n".join(
        [
            "# Scorecard of faults",
            "",
            f"Measured {day} on {measured_on}; {versions}. Made by `make bench-faults`.",
            "",
            f"The service in a process of its own, over HTTP; providers are a scripted double on loopback. Limits shortened: "
            f"`INSIGHTS_DEADLINE_S={times.deadline:g}`, `INSIGHTS_CALL_S={times.call:g}`, "
            f"`INSIGHTS_FIRST_TOKEN_S={times.first_token:g}`, `INSIGHTS_IDLE_S={times.idle:g}`.",
            "",
            "A run holds if it ends in an insight (by a model or by rules, by whom the scenario says) inside the deadline + 0.5 s, "
            "nothing half is stored or shown, at most three calls were made, and the ledger says what the double counted. Where the "
            "database stays away or is too slow, 503 with `Retry-After` (or an `error` event) holds, and nothing unstored is shown as "
            "final; where the client left or the process was killed, nothing half is stored and the ledger is right, if need be "
            "after the restart.",
            "",
            f"**{len(held)} of {len(names)} scenarios held**, in {len(lines)} runs.",
            "",
            "| system | passed |",
            "|---|---|",
            f"| this service, our own re-implementation of the scenarios and more | {len(held)} of {len(names)} |",
            *(f"| {system}, public figure of September 2026 | {figure} |" for system, figure in PUBLIC.items()),
            "",
            "| " + " | ".join(COLUMNS) + " |",
            "|" + "---|" * len(COLUMNS),
            *("| " + " | ".join(line.cells) + " |" for line in lines),
            "",
        ]
    )
