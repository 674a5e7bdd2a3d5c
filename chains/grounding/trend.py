"""Trend words agree with a fact: with the direction of its value, or, where they judge, with whether it is better.

The fact is the nearest directional one in the clause, else in the sentence, else in the passage (a sentence may lean on its neighbour). Two
facts of one quantity that are set against each other ('fell to A, from B') speak for themselves. A why may lean on the facts of its option.
A headline sums up the sheet: where it refers to no change itself, it leans on the most worthwhile one there.
"""

import re
from collections.abc import Iterator

from chains.facts.fact import Dimension, Fact
from chains.grounding.passage import REF, Mention, Passage, Role, Sentence
from chains.grounding.trend_words import CLAIMS, NOT_SPEED, PHRASAL_END, Claim, rise, speed
from chains.grounding.violation import Violation

_NEGATED = re.compile(r"(?:\b(?:not|never|neither|nor|no|none|nothing|without|hardly|barely)\b|n't\b)[^,;:.]{0,24}$")
_UNEQUALLED = re.compile(
    r"\bthan (?:(?:\w+ ){0,2}(?:any|all|ever|every|anything|everything|each|never)\b"
    r"|you(?:'ve|'d| have| had)?\b[^.;]*\b(?:since|ever|before|until)\b)"
)
_NEAR = rf"[^{REF}.;:]{{0,24}}"
_TO_FROM = re.compile(rf"^{_NEAR}\bto (?:just |about |only )?{REF},? from {_NEAR}{REF}")
_FROM_TO = re.compile(rf"^{_NEAR}\bfrom (?:\w+ ){{0,3}}{REF} to (?:\w+ ){{0,3}}{REF}")
_THAN = re.compile(rf"^ (?:than|your usual|your base(?: of)?|from|on|the usual)(?: \w+){{0,3}} {REF}")
_GRADED = re.compile(r"\b(more|less|fewer) (\w+)")
_AMOUNT = re.compile(r"(?:more|less|fewer)$")
_PLACE = re.compile(rf"^{REF} (?:above|below|over|under|beyond|past|short|north|beneath)")
_SIDES = {"above": 1, "over": 1, "below": -1, "under": -1}
_BESIDE_USUAL = re.compile(rf"\b(above|over|below|under) (?:your |the )?(?:usual|base|median|normal)(?: of)? {REF}")
_BESIDE_THRESHOLD = re.compile(r"\b(above|over|below|under) (?:\w+ ){0,3}threshold\b")
_SHARES = frozenset({Dimension.SHARE, Dimension.CHANGE})


def trend(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Each trend word agrees with the fact it leans on; questions claim nothing."""
    if passage.role in {Role.QUESTION, Role.CHOICE}:
        return
    for claim in CLAIMS:
        for match in claim.pattern.finditer(sentence.text):
            if not _idle(sentence, match) and not _agrees(passage, sentence, claim, match):
                expected = "a fact in the same sentence whose direction or polarity says so"
                yield sentence.broken("trend", match.start(), match.end(), expected)
    yield from _turned_labels(passage, sentence)
    yield from _misplaced(sentence)


def _misplaced(sentence: Sentence) -> Iterator[Violation]:
    """'{x} stayed below your usual {y}' where it lies above; 'above your threshold' where the label of the fact says below."""
    for match in _BESIDE_USUAL.finditer(sentence.text):
        before = [m for m in sentence.mentions if m.at < match.start()]
        behind = next((m for m in sentence.mentions if m.at >= match.end() - 1), None)
        pair = next((pair for m in reversed(before) if behind and (pair := _alike(m, behind))), None)
        if pair is not None and _height(*pair) == -_SIDES[match[1]]:
            yield sentence.broken("trend", match.start(), match.end(), "the side on which the value lies")
    labels = " ".join(f.label.lower() for f in sentence.facts)
    said = {_SIDES[match[1]] for match in _BESIDE_THRESHOLD.finditer(labels)}
    for match in _BESIDE_THRESHOLD.finditer(sentence.text):
        if said == {-_SIDES[match[1]]}:
            yield sentence.broken("trend", match.start(), match.end(), "the side of the threshold that the label of its fact names")


def _height(a: Fact, b: Fact) -> int:
    """Whether the first value is the larger one: as a number, whatever is better."""
    if not isinstance(a.value, (int, float)) or not isinstance(b.value, (int, float)):
        return 0
    return (a.value > b.value) - (a.value < b.value)


def _turned_labels(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """'Less frequent' where the label says 'more frequent'."""
    labels = " ".join(f"{f.label} {f.against or ''}" for f in passage.facts).lower()
    for match in _GRADED.finditer(sentence.text):
        turned = "less" if match[1] == "more" else "more"
        if re.search(rf"\b{turned} {match[2]}\b", labels) and f"{match[1]} {match[2]}" not in labels:
            yield sentence.broken("trend", match.start(), match.end(), f"'{turned} {match[2]}', as the label of its fact has it")


def _idle(sentence: Sentence, match: re.Match[str]) -> bool:
    """'Gave up'; '81 % below your threshold': the word belongs to its verb, or places a value that is no change."""
    if match[0].startswith(("up", "down")) and PHRASAL_END.search(sentence.text[: match.start()]):
        return True
    at_start = next((m.fact for m in sentence.mentions if m.at == match.start()), None)
    return _PLACE.match(match[0]) is not None and (at_start is None or not _moving(at_start))


def _agrees(passage: Passage, sentence: Sentence, claim: Claim, match: re.Match[str]) -> bool:
    near = _nearest(sentence, claim, match)
    if near is None or _distance(near, match) > 1:
        if (pair := _pair(sentence, match)) is not None:
            return claim.sign not in {rise, speed} or _order(*pair, claim) == claim.wanted
        if _AMOUNT.search(match[0]) and _THAN.match(sentence.text[match.end() :]):
            return True
    if near is not None and near.fact is not None:
        sign = claim.sign(near.fact)
        return sign == claim.wanted or (sign == 0 and _ranked(sentence, match))
    return _ranked(sentence, match) or _negated(sentence, match) or _leans(passage, sentence, claim)


def _negated(sentence: Sentence, match: re.Match[str]) -> bool:
    return _NEGATED.search(sentence.text[: match.start()]) is not None


def _ranked(sentence: Sentence, match: re.Match[str]) -> bool:
    """'Quicker than any before', 'no swim was longer': claims of rank, true by a rank."""
    ranked = any(f.rank is not None for f in sentence.facts)
    return ranked and (_negated(sentence, match) or _UNEQUALLED.search(sentence.text[match.start() :]) is not None)


def _nearest(sentence: Sentence, claim: Claim, match: re.Match[str]) -> Mention | None:
    """The directional fact that the word leans on: inside its own match, else in its clause, else in its sentence."""
    directional = [m for m in sentence.mentions if m.fact is not None and _speaks(m.fact, claim)]
    within = [m for m in directional if match.start() <= m.at < match.end()]
    start, end = sentence.clauses[sentence.clause_at(match.start())]
    near = within or [m for m in directional if start <= m.at < end] or directional
    return min(near, key=lambda m: _distance(m, match), default=None)


def _distance(mention: Mention, match: re.Match[str]) -> int:
    return max(match.start() - mention.at, 0) if mention.at < match.start() else max(mention.at - match.end(), 0)


def _moving(fact: Fact) -> bool:
    return bool(fact.direction or fact.polarity)


def _speaks(fact: Fact, claim: Claim) -> bool:
    """Faster can not lean on a heart rate; any other word can on any change."""
    return _moving(fact) and not (claim.sign is speed and fact.dimension in NOT_SPEED)


def _pair(sentence: Sentence, match: re.Match[str]) -> tuple[Fact, Fact] | None:
    """The two facts of one quantity that the word sets against each other: what is, and what it is measured by."""
    rest = sentence.text[match.end() :]
    behind = [m for m in sentence.mentions if m.at >= match.end()]
    before = [m for m in sentence.mentions if m.at < match.start()]
    if _TO_FROM.match(rest):
        return _alike(behind[0], behind[1])
    if _FROM_TO.match(rest):
        return _alike(behind[1], behind[0])
    if _THAN.match(rest):
        return next((pair for m in reversed(before) if (pair := _alike(m, behind[0]))), None)
    return None


def _alike(what: Mention, measure: Mention) -> tuple[Fact, Fact] | None:
    """Both absolute and of one quantity, or both shares."""
    a, b = what.fact, measure.fact
    if a is None or b is None or not isinstance(a.value, (int, float)) or not isinstance(b.value, (int, float)):
        return None
    shares = {a.dimension, b.dimension} <= _SHARES and not _moving(b)
    absolute = a.dimension is b.dimension and not _moving(a) and not _moving(b)
    return (a, b) if shares or absolute else None


def _order(a: Fact, b: Fact, claim: Claim) -> int:
    """Sign of the comparison as it is printed: a pace falls when its speed rises, a shorter time is the faster one."""
    if not isinstance(a.value, (int, float)) or not isinstance(b.value, (int, float)):
        return 0
    order = (abs(a.value) > abs(b.value)) - (abs(a.value) < abs(b.value))
    inverse = a.dimension is (Dimension.DURATION if claim.sign is speed else Dimension.PACE)
    return -order if inverse else order


def _leans(passage: Passage, sentence: Sentence, claim: Claim) -> bool:
    """No change is referred to in the sentence: its neighbours and what follows from its facts, the option's facts, a headline's sheet."""
    sheet = [f for f in passage.sheet.facts.values() if _speaks(f, claim)]
    following = [f for f in sheet if any(m.fact_id in f.causes for m in sentence.mentions)]
    neighbours = [*(f for f in _others(passage, sentence) if _speaks(f, claim)), *following]
    if neighbours:
        return claim.sign(neighbours[0]) == claim.wanted
    leaned_on = [f for f in sheet if claim.sign(f)][:1] if passage.role is Role.HEADLINE else passage.option_facts
    return any(_speaks(f, claim) and claim.sign(f) == claim.wanted for f in leaned_on)


def _others(passage: Passage, sentence: Sentence) -> Iterator[Fact]:
    """Facts of the other sentences: those before, the nearest first, then those behind."""
    at = passage.sentences.index(sentence)
    for before in reversed(passage.sentences[:at]):
        yield from reversed(before.facts)
    for behind in passage.sentences[at + 1 :]:
        yield from behind.facts
