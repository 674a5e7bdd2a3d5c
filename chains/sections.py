"""A reply in the pieces in which it is told while it is being written."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from chains.reply import Choice, Question, Reply


class SectionKind(StrEnum):
    """In the order in which they are told."""

    HEADLINE = "headline"
    OBSERVATION = "observation"
    ACTION = "action"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One finished piece; `index` counts from 0 within its kind."""

    kind: SectionKind
    index: int = 0
    value: str | Choice | Question


def sections_of(reply: Reply) -> Iterator[Section]:
    """A whole reply, in order."""
    yield Section(kind=SectionKind.HEADLINE, value=reply.headline)
    for index, text in enumerate(reply.observations):
        yield Section(kind=SectionKind.OBSERVATION, index=index, value=text)
    for index, choice in enumerate(reply.actions):
        yield Section(kind=SectionKind.ACTION, index=index, value=choice)
    if reply.question is not None:
        yield Section(kind=SectionKind.QUESTION, value=reply.question)
