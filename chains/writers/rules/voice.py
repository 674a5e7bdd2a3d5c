"""Chooses how a thing is said: same sheet, same words; neighbours in time never the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from zlib import crc32

from chains.facts.activity.step import SPIKE
from chains.facts.fact import Confidence, Dimension, Fact
from chains.facts.sheet import FactSheet
from chains.request import InsightKind
from chains.text import cited, skeleton
from chains.training.profile import Units
from chains.writers.rules.phrases import Phrases

NAMES = frozenset({Dimension.TEXT, Dimension.DATE})
"""A year, a day or a signal may be named twice; what is told once are the figures beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Speaks from one sheet. `turn` moves on by one from week to week, so that two weeks in a row differ."""

    sheet: FactSheet
    phrases: Phrases
    turn: int
    said: frozenset[str] = frozenset()
    """Comparisons that the headline has told: what follows goes on from them."""

    def has(self, *fact_ids: str) -> bool:
        return all(i in self.sheet.facts for i in fact_ids)

    def has_any(self, *fact_ids: str) -> bool:
        return any(i in self.sheet.facts for i in fact_ids)

    def fact(self, fact_id: str) -> Fact | None:
        return self.sheet.facts.get(fact_id)

    def number(self, fact_id: str) -> float:
        """The value of a fact, 0 where it is absent or no number."""
        fact = self.sheet.facts.get(fact_id)
        return float(fact.value) if fact is not None and isinstance(fact.value, (int, float)) else 0.0

    def direction(self, fact_id: str) -> int:
        fact = self.sheet.facts.get(fact_id)
        return (fact.direction or 0) if fact is not None else 0

    def polarity(self, fact_id: str) -> int:
        fact = self.sheet.facts.get(fact_id)
        return (fact.polarity or 0) if fact is not None else 0

    def confidence(self, fact_id: str) -> Confidence | None:
        fact = self.sheet.facts.get(fact_id)
        return fact.confidence if fact is not None else None

    @property
    def leaps(self) -> bool:
        """The long run went beyond the study's line, whether or not the rule itself found a place on the sheet."""
        return self.number("long.ratio") > SPIKE

    def say(self, pattern: str) -> str | None:
        """One wording of the pattern, the one not told for longest; None where the sheet lacks what all of them refer to.

        Where each of them would tell the headline's comparison again, one of `pattern.on`, which goes on from it.
        """
        usable = self._usable(pattern)
        if not usable:
            return None
        going_on = self._usable(f"{pattern}.on")
        new = self._unsaid(usable) or self._unsaid(going_on) or going_on or usable
        start = (self.turn + crc32(pattern.encode())) % len(new)
        rotated = new[start:] + new[:start]
        return max(rotated, key=self._last_told)

    def _usable(self, pattern: str) -> list[str]:
        return [w for w in self._wordings(pattern) if self.has(*_cited(w))]

    def _unsaid(self, wordings: Sequence[str]) -> list[str]:
        return [w for w in wordings if self.said.isdisjoint(_cited(w))]

    def after(self, headline: str) -> "Voice":
        """The same voice once that headline has been read."""
        facts = (self.sheet.facts[i] for i in cited(headline))
        return replace(self, said=frozenset(f.id for f in facts if (f.against or f.rank) and f.dimension not in NAMES))

    def told_lately(self, pattern: str) -> bool:
        """Whether one of the recent insights of this kind said it, in whatever words."""
        return any(self._last_told(w) < len(self.sheet.past_skeletons) for w in self._wordings(pattern))

    def _last_told(self, wording: str) -> int:
        """How far back among recent texts; beyond the last for one that was not told."""
        told, words = self.sheet.past_skeletons, _skeleton(wording)
        return next((i for i, text in enumerate(told) if words in text), len(told))

    def say_all(self, patterns: Sequence[str]) -> str | None:
        """The patterns that can be said, joined to one paragraph."""
        said = [text for text in (self.say(p) for p in patterns) if text is not None]
        return " ".join(said) or None

    def _wordings(self, pattern: str) -> tuple[str, ...]:
        """Those of the athlete's tone where there are some, in the athlete's units."""
        wordings = self.phrases.get(f"{pattern}@{self.sheet.tone}") or self.phrases.get(pattern, ())
        return wordings if self.sheet.units is Units.METRIC else tuple(_in_miles(w) for w in wordings)


@cache
def _cited(wording: str) -> tuple[str, ...]:
    """Of a wording of the files, of which there are some thousand."""
    return tuple(cited(wording))


@cache
def _skeleton(wording: str) -> str:
    """The same of its bare words."""
    return skeleton(wording)


def _in_miles(wording: str) -> str:
    """What holds for each kilometre holds for each mile."""
    return wording.replace("kilometre", "mile").replace("Kilometre", "Mile")


def voice_of(sheet: FactSheet, phrases: Phrases) -> Voice:
    """From week to week and from day to day it counts up one by one; activities are spread by their id."""
    person = crc32(sheet.athlete_id.encode())
    if sheet.kind is not InsightKind.ACTIVITY_SUMMARY:
        return Voice(sheet=sheet, phrases=phrases, turn=person + (sheet.as_of.toordinal() - 1) // 7 + sheet.as_of.weekday())
    return Voice(sheet=sheet, phrases=phrases, turn=person + sheet.as_of.toordinal() + crc32((sheet.activity_id or "").encode()))


def sign_name(sign: int) -> str:
    """How patterns are named after the direction of a change."""
    return {1: "up", 0: "same", -1: "down"}[sign]
