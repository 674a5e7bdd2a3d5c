"""One paragraph in the making: patterns to say one after the other, and how much they are worth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chains.writers.rules.voice import Voice


@dataclass(frozen=True, slots=True)
class Passage:
    """`worth` decides whether it is told, its place in the list of passages decides where; the first patterns matter most."""

    worth: float
    patterns: tuple[str, ...]


Teller = Callable[[Voice], Passage | None]


def tell(voice: Voice, tellers: Sequence[Teller], passages: int, sentences: int) -> list[str]:
    """The paragraphs of the most worthwhile passages, in the order of `tellers`, each of at most so many patterns."""
    found = [(i, p) for i, p in enumerate(teller(voice) for teller in tellers) if p is not None]
    chosen = sorted(sorted(found, key=lambda ip: -ip[1].worth)[:passages], key=lambda ip: ip[0])
    said = [voice.say_all(p.patterns[:sentences]) for _, p in chosen]
    return [text for text in said if text is not None]
