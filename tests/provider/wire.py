"""Both wire formats: a turn → the bytes that OpenAI or Gemini would send."""

import json
from collections.abc import Iterator
from typing import Any

from tests.provider.turn import Exchange, Request, Tokens, Turn

GEMINI_FINISH = {"stop": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY"}
CHARACTERS_PER_TOKEN = 4


def text_of(request: Request, turn: Turn) -> str:
    return turn.text(request) if callable(turn.text) else turn.text


def tokens_of(request: Request, turn: Turn) -> Tokens:
    """What an answer bills: nothing for a request that failed, was blocked or got no whole answer."""
    if turn.status != 200 or turn.silent or turn.blocked or turn.cut_after is not None:
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
    text = text_of(request, turn)
    whole = openai_completion(exchange, text) if request.provider == "openai" else gemini_response(exchange, text, last=True)
    return json.dumps(whole).encode()


def events_of(exchange: Exchange) -> Iterator[bytes]:
    """The same as server-sent events."""
    text = text_of(exchange.request, exchange.turn)
    size = max(1, -(-len(text) // exchange.turn.chunks))
    pieces = [text[i : i + size] for i in range(0, len(text), size)] or [""]
    if exchange.request.provider == "openai":
        yield from map(_event, _openai_chunks(exchange, pieces))
        yield b"data: [DONE]\n\n"
    else:
        for index, piece in enumerate(pieces):
            yield _event(gemini_response(exchange, piece, last=index == len(pieces) - 1))


def openai_completion(exchange: Exchange, text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": None if exchange.turn.refusal else text, "refusal": exchange.turn.refusal}
    choice = {"index": 0, "message": message, "finish_reason": exchange.turn.finish, "logprobs": None}
    return {**_openai_head(exchange, "chat.completion"), "choices": [choice], "usage": _openai_usage(exchange.tokens)}


def gemini_response(exchange: Exchange, text: str, *, last: bool) -> dict[str, Any]:
    turn, tokens = exchange.turn, exchange.tokens
    usage = {
        "promptTokenCount": tokens.input,
        "cachedContentTokenCount": tokens.cached,
        "candidatesTokenCount": tokens.output - tokens.reasoning,
        "thoughtsTokenCount": tokens.reasoning,
        "totalTokenCount": tokens.input + tokens.output,
    }
    head = {"modelVersion": turn.served or exchange.request.model, "usageMetadata": usage, "responseId": "double"}
    if turn.blocked:
        return {**head, "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
    candidate: dict[str, Any] = {"index": 0, "content": {"role": "model", "parts": [{"text": text}]}}
    if last:
        candidate["finishReason"] = GEMINI_FINISH[turn.finish]
    return {**head, "candidates": [candidate]}


def _openai_chunks(exchange: Exchange, pieces: list[str]) -> Iterator[dict[str, Any]]:
    head = _openai_head(exchange, "chat.completion.chunk")
    for piece in pieces:
        yield {**head, "choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}]}
    yield {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": exchange.turn.finish}]}
    if exchange.request.body.get("stream_options", {}).get("include_usage"):
        yield {**head, "choices": [], "usage": _openai_usage(exchange.tokens)}


def _openai_head(exchange: Exchange, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-double", "object": kind, "created": 1, "model": exchange.turn.served or exchange.request.model}


def _openai_usage(tokens: Tokens) -> dict[str, Any]:
    return {
        "prompt_tokens": tokens.input,
        "completion_tokens": tokens.output,
        "total_tokens": tokens.input + tokens.output,
        "prompt_tokens_details": {"cached_tokens": tokens.cached},
        "completion_tokens_details": {"reasoning_tokens": tokens.reasoning},
    }


def _event(payload: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(payload)}\n\n".encode()
