"""A reply told while it is being written: text comes in pieces, finished sections go out, each one grounded before anybody hears it."""

from collections.abc import Iterator
from itertools import islice

from chains.facts.sheet import FactSheet
from chains.grounding.checker import check_text
from chains.grounding.passage import Role
from chains.ports import Listener
from chains.reply import Choice, Question, Reply
from chains.sections import Section, SectionKind, sections_of
from chains.writers.growing import GrowingReply


class Telling:
    """One attempt of one writer. After the first section that is not grounded nothing more is told; the text is still gathered, for a
    repair turn has to see all of it."""

    def __init__(self, sheet: FactSheet, listener: Listener) -> None:
        self._sheet = sheet
        self._listener = listener
        self._growing = GrowingReply()
        self._told: list[Section] = []
        self._broken = False

    @property
    def text(self) -> str:
        """All that came so far."""
        return self._growing.text

    async def heard(self, piece: str) -> None:
        """One more piece of text."""
        if self._growing.add(piece) and not self._broken:
            await self._tell(islice(self._growing.finished(), len(self._told), None))

    async def finish(self, reply: Reply) -> None:
        """What has not been told yet of a reply that was found good as a whole."""
        whole = list(sections_of(reply))
        if whole[: len(self._told)] != self._told:  # a key written twice: the last one counts
            await self.drop()
        for section in whole[len(self._told) :]:
            await self._say(section)

    async def drop(self) -> None:
        """The attempt has failed: what was told is void."""
        if self._told:
            self._told.clear()
            await self._listener.reset()

    async def _tell(self, sections: Iterator[Section]) -> None:
        for section in sections:
            if any(check_text(text, self._sheet, role, option) for text, role, option in _texts(section)):
                self._broken = True
                return
            await self._say(section)

    async def _say(self, section: Section) -> None:
        await self._listener.section(section)
        self._told.append(section)


def _texts(section: Section) -> Iterator[tuple[str, Role, str | None]]:
    match section.value:
        case str(text):
            yield text, Role.HEADLINE if section.kind is SectionKind.HEADLINE else Role.OBSERVATION, None
        case Choice() as choice:
            yield choice.why, Role.WHY, choice.option
        case Question():
            return  # the last section: it is told with the whole reply, when that has been checked
