"""Both wire formats: a turn → the bytes that OpenAI or Gemini would send."""

import json
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.provider.turn import Exchange, Request, Tokens, Turn

GEMINI_FINISH = {"stop": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY"}
CHARACTERS_PER_TOKEN = 4


def text_of(request: Request, turn: Turn) -> str:
    return turn.text(request) if callable(turn.text) else turn.text


def tokens_of(request: Request, turn: Turn) -> Tokens:
    """What an answer bills: nothing for a request that failed, was blocked or got no whole answer."""
    if turn.blocked or not turn.is_whole:
        return Tokens()
    if turn.tokens is not None:
        return turn.tokens
    read = sum(len(text) for text in request.texts) // CHARACTERS_PER_TOKEN
    return Tokens(input=read, output=len(text_of(request, turn)) // CHARACTERS_PER_TOKEN + 1)


def body_of(exchange: Exchange) -> bytes:
    """The whole answer, unstreamed."""
    request, turn = exchange.request, exchange.turn
    if turn.status != 200:
        return turn.error.encode() if isinstance(turn.error, str) else json.dumps(turn.error or {}).encode()
    if turn.stream_error is not None:
        return json.dumps(_error(turn)).encode()
    text = text_of(request, turn)
    whole = openai_completion(exchange, text) if request.provider == "openai" else gemini_response(exchange, text, last=True)
    body = json.dumps(whole).encode()
    return body[: len(body) // 2] if turn.malformed else body


def events_of(exchange: Exchange) -> Iterator[bytes]:
    """The same as server-sent events."""
    turn = exchange.turn
    pieces = _pieces(text_of(exchange.request, turn), turn.chunks)
    chunks = _openai_chunks if exchange.request.provider == "openai" else _gemini_chunks
    for index, chunk in enumerate(chunks(exchange, pieces)):
        if index == 1 and turn.stream_error is not None:
            yield _event(_error(turn))
            return
        yield b'data: {"choices": [{"del\n\n' if index == 1 and turn.malformed else _event(chunk)
    if exchange.request.provider == "openai" and turn.done:
        yield b"data: [DONE]\n\n"


def flood_of(exchange: Exchange, size: int) -> Iterator[bytes]:
    """So many bytes of an answer that has no end: small tokens in a stream, one long text otherwise."""
    request = exchange.request
    if not request.stream:
        yield (
            b'{"choices": [{"message": {"content": "'
            if request.provider == "openai"
            else b'{"candidates": [{"content": {"parts": [{"text": "'
        )
    word = "and on and on " * (1 if request.stream else 4000)
    block = next(_openai_chunks(exchange, [word])) if request.provider == "openai" else next(_gemini_chunks(exchange, [word, word]))
    piece = _event(block) if request.stream else word.encode()
    yield from (piece for _ in range(size // len(piece)))


@cache
def bomb() -> bytes:
    """200 MB of blanks in 200 kB."""
    packed, blanks = zlib.compressobj(wbits=31), b" " * 1_000_000
    return b"".join([*(packed.compress(blanks) for _ in range(200)), packed.flush()])


def _pieces(text: str, count: int) -> list[str]:
    size = max(1, -(-len(text) // count))
    return [text[i : i + size] for i in range(0, len(text), size)] or [""]


def _error(turn: Turn) -> Any:
    error = {"error": turn.stream_error}
    return [error] if turn.error_as_list else error


def openai_completion(exchange: Exchange, text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": None if exchange.turn.refusal else text, "refusal": exchange.turn.refusal}
    choice = {"index": 0, "message": message, "finish_reason": _finish(exchange.turn), "logprobs": None}
    return {**_openai_head(exchange, "chat.completion"), "choices": [choice], **_openai_usage(exchange)}


def gemini_response(exchange: Exchange, text: str, *, last: bool) -> dict[str, Any]:
    turn, tokens = exchange.turn, exchange.tokens
    counts = {
        "promptTokenCount": tokens.input,
        "cachedContentTokenCount": tokens.cached,
        "candidatesTokenCount": tokens.output - tokens.reasoning,
        "thoughtsTokenCount": tokens.reasoning,
        "totalTokenCount": tokens.input + tokens.output,
    }
    usage = counts if turn.usage is None else turn.usage
    head = {"modelVersion": turn.served or exchange.request.model, "responseId": "double", **({"usageMetadata": usage} if usage else {})}
    if turn.blocked:
        return {**head, "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
    candidate: dict[str, Any] = {"index": 0, "content": {"role": "model", "parts": [{"text": text}]}}
    if last and turn.ends:
        candidate["finishReason"] = GEMINI_FINISH.get(turn.finish, turn.finish)
    return {**head, "candidates": [candidate]}


def _openai_chunks(exchange: Exchange, pieces: list[str]) -> Iterator[dict[str, Any]]:
    head = _openai_head(exchange, "chat.completion.chunk")
    if exchange.turn.refusal:
        yield {**head, "choices": [{"index": 0, "delta": {"refusal": exchange.turn.refusal}, "finish_reason": None}]}
        pieces = []
    for piece in pieces:
        yield {**head, "choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}]}
    if exchange.turn.ends:
        yield {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": _finish(exchange.turn)}]}
    if exchange.turn.ends and exchange.request.body.get("stream_options", {}).get("include_usage"):
        yield {**head, "choices": [], **_openai_usage(exchange)}


def _gemini_chunks(exchange: Exchange, pieces: list[str]) -> Iterator[dict[str, Any]]:
    for index, piece in enumerate(pieces):
        yield gemini_response(exchange, piece, last=index == len(pieces) - 1)


def _finish(turn: Turn) -> str | None:
    return turn.finish if turn.ends else None


def _openai_head(exchange: Exchange, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-double", "object": kind, "created": 1, "model": exchange.turn.served or exchange.request.model}


def _openai_usage(exchange: Exchange) -> dict[str, Any]:
    tokens = exchange.tokens
    counts = {
        "prompt_tokens": tokens.input,
        "completion_tokens": tokens.output,
        "total_tokens": tokens.input + tokens.output,
        "prompt_tokens_details": {"cached_tokens": tokens.cached},
        "completion_tokens_details": {"reasoning_tokens": tokens.reasoning},
    }
    usage = counts if exchange.turn.usage is None else exchange.turn.usage
    return {"usage": usage} if usage else {}


def _event(payload: Any) -> bytes:
    return f"data: {json.dumps(payload)}\n\n".encode()
