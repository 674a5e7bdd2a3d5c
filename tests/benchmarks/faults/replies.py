"""What the scripted models say: good replies, which ground on the sheets of the benchmark's athlete, one for each kind that is asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chains.request import InsightKind

OPENAI, GOOGLE = "openai", "google_genai"
PROVIDERS = (OPENAI, GOOGLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One way of asking: a kind of insight with a route of its own, so that no breaker remembers another one's faults."""

    kind: InsightKind
    first: str
    """The provider asked first."""
    streamed: bool
    models: Mapping[str, str]
    observations: tuple[str, str]

    @property
    def second(self) -> str:
        return GOOGLE if self.first == OPENAI else OPENAI

    @property
    def route(self) -> str:
        return ",".join(f"{provider}:{self.models[provider]}" for provider in (self.first, self.second))

    @property
    def way(self) -> str:
        return "stream" if self.streamed else "plain"

    def reply(self, provider: str) -> dict[str, Any]:
        """Whole and true; the two providers differ in their headline, so that a splice would show."""
        headline = "One number and what it took" if provider == self.first else "The same told in another voice"
        return {"headline": headline, "observations": list(self.observations), "actions": [], "question": None}

    def text(self, provider: str) -> str:
        return json.dumps(self.reply(provider))


PARTIES = (
    Party(
        kind=InsightKind.WEEKLY_REVIEW,
        first=OPENAI,
        streamed=False,
        models={OPENAI: "gpt-4o", GOOGLE: "gemini-2.5-flash-lite"},
        observations=("You covered {week.distance} so far.", "It took {week.moving_time}."),
    ),
    Party(
        kind=InsightKind.ACTIVITY_SUMMARY,
        first=OPENAI,
        streamed=True,
        models={OPENAI: "gpt-4o-mini", GOOGLE: "gemini-2.5-flash"},
        observations=("You covered {activity.distance}.", "It took {activity.moving_time}."),
    ),
    Party(
        kind=InsightKind.TRAINING_LOAD,
        first=GOOGLE,
        streamed=False,
        models={OPENAI: "gpt-4.1", GOOGLE: "gemini-2.5-pro"},
        observations=("You covered {load.last_seven}.", "A week of the month before held {load.month_week}."),
    ),
    Party(
        kind=InsightKind.PROGRESS,
        first=GOOGLE,
        streamed=True,
        models={OPENAI: "gpt-4.1-mini", GOOGLE: "gemini-2.0-flash"},
        observations=("You had {progress.sessions}.", "A trained week held {progress.week_volume}."),
    ),
)
