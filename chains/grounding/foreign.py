"""A fact of another activity is never shown as this one's: the words around it have to say that it is another."""

import re
from collections.abc import Iterator

from chains.facts.fact import Dimension, Fact
from chains.grounding.lexicon import any_of
from chains.grounding.passage import REF, Mention, Passage, Sentence
from chains.grounding.violation import Violation
from chains.request import InsightKind

_OTHER = re.compile(
    any_of(rf"""
        \b(?:earlier|previous|previously|formerly|former|old|older|past|mark to beat|then|ago|until)\b
        | \b(?:beats?|beating|beaten|of them|had been|of before|back then)\b
        | \bothers?\b(?! (?:way|hand|half|matter)) | \banother\b(?! matter) | \blast (?:time|year|month|week|season)\b
        | \b(?:dates?|dated) from\b
        | {REF} before\b(?! (?:halfway|the|it|you)\b) | \bbefore (?:this|that|today|then|now)\b
        | \b(?:week|month|year|season)s? before\b | \bsince\b
    """)
)
_LEADING = re.compile(r"\b(?:than|against|compared (?:with|to)|instead of)(?: (?:the|your|of|a|an|on|in|at|that|is|was|just|about))*\s*$")
_THIS = re.compile(r"\b(?:today|today's|now|this (?:run|ride|swim|one|time|session|activity|workout))\b")
_OF_DAY = re.compile(r"^,? (?:of|from|on|in) $")
_OWN = frozenset({"activity", "split"})
_BEHIND = 24
"""How far behind a reference a word can still say whose it is."""


def foreign_fact(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Only in summaries of one activity; comparisons and days are about both."""
    activity_id = passage.sheet.activity_id
    if passage.sheet.kind is not InsightKind.ACTIVITY_SUMMARY or activity_id is None:
        return
    for mention in sentence.mentions:
        if mention.fact is not None and _foreign(mention.fact, activity_id) and not _told(sentence, mention, activity_id):
            yield sentence.broken("foreign_fact", mention.at, mention.at + 1, "a fact of this activity, or words that say it is another's")


def _foreign(fact: Fact, activity_id: str) -> bool:
    return (
        bool(fact.activity_ids) and activity_id not in fact.activity_ids and fact.against is None and fact.dimension is not Dimension.DATE
    )


def _told(sentence: Sentence, mention: Mention, activity_id: str) -> bool:
    if mention.fact_id.split(".", 1)[0] in _OWN:
        return False
    index = sentence.clause_at(mention.at)
    start, end = sentence.clauses[index]
    if _THIS.search(sentence.text, start, end):
        return False
    other = any(m.start() <= mention.at + _BEHIND for m in _OTHER.finditer(sentence.text, start, end))
    return (
        other
        or _LEADING.search(sentence.text[start : mention.at]) is not None
        or _dated(sentence, mention, activity_id)
        or _apposed(sentence, index)
    )


def _dated(sentence: Sentence, mention: Mention, activity_id: str) -> bool:
    """A past day right behind: 'the 258 W of July 2024'."""
    days = [m for m in sentence.mentions if mention.at < m.at and m.fact is not None and m.fact.dimension is Dimension.DATE]
    return any(_OF_DAY.match(sentence.text[mention.at + 1 : m.at]) and activity_id not in m.fact.activity_ids for m in days if m.fact)


def _apposed(sentence: Sentence, index: int) -> bool:
    """'Your previous best, 4:35 /km': a clause of hardly a word that hangs on the one before."""
    start, end = sentence.clauses[index]
    if index == 0 or len(sentence.text[start:end].replace(REF, " ").split()) > 2:
        return False
    return _OTHER.search(sentence.text, *sentence.clauses[index - 1]) is not None
