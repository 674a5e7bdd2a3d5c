"""JSON that is still being written → the sections of it that are finished."""

from collections.abc import Iterator, Mapping

from pydantic import ValidationError
from pydantic_core import from_json

from chains.reply import MAX_OBSERVATIONS, Choice
from chains.sections import Section, SectionKind

MAX_LOOKS = 64
"""House rule: a reply has some twenty places where a section may end. Whoever writes three times as many gets read at the end."""


class GrowingReply:
    """Text in pieces. A section is finished when its closing mark is there; sections come in the order of the contract, whatever the
    order in which a model writes them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._depth = 0
        self._is_string = False
        self._is_escaped = False
        self._looks = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def add(self, piece: str) -> bool:
        """True where a section may have ended in this piece. Costs what the piece is long, not what came before."""
        self._pieces.append(piece)
        if not self._ends(piece) or self._looks >= MAX_LOOKS:
            return False
        self._looks += 1
        return True

    def finished(self) -> Iterator[Section]:
        """Never raises: text that is no JSON holds no section."""
        try:
            read = from_json(self._json(), allow_partial=True)
        except ValueError:
            return
        if isinstance(read, Mapping):
            yield from _sections(read)

    def _ends(self, piece: str) -> bool:
        """Whether a string, an object or a list was closed in the reply or in one of its lists: deeper ones are parts of sections."""
        ends = False
        for character in piece:
            if self._is_escaped:
                self._is_escaped = False
            elif self._is_string:
                self._is_escaped = character == "\\"
                self._is_string = character != '"'
                ends = ends or (not self._is_string and self._depth <= 2)
            elif character == '"':
                self._is_string = True
            elif character in "{[":
                self._depth += 1
            elif character in "}]":
                self._depth -= 1
                ends = ends or self._depth <= 2
        return ends

    def _json(self) -> str:
        text = self.text.lstrip()
        return text.partition("\n")[2] if text.startswith("```") else text


def _sections(read: Mapping[str, object]) -> Iterator[Section]:
    """An unfinished string is not there at all; a list or an object may be: only what follows it proves that it is over."""
    headline, observations, actions = read.get("headline"), read.get("observations"), read.get("actions")
    if not isinstance(headline, str):
        return
    yield Section(kind=SectionKind.HEADLINE, value=headline)
    if not isinstance(observations, list):
        return
    for index, text in enumerate(observations[:MAX_OBSERVATIONS]):
        if not isinstance(text, str):
            return
        yield Section(kind=SectionKind.OBSERVATION, index=index, value=text)
    keys = list(read)
    if not isinstance(actions, list) or keys.index("actions") < keys.index("observations"):
        return  # written the other way round: more observations may come
    for index, action in enumerate(actions):
        try:
            yield Section(kind=SectionKind.ACTION, index=index, value=Choice.model_validate(action))
        except ValidationError:
            return
