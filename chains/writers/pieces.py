"""What providers send, whole or chunk by chunk → pieces that mean the same in both dialects."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from chains.attempt import Usage

MAX_TOKENS = 10_000_000
"""House rule: no model reads or writes so much; a larger count is a slip, and no bill."""

MAX_NAME = 100
"""House rule: characters kept of the name of the model that served."""

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One chunk of a stream, or a whole answer. `usage` counts the call so far, not the chunk."""

    text: str = ""
    finish: str | None = None
    is_refusal: bool = False
    is_blocked: bool = False
    usage: Usage | None = None
    served: str | None = None


Read = Callable[[Json], Piece]
"""How a provider's JSON is read. What is not where it should be is not there."""


def openai_piece(chunk: Json) -> Piece:
    """A completion, or a chunk of one: they differ in the name of the message."""
    choice = _first(chunk.get("choices"))
    message = _json(choice.get("delta") or choice.get("message"))
    usage = chunk.get("usage")
    return Piece(
        text=_text(message.get("content")),
        finish=_name(choice.get("finish_reason")),
        is_refusal=bool(message.get("refusal")),
        usage=_openai_usage(usage) if isinstance(usage, Mapping) else None,
        served=_name(chunk.get("model")),
    )


def gemini_piece(chunk: Json) -> Piece:
    """A response, whole or one of a stream: they have the same shape. Thoughts are no text."""
    candidate = _first(chunk.get("candidates"))
    parts = _list(_json(candidate.get("content")).get("parts"))
    usage = chunk.get("usageMetadata")
    return Piece(
        text="".join(_text(part.get("text")) for part in map(_json, parts) if not part.get("thought")),
        finish=_name(candidate.get("finishReason")),
        is_blocked=bool(_json(chunk.get("promptFeedback")).get("blockReason")),
        usage=_gemini_usage(usage) if isinstance(usage, Mapping) else None,
        served=_name(chunk.get("modelVersion")),
    )


def _openai_usage(usage: Json) -> Usage | None:
    read, written = _json(usage.get("prompt_tokens_details")), _json(usage.get("completion_tokens_details"))
    return _usage(usage.get("prompt_tokens"), read.get("cached_tokens"), usage.get("completion_tokens"), written.get("reasoning_tokens"))


def _gemini_usage(usage: Json) -> Usage | None:
    """Tokens of tools come on top of the prompt's, and thoughts on top of the candidates'."""
    thoughts = usage.get("thoughtsTokenCount") or 0
    read = _sum(usage.get("promptTokenCount"), usage.get("toolUsePromptTokenCount") or 0)
    return _usage(read, usage.get("cachedContentTokenCount"), _sum(usage.get("candidatesTokenCount") or 0, thoughts), thoughts)


def _usage(read: object, cached: object, written: object, reasoning: object) -> Usage | None:
    """None for counts that cannot be. A subset larger than its whole is a slip, and must not make a price negative."""
    counts = [_count(count) for count in (read, cached or 0, written, reasoning or 0)]
    if None in counts:
        return None
    input_tokens, cached_tokens, output_tokens, reasoning_tokens = (count or 0 for count in counts)
    return Usage(
        input_tokens=input_tokens,
        cached_input_tokens=min(cached_tokens, input_tokens),
        output_tokens=output_tokens,
        reasoning_tokens=min(reasoning_tokens, output_tokens),
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= MAX_TOKENS else None


def _sum(*counts: object) -> int | None:
    known = [_count(count) for count in counts]
    return None if None in known else sum(count or 0 for count in known)


def _first(value: object) -> Json:
    found = _list(value)
    return _json(found[0]) if found else {}


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _json(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name(value: object) -> str | None:
    return value[:MAX_NAME] if isinstance(value, str) and value else None
