"""A reference fits the words around it: 'a heart rate of', 'in', 'of climbing' each ask for quantities of their own."""

import re
from collections.abc import Iterator

from chains.facts.fact import Dimension
from chains.grounding.cues import AGGREGATES, BEHIND, CHANGES, IN_FRONT, SETTINGS, Cue, family
from chains.grounding.lexicon import word_set
from chains.grounding.passage import REF, Mention, Passage, Sentence
from chains.grounding.violation import Violation

_AGED = re.compile(r"^\s*(?:old|ago)\b")
_AT = re.compile(r"(?:^|(\S+) )at (?:just |about |only |around |nearly )*$")
_STANDING = word_set("stands stand sits is are was were be already week weeks them you total now arrived it end still")
_STANDS = AGGREGATES - {Dimension.ELEVATION, Dimension.ENERGY}
_BASE = re.compile(r"\bbase(?: week)?(?: of| was| is| would be| stood at)? $")
_CLIMBED = re.compile(r"^ of (?:climb|ascent|elevation|up and down|vertical)")
_IN, _FOR = re.compile(r"(?:^|\s)in $"), re.compile(r"(?:^|\s)for $")
_DIFFERENCES = frozenset({Dimension.PACE_CHANGE, Dimension.HEART_RATE_CHANGE})
_SAME_TWICE = re.compile(r"^ (?:at|in|over|for) $")


def dimension(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Every cue beside a reference allows the quantity that it prints, and two references set side by side are of one kind."""
    for index, mention in enumerate(sentence.mentions):
        if mention.fact is None or (mention.form == "date" and mention.fact.dimension is not Dimension.DATE):
            continue
        fits = all(mention.fact.dimension in cue.allowed for cue in _cues(sentence, mention))
        before = sentence.mentions[index - 1] if index else None
        if not fits or _misplaced(sentence, mention) or (before is not None and _unlike(sentence, before, mention)):
            expected = f"another quantity than {mention.fact.dimension.value} beside these words"
            yield sentence.broken("dimension", max(mention.at - 30, 0), mention.at + 1, expected)


def _left_of(sentence: Sentence, mention: Mention) -> str:
    """From the last reference or bound; a colon binds."""
    start = max(sentence.text.rfind(bound, 0, mention.at) for bound in (REF, ",", ";", "(", "—", "–"))
    return sentence.text[start + 1 : mention.at]


def _cues(sentence: Sentence, mention: Mention) -> Iterator[Cue]:
    left, right = _left_of(sentence, mention), sentence.text[mention.at + 1 :]
    if _AGED.match(right) is None:
        yield from (cue for cue in IN_FRONT if cue.pattern.search(left))
    yield from (cue for cue in BEHIND if cue.pattern.match(right))


def _misplaced(sentence: Sentence, mention: Mention) -> bool:
    """A total behind 'at', unless something stands at it; a length that something takes 'in'; a base that is none."""
    fact, left = mention.fact, _left_of(sentence, mention)
    if fact is None or fact.dimension not in AGGREGATES:
        return False
    climbed = _CLIMBED.match(sentence.text[mention.at + 1 :]) is not None
    if (at := _AT.search(left)) is not None:
        return fact.dimension not in _STANDS or (at[1] or "") not in _STANDING
    if fact.dimension is Dimension.DISTANCE and _IN.search(left):
        return not sentence.text[: mention.at].endswith(f"{REF} in ")
    if fact.dimension is Dimension.ELEVATION and _FOR.search(left):
        return not climbed
    return _BASE.search(left) is not None and "base" not in f"{fact.id} {fact.label} {fact.against}"


def _unlike(sentence: Sentence, before: Mention, mention: Mention) -> bool:
    """'{second} after {first}' of two kinds, '{pace} at {pace}' of one."""
    if before.fact is None or mention.fact is None or before.fact.dimension in _DIFFERENCES | CHANGES:
        return False
    kind, other = family(before.fact.dimension), family(mention.fact.dimension)
    if kind is None or other is None or _AGED.match(sentence.text[mention.at + 1 :]):
        return False
    between = sentence.text[before.at + 1 : mention.at]
    if _SAME_TWICE.match(between):
        return before.fact.dimension is mention.fact.dimension
    return kind is not other and SETTINGS.match(between) is not None
