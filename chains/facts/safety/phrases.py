"""A small language for phrases, and a search for thousands of them at once.

A phrase is a line of plain words. Besides these it may hold
    `pain*`      any ending
    `(a|b)`      either, `(a |b )?` perhaps
    `<name>`     one of the words that the language file lists under that name
    `_`          up to two words between, within a clause
    `__`         up to six words between, within a sentence
    `~`          up to four words between, within a clause, none of them the speaker's (`<self>`)
A phrase must not open with something optional: its first two letters are what it is looked up by.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from chains.facts.safety.plain import JOINED, plain

_LETTERS = re.compile(r"[^*?(\\\[+]*")
_ENDING = re.compile(r"(?<=\w)(?<!\\w)\*")
_LIST = re.compile(r"<(\w+)>")
_UMLAUTS = {"ä": "ae?", "ö": "oe?", "ü": "ue?", "ß": "ss"}
_CLAUSE_WORD, _SENTENCE_WORD = r"[^ .,]+", r"[^ .]+"
_WORD = re.compile(r"(?<= )[^ .,]")
MANY_HEADS = 6
HEAD = 2
"""Letters that phrases are looked up by: with two, a text of twenty words tries some hundred phrases out of thousands."""


def expand(phrase: str, lists: Mapping[str, str]) -> str:
    """The phrase with each `<name>` replaced by its words. Raises KeyError for a list that is not there."""
    while _LIST.search(phrase):
        phrase = _LIST.sub(lambda m: f"({lists[m[1]]})", phrase)
    return JOINED.sub("", phrase).replace("'", " ")


def pattern_of(phrase: str, own: str) -> str:
    """The regular expression of an expanded phrase; `own` are the speaker's words, that a `~` does not cross."""
    gaps = {
        " _ ": rf"(?: {_CLAUSE_WORD}){{0,2}}? ",
        " __ ": rf"(?: {_SENTENCE_WORD}){{0,6}}? ",
        " ~ ": rf"(?: (?!(?:{own}) ){_CLAUSE_WORD}){{0,4}}? ",
    }
    for sign, gap in gaps.items():
        phrase = phrase.replace(sign, gap.replace(" ", "\0"))
    return _ENDING.sub(r"\\w*", _spelled(phrase)).replace("\0", " ")


def _spelled(phrase: str) -> str:
    """Without accents, and each umlaut with and without its 'e'."""
    for umlaut, spellings in _UMLAUTS.items():
        phrase = phrase.replace(umlaut, spellings)
    return "".join(plain(c).strip() if ord(c) > 127 and c.isalpha() else c for c in phrase)


def heads(phrase: str) -> set[str]:
    """The first letters that a match of the expanded phrase can begin with; '' where it can begin with any."""
    return {start[:HEAD] for opening in _openings(phrase) for start in _starts(opening)}


def _starts(opening: str) -> Iterator[str]:
    """The opening in plain letters, with and without the 'e' of an umlaut."""
    for spelled in {opening, *(opening.replace(u, _UMLAUTS[u].rstrip("?")) for u in "äöü" if u in opening[:HEAD])}:
        whole = spelled.endswith(" ")
        yield plain(spelled).strip() + (" " if whole else "")


def _openings(phrase: str) -> Iterator[str]:
    """What the phrase opens with: its letters up to the first sign, or those of each side of its first group."""
    if not phrase.startswith("("):
        letters = _LETTERS.match(phrase)
        opening = letters[0] if letters else ""
        yield opening + " " if opening == phrase else opening
        return
    end = _group_end(phrase)
    for side in _sides(phrase[1:end]):
        yield from _openings(side)
    if phrase[end + 1 : end + 2] in {"?", "*"}:
        yield from _openings(phrase[end + 2 :])


def _group_end(phrase: str) -> int:
    depth = 0
    for at, sign in enumerate(phrase):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at
    raise ValueError(f"a group without an end: {phrase}")


def _sides(group: str) -> list[str]:
    """The alternatives of a group, those inside inner groups left whole."""
    sides, depth = [""], 0
    for sign in group:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            sides.append("")
        else:
            sides[-1] += sign
    return sides


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of a language file, ready to be looked for."""

    pattern: str
    heads: frozenset[str]


def phrase_of(line: str, lists: Mapping[str, str]) -> Phrase:
    """The line with the words of its language; `self` among the lists are the speaker's own."""
    expanded = expand(line, lists)
    return Phrase(pattern_of(expanded, lists["self"]), frozenset(heads(expanded)))


class Phrases:
    """Many phrases, looked for at once; patterns are compiled when the first letters they begin with are first met.

    Phrases that begin with the same two letters are one pattern. One that may begin in many ways, as those with a list of body parts
    do, is a pattern of its own: compiled once, not once for each beginning.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._sources: defaultdict[str, list[str]] = defaultdict(list)
        self._compiled: dict[str, tuple[re.Pattern[str], ...]] = {}
        narrow: defaultdict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            sources = narrow if len(phrase.heads) <= MANY_HEADS else self._sources
            for head in phrase.heads:
                sources[head].append(phrase.pattern)
        for head, patterns in narrow.items():
            self._sources[head].append("|".join(patterns))
        self._lengths = tuple(sorted({len(head) for head in self._sources}, reverse=True))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where phrases stand in a plain text, from the left, without overlaps."""
        after = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start >= after and (end := self._end(text, start)):
                after = end
                yield start, end

    def found_in(self, text: str) -> bool:
        return next(self.spans(text), None) is not None

    def _end(self, text: str, start: int) -> int | None:
        """The end of a phrase that begins there."""
        for length in self._lengths:
            head = text[start : start + length]
            for pattern in self._patterns(head) if head in self._sources else ():
                if match := pattern.match(text, start):
                    return match.end()
        return None

    def _patterns(self, head: str) -> tuple[re.Pattern[str], ...]:
        if head not in self._compiled:
            self._compiled[head] = tuple(_compiled(source) for source in self._sources[head])
        return self._compiled[head]


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{source})(?= )")
