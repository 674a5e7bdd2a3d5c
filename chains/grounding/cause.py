"""Causes: 'because' needs a fact that follows from another by construction, and the words of the cause have to be that fact's.

The linked fact may stand in a neighbouring sentence of the passage. What is named as the cause holds its reference, repeats its label, or
points back at it ('it', 'that'), and then the effect holds the reference. A why may lead with the reason for the advice, if that is a
reference.
"""

import re
from collections.abc import Iterator

from chains.facts.fact import Fact
from chains.grounding.lexicon import any_of, word_set, words
from chains.grounding.passage import REF, Passage, Role, Sentence, words_of
from chains.grounding.topic import topics_in
from chains.grounding.violation import Violation

_SINCE = any_of("""
    started | began | came | returned | got | last | moved | took up | joined | have been | were at | can | can't | go | went
    | usually | normally | always | are used
""")
_BEHIND = words(rf"""
    because(?: of)? | thanks to | due to | owing to | as (?:a|the) (?:result|consequence)(?: of)? | on the back of | courtesy of
    | on account of | by virtue of
    | (?:a|the) (?:result|consequence|product|effect|outcome|fruit|legacy) of | results? from | resulted from | resulting from
    | (?:caused|driven|explained|triggered|fuell?ed|powered|helped|aided|boosted|brought (?:on|about)|made possible|produced|spoiled) by
    | (?:comes?|came|coming|stems?|stemmed|stemming|follows?|followed|derives?|arises?|arose) from(?= [^.,;!?])
    | (?:is|was|are|were|be|all) down to | reasons? (?:is|was|being|are|for|why) | the reasons? behind | reflect(?:s|ed|ing)?
    | attribut\w+ to
    | owe[ds]? (?:it |this |that )?to | for (?:lack|want) of | in response to | credit (?:to|goes to) | (?:a|your) reward for
    | after effects? of | under the influence of
    | (?:since|as) (?:you|we|your (?:legs|body))(?:'d|'ve)? (?!{_SINCE})\w+
""")
_BEFORE = words(r"""
    led to | leads to | leading to | lead to | paid off | pays? off | paying off | costs? | costing | explains? | explaining
    | made (?:it |this |that |them )?possible | (?:is|was) why | which is why | so that | hence | therefore | thus | consequently
    | accordingly
    | as a (?:result|consequence)(?! of) | result(?:s|ed)? in | caused | causes | causing | drove | drives | to blame | to thank
    | accounts? for | accounted for
    | brought about | is responsible for | gave rise to | bore fruit | bears fruit | did the trick | took its toll | takes its toll
    | (?:made|makes|making) (?:you|your|the|it|this) (?:\w+ ){0,3}(?:faster|slower|quicker|harder|easier|stronger|possible|rise|fall|drop)
    | that's why
""")
_BOUND = re.compile(r"[,;.()—–!?]")
_BACK_BOUND = re.compile(r"[,;.()—–!?]|\b(?:and|which|what)\b")
_FREE = re.compile(r"costs? (?:you )?(?:nothing|no|little)\b")
_POINTING = word_set("""
    it that this which these those they and so but also still even again just partly all what you has have is was the a of can may
""")
_EMPTY = word_set("""
    the and for with your you this that from against before than usual base week run runs ride day days without last earlier mean month
    since its was were
""")
_SAME = {"ascent": ("climb", "climbs", "climbing", "hills", "mountain"), "gap": ("break", "pause"), "double": ("later",)}
"""What a label's word is called in a text."""


def cause(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Every cause word has its linked fact and names no other cause; questions claim nothing."""
    if passage.role in {Role.QUESTION, Role.CHOICE}:
        return
    for match in _BEHIND.finditer(sentence.text):
        if (
            not _licensed(passage, match)
            and not _given_as_reason(passage, sentence, match)
            and not _holds(passage, sentence, match, behind=True)
        ):
            yield _violation(sentence, match)
    for match in _BEFORE.finditer(sentence.text):
        if not _licensed(passage, match) and not _holds(passage, sentence, match, behind=False):
            yield _violation(sentence, match)


def _violation(sentence: Sentence, match: re.Match[str]) -> Violation:
    return sentence.broken("cause", match.start(), match.end(), "a fact with causes in this sentence, and its own cause in these words")


def _licensed(passage: Passage, match: re.Match[str]) -> bool:
    """The option's own text says it, or the advice is said to cost nothing."""
    free = passage.role is Role.WHY and _FREE.match(match.string, match.start()) is not None
    return free or words_of([match[0]]) <= passage.option_words


def _given_as_reason(passage: Passage, sentence: Sentence, match: re.Match[str]) -> bool:
    """'Because {one of the option's facts}': the reason for the advice, not for a change."""
    if passage.role is not Role.WHY:
        return False
    end = _next_bound(sentence, match.end())
    return any(match.end() <= m.at < end and m.fact in passage.option_facts for m in sentence.mentions)


def _next_bound(sentence: Sentence, position: int) -> int:
    bound = _BOUND.search(sentence.text, position)
    return bound.start() if bound else len(sentence.text)


def _last_bound(sentence: Sentence, position: int) -> int:
    return max((m.end() for m in _BACK_BOUND.finditer(sentence.text, 0, position)), default=0)


def _behind(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    """Where the cause stands behind 'because': to the next bound, or over it to a reference; for a 'reason' all the rest."""
    if "reason" in match[0]:
        return match.end(), len(sentence.text)
    start = match.start() if match[0].startswith(("since", "as ")) else match.end()
    end = _next_bound(sentence, match.end())
    apposed = sentence.text.startswith(f", {REF}", end) and match.start() > 0
    return start, end + 3 if apposed else end


def _holds(passage: Passage, sentence: Sentence, match: re.Match[str], *, behind: bool) -> bool:
    start, end = _behind(sentence, match) if behind else (_last_bound(sentence, match.start()), match.start())
    linked = _linked(passage, sentence.facts) or _linked(passage, passage.facts)
    if any(start <= m.at < end and m.fact in linked for m in sentence.mentions):
        return True
    named = sentence.text[start:end].replace(REF, " ")
    if words_of([named]) <= _POINTING:
        effect = (_last_bound(sentence, match.start()), match.start()) if behind else (match.end(), _next_bound(sentence, match.end()))
        return any(effect[0] <= m.at < effect[1] and m.fact in linked for m in sentence.mentions)
    causes = _causes(passage, linked)
    return bool(words_of([named]) & _content(causes)) or bool(topics_in(named) & {f.topic for f in causes})


def _linked(passage: Passage, facts: tuple[Fact, ...]) -> list[Fact]:
    """Facts that follow from another one, and facts that another one follows from."""
    return [f for f in facts if f.causes or f.id in _named(passage)]


def _named(passage: Passage) -> set[str]:
    return {cause for fact in passage.sheet.facts.values() for cause in fact.causes}


def _causes(passage: Passage, linked: list[Fact]) -> list[Fact]:
    of_linked = {cause for fact in linked for cause in fact.causes}
    named = _named(passage)
    return [*(passage.sheet.facts[i] for i in of_linked if i in passage.sheet.facts), *(f for f in linked if f.id in named)]


def _content(causes: list[Fact]) -> frozenset[str]:
    """The telling words of the causes' labels and ids, and what else these are called."""
    every = words_of(text for f in causes for text in (f.label, f.id.split(".", 1)[1].replace("_", " ")))
    content = {w for w in every if len(w) > 2 and w not in _EMPTY}
    return frozenset(content | {same for w in content for same in _SAME.get(w, ())})
