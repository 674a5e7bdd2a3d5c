"""Rules on what may not stand outside references: digits, number words, ratios, days and dates."""

import re
import unicodedata
from collections.abc import Iterator

from chains.grounding.lexicon import any_of, words
from chains.grounding.passage import Passage, Sentence
from chains.grounding.violation import Violation

EXPECTED = "numbers, dates and ratios stand in references only"

_PERHAPS_A_DIGIT = re.compile(r"[0-9]|[^\x00-\x7f]")
_NAMES = re.compile(r"\bvo2 ?max\b|\b(?:5|10)k\b")
"""Names that hold a digit."""

_SMALL = any_of("""
    two | three | four | five | six | seven | eight | nine | ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen
    | seventeen | eighteen | nineteen
    | twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety
""")
_NUMBER = words(f"zero | {_SMALL}s? | hundreds? | thousands? | millions? | dozens?")
_COUNTED = any_of(r"""
    runs? | rides? | swims? | sessions? | workouts? | activit(?:y|ies) | days? | weeks? | months? | years? | nights? | hours?
    | minutes? | seconds | km | kilomet(?:re|er)s? | miles?
    | met(?:re|er)s? | laps? | lengths? | percent | beats? | watts? | repetitions? | intervals? | points? | times
""")
_NOT_ONE = "".join(f"(?<!{word} )" for word in ("no", "the", "this", "that", "any", "each"))
_ONE = re.compile(
    rf"{_NOT_ONE}\bone (?:single )?{_COUNTED}\b|^one (?:in|down|left)\b|\b(?:after|in|on|to|by) one(?=[.,;:!?]|$)"
    r"|\b(?:an hour|a couple of|percent|per cent)\b|%"
)
_THE_TWO = re.compile(
    r"\b(?:the|these|those|of|between the) two(?=$|[,.;:!?)]| (?:of them|are|were|is|was|go|went|agree|differ|together|apart|and|but|in)\b)"
)
_ZONE = words("zone (?:one|two|three|four|five|six|seven)")

_RATIO = words(r"""
    half | halves | halved | halving | thirds? | quarters? | fourths? | fifths? | sixths? | sevenths? | eighths? | ninths? | tenths?
    | double[ds]? | doubling | twice | thrice
    | triple[ds]? | tripling | treble[ds]? | quadruple[ds]? | \w+fold
""")
_HALF = words("""
    (?:first|second|opening|closing|other|each|either|both|front|back|latter|final|last) (?:half|halves) | half[ -]marathons? | the halves
""")
_NO_NAME = frozenset({"half", "halves", "halved", "twice"})
"""Ratio words that a label does not make a name."""
_NO_RATIO = frozenset({"unfold", "scaffold", "blindfold", "manifold"})

_DAY = words(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days? | yesterday | midnight | noon | o'clock")
_SHORT_DAY = re.compile(r"\b(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri)\b|\b(?:on|this|last|next|every) (?:Sat|Sun)\b")
_MONTH = words("january | february | april | june | july | august | september | october | november | december")
_SHORT_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b")
_TIMED = any_of(
    "in | since | of | from | until | till | by | last | next | this | early | late | mid | during | before | after | between | through"
)
_MAY_MARCH = words(rf"{_TIMED} (?:may|march)\b(?! be) | (?:may|march) (?:was|were|had|saw|brought)")
_CASED_MONTH = re.compile(r"(?<=[a-z,;:\ue000] )(?:May|March)\b")
_SEASON = words(
    r"(?:in|since|last|this|next|from|until|during|of) (?:the |early |late )*(?:spring|summer|autumn|winter|fall)\b"
    r"(?! (?:in|to|by|of|off|apart|behind|short)\b)"
)


def free_number(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Digits of any script and number words."""
    names = [m.span() for m in _NAMES.finditer(sentence.text)]
    for match in _PERHAPS_A_DIGIT.finditer(sentence.text):
        at = match.start()
        if unicodedata.category(match[0])[0] == "N" and not _inside(at, names):
            yield sentence.broken("free_number", at, at + 1, EXPECTED)
            return
    yield from _number_words(passage, sentence)


def _number_words(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    spared = [m.span() for m in _THE_TWO.finditer(sentence.text)]
    zones = [m.span() for m in _ZONE.finditer(sentence.text)]
    if zones and any(fact_id.startswith("zone.") for fact_id in passage.sheet.facts):
        spared += zones
    for match in _NUMBER.finditer(sentence.text):
        if not _inside(match.start(), spared) and not _named(passage, sentence, match):
            yield sentence.broken("free_number", match.start(), match.end(), EXPECTED)
    for match in _ONE.finditer(sentence.text):
        yield sentence.broken("free_number", match.start(), match.end(), EXPECTED)


def _named(passage: Passage, sentence: Sentence, match: re.Match[str]) -> bool:
    """'Days with two runs' is a name if the label says so: the number and what it counts."""
    licence = passage.licence(sentence)
    behind = re.findall(r"[a-z]+", sentence.text[match.end() : match.end() + 40])[:3]
    return match[0] in licence and any(word in licence and len(word) > 3 for word in behind)


def ratio_word(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Half, a third, twice, double; not the halves of a run, not a name that a label has."""
    spared = [m.span() for m in _HALF.finditer(sentence.text)]
    for match in _RATIO.finditer(sentence.text):
        spare = _inside(match.start(), spared) or match[0] in _NO_RATIO or _double_day(passage, sentence, match)
        if not spare and (match[0] in _NO_NAME or match[0] not in passage.licence(sentence)):
            yield sentence.broken("ratio_word", match.start(), match.end(), EXPECTED)


def _double_day(passage: Passage, sentence: Sentence, match: re.Match[str]) -> bool:
    named = any("double" in fact.id for fact in passage.sheet.facts.values())
    return named and sentence.text.startswith(("double day", "double-day"), match.start())


def weekday_or_date(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Weekdays, months, seasons and yesterday; 'may' and 'march' where they are months."""
    for text, patterns in (
        (sentence.text, (_DAY, _MONTH, _MAY_MARCH, _SEASON)),
        (sentence.cased, (_SHORT_DAY, _SHORT_MONTH, _CASED_MONTH)),
    ):
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield sentence.broken("weekday_or_date", match.start(), match.end(), EXPECTED)


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
