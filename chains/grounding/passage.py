"""A text as the rules see it: sentences in lower case, every reference one placeholder character that knows its fact."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from chains.facts.fact import Fact
from chains.facts.sheet import FactSheet, Option
from chains.grounding.violation import Violation
from chains.text import references

REF = "\ue000"
"""Stands for one reference; from the private use area, and taken out of the text before."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+")
_CLAUSE_END = re.compile(r"[,;:()—–]|\s(?:but|while|whereas|and|yet|though|although|where|which)\s")
_WORD = re.compile(r"[a-z]+")


class Role(StrEnum):
    """Where a text stands in a reply; some rules spare some roles."""

    HEADLINE = "headline"
    OBSERVATION = "observation"
    WHY = "why"
    QUESTION = "question"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference where it stands in its sentence; `fact` is None where the sheet has none of that id."""

    source: str
    fact_id: str
    form: str | None
    fact: Fact | None
    at: int


@dataclass(frozen=True)
class Sentence:
    """`text` is lower case with straight apostrophes and has the length of `cased`, `mentions` stand at its placeholders."""

    cased: str
    text: str
    mentions: tuple[Mention, ...]

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(m.fact for m in self.mentions if m.fact is not None)

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each clause, in order."""
        cuts = [(m.start(), m.end()) for m in _CLAUSE_END.finditer(self.text)]
        starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(self.text)]
        return tuple(zip(starts, ends, strict=True))

    def clause_at(self, position: int) -> int:
        """Index of the clause that holds `position`; a cut belongs to the clause before it."""
        return max(i for i, (start, _) in enumerate(self.clauses) if start <= position or i == 0)

    def written(self, start: int = 0, end: int | None = None) -> str:
        """That stretch as it was written, references and all."""
        held = iter([m.source for m in self.mentions if m.at >= start])
        return "".join(next(held, "") if c == REF else c for c in self.cased[start:end]).strip()

    def broken(self, rule: str, start: int, end: int, expected: str, outcome: str = "ungrounded") -> Violation:
        return Violation(rule=rule, sentence=self.written(), span=self.written(start, end), expected=expected, outcome=outcome)


@dataclass(frozen=True)
class Passage:
    """One text of a reply with its sheet; `option` is the advice that a why belongs to."""

    role: Role
    sheet: FactSheet
    sentences: tuple[Sentence, ...]
    option: Option | None = None

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Referenced anywhere in the passage, and what speaks for the option."""
        return (*(f for s in self.sentences for f in s.facts), *self.option_facts)

    @cached_property
    def option_facts(self) -> tuple[Fact, ...]:
        ids = self.option.fact_ids if self.option else ()
        return tuple(self.sheet.facts[i] for i in ids if i in self.sheet.facts)

    @cached_property
    def option_words(self) -> frozenset[str]:
        """The words of the option itself: a why may repeat what the library says."""
        return words_of([self.option.what, self.option.when, self.option.purpose]) if self.option else frozenset()

    def licence(self, sentence: Sentence) -> frozenset[str]:
        """Words that are names here: the labels of the sentence's facts, or, where it has none, of the passage's; and the option's own."""
        facts = sentence.facts or self.facts
        named = [text for f in (*facts, *self.option_facts) for text in (f.label, f.against or "", f.noun or "")]
        return words_of(named) | self.option_words


def words_of(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text.lower()))


def passage_of(text: str, sheet: FactSheet, role: Role, option: Option | None = None) -> Passage:
    """Read any text at all; never raises."""
    clean = text.replace(REF, "\ufffd")
    found = references(clean)
    masked, mentions, shift = [], [], 0
    end = 0
    for r in found:
        masked += [clean[end : r.start], REF]
        mentions.append(Mention(clean[r.start : r.end], r.fact_id, r.form, sheet.facts.get(r.fact_id), r.start - shift))
        shift, end = shift + r.end - r.start - 1, r.end
    whole = "".join([*masked, clean[end:]])
    return Passage(role, sheet, tuple(_sentences(whole, mentions)), option)


def _sentences(whole: str, mentions: list[Mention]) -> Iterable[Sentence]:
    start = 0
    for cut in [*_SENTENCE_END.finditer(whole), None]:
        end, after = (cut.start(), cut.end()) if cut else (len(whole), len(whole))
        if whole[start:end].strip():
            own = tuple(Mention(m.source, m.fact_id, m.form, m.fact, m.at - start) for m in mentions if start <= m.at < end)
            yield Sentence(whole[start:end], _lower(whole[start:end]), own)
        start = after


def _lower(text: str) -> str:
    """Lower case of the same length: letters whose lower case is longer stay."""
    straight = text.replace("’", "'").replace("‘", "'")
    if len(low := straight.lower()) == len(text) and "Σ" not in text:  # whose lower case depends on its place in the word
        return low
    return "".join(low if len(low := c.lower()) == 1 else c for c in straight)
