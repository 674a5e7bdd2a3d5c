"""Claims of rank: first, only, never, best, record need a fact that was ranked over the complete history."""

import re
from collections.abc import Iterator

from chains.grounding.lexicon import words
from chains.grounding.passage import Passage, Role, Sentence
from chains.grounding.violation import Violation

_TOP = words(r"""
    first ever | (?<!as )ever(?! so\b) | never(?!theless) | (?:very )?first time
    | the first (?:\w+ ){0,3}(?:since|in (?:years|months|weeks|a))
    | your (?:very )?first(?! (?:half|kilomet\w+|mile|lap|part|split|run back|repetition|interval)\b)
    | a first(?! (?:half|part|look|step|lap)\b)
    | records? | record-\w+ | all[ -]time | lifetime | personal best\w* | pbs? | prs? | unprecedented | unmatched | unrivalled
    | unequalled | milestones? | historic\w*
    | without (?:precedent|parallel|equal) | new (?:best|high|low|peak|mark|territory) | unheard of | career | uncharted
    | in your (?:life|history)
""")
"""What only the top place is."""
_PLACED = words(r"""
    only(?! (?:if|when|as|to|then)\b) | sole | best(?! guess\b) | most (?:since|ever|you|in) | the most | nothing since(?! then\b)
    | in (?:many |several |some )?(?:years|months|ages)(?! past)
""")
_SUPERLATIVE = words("""
    (?:long|fast|quick|bigg|larg|great|high|strong|hard|slow|short|low|steep|tough|far|furth|cheap|fin|small|heavi|light|smooth|easi|weak|poor|busi|dens|tight|hilli|flatt|deep|rich|calm|young|old|full|hott|swift|dear)est
    | worst
""")
_WIDE = re.compile(
    r"^ (?:\w+ ){0,3}?(?:yet|ever|to date|since|on record|on file|all[ -]time|in (?:years|months|ages|your)"
    r"|of (?:the|your|this) (?:season|year|life|career|history)|you(?:'ve| have) ever)\b"
)
_SPARED = words("at best | at most | not only | if only | do your best | once and for all | as ever | hardly ever")


def rank(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Each claim of rank has its ranked fact in the same sentence; a superlative that the label itself has is a name."""
    if passage.role in {Role.QUESTION, Role.CHOICE}:
        return
    spared = [m.span() for m in _SPARED.finditer(sentence.text)]
    ranks = [f.rank for f in sentence.facts if f.rank is not None]
    first = any(r.place == 1 for r in ranks)
    for pattern, supported in ((_TOP, first), (_PLACED, bool(ranks)), (_SUPERLATIVE, bool(ranks))):
        for match in pattern.finditer(sentence.text) if not supported else ():
            if not any(start <= match.start() < end for start, end in spared) and not _named(passage, sentence, match):
                yield sentence.broken("rank", match.start(), match.end(), "a fact with a rank in the same sentence")


def _named(passage: Passage, sentence: Sentence, match: re.Match[str]) -> bool:
    """'The longest run of the week' where the label says longest, unless the text widens it to ever or since."""
    if match.re is _TOP or match[0] == "only":
        return False
    return match[0] in passage.licence(sentence) and _WIDE.match(sentence.text[match.end() :]) is None
