"""Rules on the form of a text and of a reply: plain sentences, not too long, options that exist."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from chains.facts.sheet import FactSheet
from chains.grounding.passage import REF, Passage, Role, Sentence
from chains.grounding.violation import Violation
from chains.reply import Reply

MAX_WORDS = {Role.HEADLINE: 30, Role.OBSERVATION: 110, Role.WHY: 60, Role.QUESTION: 60, Role.CHOICE: 15}
MAX_REPLY_WORDS = 320

_MARKUP = re.compile(r"[*_`#<>|~^\\=\[\]$@]|^\s*[-•·+]\s|&\w+;|--|\n")
_URL = re.compile(r"https?:|www\.|\b[\w-]+\.(?:com|org|net|io|ai|app|dev|de|uk|co)\b")
_TYPOGRAPHIC = frozenset("–—‘’“”…·→×′″")


def markup(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Markdown, HTML, addresses, emoji, letters of other scripts, invisible characters."""
    for pattern in (_MARKUP, _URL):
        for match in pattern.finditer(sentence.text):
            yield sentence.broken("markup", match.start(), match.end(), "plain sentences")
    for at, char in enumerate(sentence.cased):
        if char > "\x7f" and char != REF and char not in _TYPOGRAPHIC and not _plain(char):
            yield sentence.broken("markup", at, at + 1, "plain sentences in Latin letters")
            return
        if char < " ":
            yield sentence.broken("markup", at, at + 1, "plain sentences")
            return


def _plain(char: str) -> bool:
    category = unicodedata.category(char)
    return category == "Zs" or (
        category[0] in "LN" and unicodedata.normalize("NFKC", char) == char and unicodedata.name(char, "").startswith("LATIN")
    )


def length(passage: Passage) -> Iterator[Violation]:
    """One text says one thing."""
    most = MAX_WORDS[passage.role]
    if _words(passage) > most:
        first = passage.sentences[0]
        yield first.broken("length", 0, len(first.text), f"at most {most} words")


def reply_length(reply: Reply, passages: tuple[Passage, ...]) -> Iterator[Violation]:
    """The whole is read in a minute."""
    if sum(_words(p) for p in passages) > MAX_REPLY_WORDS:
        yield Violation(rule="length", sentence=reply.headline, span=reply.headline, expected=f"at most {MAX_REPLY_WORDS} words in all")


def _words(passage: Passage) -> int:
    return sum(len(s.text.split()) for s in passage.sentences)


def option(reply: Reply, sheet: FactSheet) -> Iterator[Violation]:
    """Advice comes from the sheet, each piece once."""
    known = {o.id for o in sheet.options}
    for chosen, times in Counter(a.option for a in reply.actions).items():
        if chosen not in known or times > 1:
            yield Violation(
                rule="option", sentence=chosen, span=chosen, expected=f"each at most once, of: {', '.join(sorted(known)) or 'none'}"
            )
