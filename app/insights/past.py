"""What athletes thought of earlier insights, and what is remembered of them: read by the next sheet of the kind."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from chains.facts.fact import Fact
from chains.render import printed
from chains.request import PastInsight
from chains.text import references, skeleton
from chains.training.profile import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What the athlete thought of an insight; the last one counts."""

    rating: int
    target: str | None = None
    reason: str | None = None
    comment: str | None = None
    given_at: datetime


FEEDBACK = TypeAdapter(Feedback)
FACTS = TypeAdapter(dict[str, Fact])
_UNWANTED = ("obvious", "not_me", "tone")
"""Reasons that say: not this again."""


def past_of(document: dict[str, Any]) -> PastInsight:
    observations, question = document["observations"], document["question"]
    whys = [action["why"] for action in document["actions"]]
    texts = (document["headline"], *(o["text"] for o in observations), *whys, *([question["text"]] if question else []))
    return PastInsight(
        as_of=date.fromisoformat(document["as_of"]),
        activity_id=document["activity_id"],
        skeletons=tuple(map(skeleton, texts)),
        facts=FACTS.validate_python(document["facts"]),
        disliked=_disliked(document),
    )


def _disliked(document: dict[str, Any]) -> tuple[str, ...]:
    """Facts of the sentence that was rated down for what it said; without a target those of the headline."""
    feedback = FEEDBACK.validate_python(document["feedback"]) if document["feedback"] else None
    if feedback is None or feedback.rating > 0 or feedback.reason not in _UNWANTED:
        return ()
    facts = FACTS.validate_python(document["facts"])
    texts = [document["headline"], *(o["text"] for o in document["observations"])]
    meant = [t for t in texts if feedback.target and feedback.target in {printed(t, facts, units) for units in Units}]
    return tuple(dict.fromkeys(r.fact_id for text in meant or texts[:1] for r in references(text)))
