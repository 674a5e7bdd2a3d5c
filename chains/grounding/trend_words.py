"""The words of change, by what they claim: a value rose or fell, something got faster or slower, better or worse, was won or lost."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from chains.facts.fact import Dimension, Fact
from chains.grounding.lexicon import any_of
from chains.grounding.passage import REF

_USUAL = any_of(r"""
    usual(?:ly)? | normal(?:ly)? | ever | you | your | the | in | on | last | before | base | most | any | all | it | its | with | at
    | this | these | that | those
    | expected | average | made | makes | an? (?:usual|normal|typical|base|median|week|month|year)
""")
_QUANTITY = any_of(r"""
    heart | heartbeats? | beats | distance | climbing | ascent | time | running | riding | swimming | training | load | power | pace
    | speed | of it | kilomet\w+ | miles | volume | drift | runs | rides | swims | days | stops
""")
_NO_CHANGE = ("say", "says", "said", "tell", "tells", "matters", "matter", "means", "worth", "no", "one", "once", "any", "or")
_NO_TREND = "".join(rf"(?<!\b{word} )" for word in _NO_CHANGE)
"""'Says more than the calculators', 'no more than': no change is claimed."""
_MOVED = any_of("""
    is | are | was | were | be | been | went | go | goes | gone | going | come | comes | came | crept | moved | moves | ticked | edged
    | trending | trended | also | both | even | well | clearly | slightly | sharply
""")
_RATE = any_of("rate | pace | speed | power | load | distance | volume | drift | fitness | pulse | time")
_PHRASAL = any_of("""
    gave | give | given | giving | made | make | makes | making | end | ends | ended | split | broke | break | set | back | backs | backed
    | warm | warmed | build | builds | built | add | adds | added | show | shows | showed | turn | turned | catch | caught | speeding
    | speed | speeds | sped | wake | woke | keep | kept | take | took | taken | open | opened | follow | sum | sums | line | lined | soak
    | hold | holds | held | used | free | freed | stand | stood | own | mix | mixed | slow | slowed | wind | wound | calm | settle
    | settled | cut
""")
PHRASAL_END = re.compile(rf"\b{_PHRASAL} $")
"""'Gave up', 'made up': the verb owns the word."""


def _vertical(word: str) -> str:
    """'up' and 'down' where they speak of a value and not of a stairway."""
    before = "(?:(?:by|on|from|against|a|some|around|about|over|nearly|roughly|just|another) )"
    beside = rf"{REF} {word}\b|(?<!\w){word} {before}*{REF}|\b(?:{_MOVED}|{_RATE}) {word}\b(?! to\b)|(?:^|[,:;—–] ){word}\b(?! to\b)"
    return rf"(?<!\b{word} and )(?!{word} and (?:up|down)\b)(?:{beside})"


def _placed(words: str) -> str:
    """'9 % above your usual'."""
    than = any_of("your | the | base | usual | normal | it | its | what | anything | everything | any | a | last | before | that | those")
    return rf"{REF} {any_of(words)}(?= {than}\b)"


def _compared(word: str) -> str:
    """'9 % more', 'more than usual', 'more than {x}', 'more climbing'."""
    than = rf"(?= than {_USUAL}\b)|{_NO_TREND}\b{word}(?= than (?:just |about |the |your )*{REF})"
    return rf"{REF} {word}\b|{_NO_TREND}\b{word}{than}|{_NO_TREND}\b{word} by\b|{_NO_TREND}\b{word} {_QUANTITY}\b"


_NORM = r"(?= (?:your |the )?(?:base|usual|normal|median)\b)"

_RISE = any_of(rf"""
    {_compared("more")}
    | \b(?:higher|rose|risen|rising|increas(?:e|es|ed|ing)|grew|grown|growing|growth of)\b
    | \b(?:bigger|larger|greater|heavier|dearer|costlier|extra|additional)\b
    | \b(?:jumped|surged|spiked|soared|swelled|ballooned|leapt|upwards?|exceed(?:s|ed)?)\b
    | (?<!no )(?<!any )\b(?:longer|farther)\b
    | {REF} further\b | \bfurther (?:than|by)\b | {REF} (?:up on|ahead)\b
    | \bclimbed (?:by|to|from)\b | \b(?:rate|pulse|load|power|volume|drift|fitness) (?:climbed|climbs)\b
    | {_placed("above | beyond | past | north of")} | (?<!of )(?<!by ){REF} over{_NORM}
    | {_vertical("up")}
""")
_FALL = any_of(rf"""
    {_compared("less")} | {_compared("fewer")}
    | \b(?:lower(?:ed)?|fell|fallen|falling|fall (?:to|by|from|with)|drop(?:s|ped|ping)?|decreas(?:e|es|ed|ing)|declin(?:es|ed|ing))\b
    | \b(?:shrank|shrunk|shrinking|smaller|shorter|cheaper|lighter|reduc(?:ed|es|tion|ing)|cut of)\b
    | \b(?:dipped|sank|sunk|sinks|slid|slipped|tumbled|plunged|plummeted|downwards?)\b
    | {REF} missing\b | \bmissing (?:heart|pace|power|distance|{REF})
    | {_placed("below | beneath | short of")} | {REF} under{_NORM}
    | {_vertical("down")}
""")
_WHERE = rf"(?:(?<!\w)|(?=[{REF},:;—–]))"
"""Where any of those can begin: at a word, a reference or a mark. Said once before them all, it spares two thirds of the search."""
_QUICK = r"\b(?:faster|quicker|swifter|sped up|speeding up|speeds up|accelerat\w+|quickened|quickening|picked up the pace)\b"
_SLOW = r"\b(?:slower|slowed|slowing|slows|decelerat\w+|slowdown)\b"
_NO_VERDICT = r"(?! (?:part|yardstick|test|judge|guide|question|picture))"
_GOOD = rf"\bimprov(?:e|es|ed|ing|ement|ements)\b|(?<!the )(?<!had )\bbetter\b{_NO_VERDICT}|\b(?:stronger|fitter|progressed)\b"
_BAD = r"\b(?:worse|worsen|worsened|worsening|weaker|deteriorat\w+|regress\w+|setback|poorer|suffered)\b"
_WON = rf"\bgained\b|{REF} gain\b|\bgain of\b|\bgains of\b"
_LOST = rf"\blost\b|\b(?:loses|losing) {REF}|\bloss of\b|\bgave away\b|\bgiven away\b"
_WANE = r"\bdecline\b"

_INVERSE = frozenset({Dimension.PACE_CHANGE, Dimension.DURATION})
"""Their numbers fall when things get faster."""
NOT_SPEED = frozenset(
    {
        Dimension.HEART_RATE,
        Dimension.HEART_RATE_CHANGE,
        Dimension.LOAD,
        Dimension.LOAD_CHANGE,
        Dimension.SCORE,
        Dimension.HRV,
        Dimension.ELEVATION,
        Dimension.CADENCE,
        Dimension.COUNT,
        Dimension.EFFICIENCY,
    }
)


def rise(fact: Fact) -> int:
    """+1 where the number rises."""
    return fact.direction or 0


def speed(fact: Fact) -> int:
    """+1 where faster; 0 where the fact says nothing of speed."""
    if fact.dimension in NOT_SPEED:
        return 0
    if fact.dimension in _INVERSE:
        return -rise(fact)
    return fact.polarity or rise(fact)


def verdict(fact: Fact) -> int:
    """+1 where better."""
    return fact.polarity or 0


def win(fact: Fact) -> int:
    """+1 where something was won: the better, or, where nothing is, the more."""
    return fact.polarity or rise(fact)


def _waning(fact: Fact) -> int:
    """A pace that declines gets worse, whatever its number does."""
    return win(fact) if fact.dimension in _INVERSE else rise(fact)


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that all say that `sign` of their fact is `wanted`."""

    pattern: re.Pattern[str]
    wanted: int
    sign: Callable[[Fact], int]


CLAIMS = (
    Claim(re.compile(_WHERE + _RISE), 1, rise),
    Claim(re.compile(_WHERE + _FALL), -1, rise),
    Claim(re.compile(_QUICK), 1, speed),
    Claim(re.compile(_SLOW), -1, speed),
    Claim(re.compile(_GOOD), 1, verdict),
    Claim(re.compile(_BAD), -1, verdict),
    Claim(re.compile(_WON), 1, win),
    Claim(re.compile(_LOST), -1, win),
    Claim(re.compile(_WANE), -1, _waning),
)
