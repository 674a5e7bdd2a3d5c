"""Pieces → `Answer`: why a reply ended is read before its text, because half a reply parses as a broken one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chains.attempt import Outcome, Usage
from chains.errors import ProviderFault
from chains.writers.bounds import MAX_TEXT
from chains.writers.pieces import Piece
from chains.writers.port import Answer

_FINISHES: Mapping[str, Outcome | None] = {
    "stop": None,
    "STOP": None,
    "length": Outcome.TRUNCATED,
    "MAX_TOKENS": Outcome.TRUNCATED,
    "content_filter": Outcome.FILTERED,
    "SAFETY": Outcome.FILTERED,
    "RECITATION": Outcome.FILTERED,
    "BLOCKLIST": Outcome.FILTERED,
    "PROHIBITED_CONTENT": Outcome.FILTERED,
    "SPII": Outcome.FILTERED,
    "IMAGE_SAFETY": Outcome.FILTERED,
    "MODEL_ARMOR": Outcome.FILTERED,
    "tool_calls": Outcome.OFF_SCHEMA,
    "function_call": Outcome.OFF_SCHEMA,
    "LANGUAGE": Outcome.OFF_SCHEMA,
    "MALFORMED_FUNCTION_CALL": Outcome.OFF_SCHEMA,
    "MALFORMED_RESPONSE": Outcome.OFF_SCHEMA,
    "UNEXPECTED_TOOL_CALL": Outcome.OFF_SCHEMA,
    "TOO_MANY_TOOL_CALLS": Outcome.OFF_SCHEMA,
    "OTHER": Outcome.EMPTY,
    "FINISH_REASON_UNSPECIFIED": Outcome.EMPTY,
}
"""Finish reasons of OpenAI (small letters) and Gemini (capitals)."""

UNKNOWN_FINISH = Outcome.EMPTY
"""House rule: a reason that is not in the table is no proof of a whole reply; the next model is asked."""


@dataclass(slots=True)
class Received:
    """All pieces of one call so far."""

    pieces: list[str] = field(default_factory=list)
    characters: int = 0
    finish: str | None = None
    is_refusal: bool = False
    is_blocked: bool = False
    usage: Usage | None = None
    served: str | None = None

    def add(self, piece: Piece) -> None:
        """Raises ProviderFault where the text becomes longer than any reply."""
        if piece.text:
            self.pieces.append(piece.text)
            self.characters += len(piece.text)
            if self.characters > MAX_TEXT:
                raise ProviderFault(Outcome.OFF_SCHEMA, "more text than any reply has", maybe_billed=True)
        self.finish = piece.finish or self.finish
        self.is_refusal = self.is_refusal or piece.is_refusal
        self.is_blocked = self.is_blocked or piece.is_blocked
        self.usage = piece.usage or self.usage
        self.served = piece.served or self.served

    def answer(self) -> Answer:
        """Raises ProviderFault where nothing says that this is the end: then it is half an answer, however much text came."""
        raw = "".join(self.pieces)
        outcome, detail = self._ending(raw)
        usage = self.usage or Usage()
        return Answer(raw=raw, usage=usage, estimated=self.usage is None, served=self.served, outcome=outcome, detail=detail)

    def _ending(self, raw: str) -> tuple[Outcome | None, str | None]:
        if self.is_blocked:
            return Outcome.FILTERED, "the prompt was blocked"
        if self.finish is None:
            raise ProviderFault(Outcome.CONNECTION, "the reply has no end", maybe_billed=True)
        outcome = _FINISHES.get(self.finish, UNKNOWN_FINISH)
        if self.is_refusal and outcome is not Outcome.FILTERED:
            return Outcome.REFUSED, "the model declined"
        if outcome is not None:
            return outcome, f"finish reason {self.finish}" if self.finish in _FINISHES else "an unknown finish reason"
        return (None, None) if raw.strip() else (Outcome.EMPTY, "no text came back")
