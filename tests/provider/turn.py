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
    resets: bool = False
    """Takes the request and breaks the connection; no header is sent."""
    cut_after: int | None = None
    """Sends so many bytes of the body, then breaks the connection; with 0, only the headers are sent."""
    stall_after: int | None = None
    """Sends so many bytes of the body, then nothing more; the connection stays open."""
    body_delay_s: float = 0.0
    """Between the headers and the first byte of the body: a slow first token."""
    pause_s: float = 0.0
    """Between two chunks of a stream."""
    malformed: bool = False
    """The answer, or the second chunk of a stream, is no JSON."""
    done: bool = True
    """OpenAI: a stream ends with [DONE]."""
    ends: bool = True
    """The answer says why it ended."""
    stream_error: Body | str | None = None
    """An error in the middle of a stream that began with 200; unstreamed, in the place of the answer."""
    error_as_list: bool = False
    """Gemini: that error as a list of one, as some of its front ends send it."""
    flood: int | None = None
    """The text goes on for so many bytes; nothing after them says that it ended."""
    bomb: bool = False
    """The answer is 200 MB of blanks, compressed to 200 kB."""
    usage: Body | None = None
    """Usage in the provider's own shape, in the place of the right one; an empty one is left out."""
    tokens: Tokens | None = None
    served: str | None = None
    """The model it says it used; the requested one by default."""
    chunks: int = 4
    """Pieces of a streamed answer."""

    @property
    def is_whole(self) -> bool:
        """The client gets an answer with its end, and what it was billed."""
        broken = self.cut_after is not None or self.stall_after is not None or self.flood is not None
        spoilt = self.resets or self.silent or self.bomb or self.malformed or self.stream_error is not None or not self.ends
        return self.status == 200 and not broken and not spoilt


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


def google_error(status: int, reason: str, **detail: Any) -> Body:
    """`google.rpc` details, where Gemini says what was wrong."""
    return {"code": status, "message": "scripted failure", "status": reason, "details": [{"reason": reason, **detail}]}


def fails_as_google(status: int, reason: str, **detail: Any) -> Turn:
    return Turn(status=status, error={"error": google_error(status, reason, **detail)})


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
