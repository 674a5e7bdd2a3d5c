"""Rules on references themselves: they exist, in that form, alone, and not written out."""

import re
from collections.abc import Iterator

from chains.facts.fact import Dimension, Fact
from chains.facts.forms import forms_of, print_fact
from chains.facts.wording import plural
from chains.grounding.lexicon import any_of
from chains.grounding.passage import REF, Passage, Role, Sentence
from chains.grounding.violation import Violation

_LOOSE = re.compile(r"[{}]|\[[\w.]+\]|\$[a-z]\w*|\b[a-z]+(?:_[a-z0-9]+)*\.[a-z]\w+|\b[a-z]+_[a-z0-9_]+")
"""Braces, and ids that stand in the open."""

_UNITS = any_of(r"""
    kms? | k | kilomet(?:re|er)s? | miles? | mi | m | met(?:re|er)s? | feet | foot | ft | yards? | yds? | min(?:ute)?s? | sec(?:ond)?s
    | sec | s | hours? | hrs? | h | bpm
    | watts? | kw | w | kj | kilojoules? | kcal | calories | (?:heart)?beats (?:per|a) min(?:ute)? | km/h | kmh | kph | mph | rpm
    | spm | steps (?:per|a) minute | points? | pts
    | percent(?:age)?(?: points?)? | per (?:cent|km|kilomet(?:re|er)|mile|hour|minute) | a (?:kilomet(?:re|er)|mile) | degrees | celsius
    | days? | weeks? | months? | years? | nights?
""")
_BEHIND = re.compile(rf"{REF}(?:[\s-]*{_UNITS}\b(?!')|[\s-]*(?:%|‰|/\s*(?:km|mi|h|100|min|mile)))")
_BEFORE = re.compile(rf"(?:\b(?:km|bpm|kj|mph|rpm|min/km|watts)|%)\s*{REF}")
_BEATS = re.compile(rf"{REF}[\s-]*(?:heart)?(?:beats|steps|strokes)\b")
_TOUCHING = re.compile(rf"\w{REF}|{REF}\w")
_PERIODS = re.compile(r"(?:days?|weeks?|months?|years?|nights?)$")
_WORDY = frozenset({Dimension.CHANGE, Dimension.SHARE, Dimension.TEXT, Dimension.LIST})


def unknown_reference(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """No such fact, no such form of it, or braces that are no reference at all."""
    for mention in sentence.mentions:
        if mention.fact is None:
            yield sentence.broken("unknown_reference", mention.at, mention.at + 1, "an id of the fact sheet")
        elif mention.form is not None and mention.form not in forms_of(mention.fact):
            legal = ", ".join(sorted(forms_of(mention.fact))) or "none"
            yield sentence.broken("unknown_reference", mention.at, mention.at + 1, f"{mention.fact_id} without a form, or one of: {legal}")
    for match in _LOOSE.finditer(sentence.text):
        yield sentence.broken("unknown_reference", match.start(), match.end(), "a reference as {id} or {id|form}")


def no_reference(passage: Passage) -> Iterator[Violation]:
    """An observation without evidence."""
    if passage.role is Role.OBSERVATION and not any(s.facts for s in passage.sentences):
        whole = " ".join(s.written() for s in passage.sentences)
        yield Violation(rule="no_reference", sentence=whole, span=whole, expected="at least one reference to a fact in every observation")


def unit_beside_reference(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """References print their own unit: one beside them would be a second."""
    expected = "the reference alone: it prints its own number and unit"
    for pattern in (_BEHIND, _BEFORE, _TOUCHING):
        for match in pattern.finditer(sentence.text):
            fact = _fact_at(sentence, match.start() + match[0].index(REF))
            if fact is None or pattern is not _BEHIND or not _counts(sentence, fact, match):
                yield sentence.broken("unit_beside_reference", match.start(), match.end(), expected)
    for match in _BEATS.finditer(sentence.text):
        fact = _fact_at(sentence, match.start())
        if fact is not None and fact.dimension not in _WORDY:
            yield sentence.broken("unit_beside_reference", match.start(), match.end(), expected)
    yield from _doubled_nouns(sentence, expected)


def _counts(sentence: Sentence, fact: Fact, match: re.Match[str]) -> bool:
    """'{week.running_days|words} days': a bare count and the period it counts."""
    mention = next(m for m in sentence.mentions if m.at == match.start())
    bare = fact.dimension is Dimension.COUNT and (mention.form == "words" or (fact.noun is None and mention.form is None))
    return bare and _PERIODS.search(match[0]) is not None


def _doubled_nouns(sentence: Sentence, expected: str) -> Iterator[Violation]:
    for mention in sentence.mentions:
        fact = mention.fact
        if fact is None or fact.dimension is not Dimension.COUNT or not fact.noun or mention.form == "words":
            continue
        behind = sentence.text[mention.at + 1 :].lstrip()
        if re.match(rf"(?:{re.escape(fact.noun)}|{re.escape(plural(fact.noun, 2))})\b", behind):
            yield sentence.broken("unit_beside_reference", mention.at, mention.at + 1, expected)


def _fact_at(sentence: Sentence, at: int) -> Fact | None:
    return next((m.fact for m in sentence.mentions if m.at == at), None)


def written_out(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """A fact of words that is repeated instead of referred to."""
    for fact in passage.sheet.facts.values():
        if fact.dimension not in {Dimension.TEXT, Dimension.LIST} or fact.value == "half marathon":
            continue
        shown = print_fact(fact, None, passage.sheet.units).lower()
        if " " in shown and (at := sentence.text.find(shown)) >= 0:
            yield sentence.broken("written_out", at, at + len(shown), f"{{{fact.id}}}")
