"""The athlete's own words, taken out of whatever leaves the service for people to read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from chains.sheet_text import WORDS_CLOSE, WORDS_OPEN

MASK = "[masked]"

SHINGLE = 3
"""This many words in a row that the athlete also wrote are taken for a repetition."""

_FENCE = re.compile(rf"{re.escape(WORDS_OPEN)}\n.*?\n{re.escape(WORDS_CLOSE)}", re.DOTALL)
_WORD = re.compile(r"\w+")

_Shingle = tuple[str, ...]
_shingles: ContextVar[frozenset[_Shingle]] = ContextVar("shingles", default=frozenset())


@contextmanager
def words_masked(texts: Iterable[str]) -> Iterator[None]:
    """Within the block, `mask` also finds these texts where someone repeats them."""
    token = _shingles.set(frozenset(shingle for text in texts for shingle in _cut(_words(text))))
    try:
        yield
    finally:
        _shingles.reset(token)


def mask(text: str) -> str:
    """The text without fenced words, and without three words in a row of the athlete's, or a shorter text of theirs in whole."""
    fenced = _FENCE.sub(f"{WORDS_OPEN}{MASK}{WORDS_CLOSE}", text)
    shingles = _shingles.get()
    return _without(fenced, shingles) if shingles else fenced


def _words(text: str) -> list[str]:
    return [match[0].casefold() for match in _WORD.finditer(text)]


def _cut(words: Sequence[str]) -> Iterator[_Shingle]:
    if 0 < len(words) < SHINGLE:
        yield tuple(words)
    for start in range(len(words) - SHINGLE + 1):
        yield tuple(words[start : start + SHINGLE])


def _without(text: str, shingles: frozenset[_Shingle]) -> str:
    matches = list(_WORD.finditer(text))
    words = [match[0].casefold() for match in matches]
    hit = [False] * len(words)
    for length in {len(shingle) for shingle in shingles}:
        for start in range(len(words) - length + 1):
            if tuple(words[start : start + length]) in shingles:
                hit[start : start + length] = [True] * length
    spans = [(m.start(), m.end()) for m, masked in zip(matches, hit, strict=True) if masked]
    for start, end in reversed(spans):
        text = f"{text[:start]}{MASK}{text[end:]}"
    return text
