"""What is familiar about this and what is new: pairs of facts that tell more together than apart."""

from collections.abc import Mapping

from chains.facts.fact import Fact
from chains.facts.sheet import Contrast

_PAIRS: tuple[tuple[str, str, float], ...] = (
    ("history.big_weeks", "history.big_weeks_as_dense", 0.9),
    ("record.previous", "record.margin", 0.9),
    ("double_days.pace_gap", "double_days.beats_gap", 0.7),
    ("activity.usual_pace", "activity.beats_vs_usual", 0.6),
    ("history.this_long", "long.ratio", 0.5),
    ("best_day.when", "dear_day.when", 0.5),
    ("week.base", "week.distance_vs_base", 0.4),
    ("block.earlier_longest", "block.weeks", 0.4),
    ("progress.band_pace_then", "progress.band_change", 0.5),
    ("activity.usual_pace", "activity.pace_vs_usual", 0.4),
)
"""Familiar, new, surprise (0 to 1)."""
_PLAIN = 0.5
"""Part of the surprise that is left where the new fact is no change."""


def contrasts(facts: Mapping[str, Fact]) -> tuple[Contrast, ...]:
    """The pairs that both sides of are on the sheet, most surprising first."""
    found = [
        Contrast(familiar=(old,), new=(new,), surprise=surprise * (_PLAIN if facts[new].direction == 0 else 1.0))
        for old, new, surprise in _PAIRS
        if old in facts and new in facts
    ]
    return tuple(sorted(found, key=lambda c: c.surprise, reverse=True))
