"""What the double does with one request, and what it remembers of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """As the double counts and reports them: cached within input, reasoning within output."""

    input: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it arrived."""

    provider: str
    model: str
    stream: bool
    path: str
    headers: Mapping[str, str]
    body: Body

    @property
    def texts(self) -> Sequence[str]:
        """Every message, the system's first."""
        if self.provider == "openai":
            return [str(message.get("content") or "") for message in self.body["messages"]]
        contents = [self.body.get("systemInstruction"), *self.body["contents"]]
        return ["".join(part.get("text", "") for part in content["parts"]) for content in contents if content]


Text = str | Callable[[Request], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One scripted answer. `text` may be made from the request; `tokens` None counts four characters as one token."""

    text: Text = ""
    status: int = 200
    finish: str = "stop"
    refusal: str | None = None
    blocked: bool = False
    """Gemini: the prompt itself is blocked, there is no candidate."""
    error: Body | str | None = None
    """Body of a failed request, in the provider's own shape."""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    silent: bool = False
    """Takes the request and never answers."""
    cut_after: int | None = None
    """Sends so many bytes of the body, then breaks the connection."""
    tokens: Tokens | None = None
    served: str | None = None
    """The model it says it used; the requested one by default."""
    chunks: int = 4
    """Pieces of a streamed answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request with what was sent back; `tokens` are those the answer billed."""

    request: Request
    turn: Turn
    tokens: Tokens


def says(text: Text, **details: Any) -> Turn:
    return Turn(text=text, **details)


def fails(status: int, *, code: str | None = None, message: str = "scripted failure", **details: Any) -> Turn:
    """An HTTP error in both providers' shapes at once: each client reads its own fields."""
    error = {"message": message, "type": code, "code": code, "param": None, "status": code}
    return Turn(status=status, error={"error": error}, **details)


def fails_as_google(status: int, reason: str, **detail: Any) -> Turn:
    """`google.rpc` details, where Gemini says what was wrong."""
    body = {"code": status, "message": "scripted failure", "status": reason, "details": [{"reason": reason, **detail}]}
    return Turn(status=status, error={"error": body})


def refuses() -> Turn:
    return Turn(refusal="I can't help with that.")


def truncates(text: str = '{"headline": "Half a') -> Turn:
    return Turn(text=text, finish="length")


def filters() -> Turn:
    return Turn(finish="content_filter")


def blocks() -> Turn:
    return Turn(blocked=True)


def stalls() -> Turn:
    return Turn(silent=True)


def cuts(text: str = '{"headline": "Cut off') -> Turn:
    return Turn(text=text, cut_after=20)
