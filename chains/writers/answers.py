"""A provider's message → `Answer`: why it ended is read before the text, because half a reply parses as a broken one."""

from collections.abc import Mapping

import openai
from langchain_core.messages import AIMessage
from openai.types import CompletionUsage
from openai.types.chat import ChatCompletion

from chains.attempt import Outcome, Usage
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
    "LANGUAGE": Outcome.OFF_SCHEMA,
    "MALFORMED_FUNCTION_CALL": Outcome.OFF_SCHEMA,
    "OTHER": Outcome.EMPTY,
}
"""Finish reasons of OpenAI (small letters) and Gemini (capitals)."""

ENDED_EARLY = (openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError)
"""The OpenAI client raises these for replies that were written, and are billed."""


def answer_of(message: AIMessage) -> Answer:
    """What a LangChain chat model returned."""
    metadata = message.response_metadata
    raw = message.text
    refusal = message.additional_kwargs.get("refusal")
    feedback = metadata.get("prompt_feedback")
    finish = str(metadata.get("finish_reason") or "")
    outcome = _FINISHES.get(finish)
    detail = f"finish reason {finish}" if outcome else None
    if isinstance(feedback, Mapping) and feedback.get("block_reason"):
        outcome, detail = Outcome.FILTERED, "the prompt was blocked"
    elif refusal:
        outcome, detail = Outcome.REFUSED, "the model declined"
    elif outcome is None and not raw.strip():
        outcome, detail = Outcome.EMPTY, "no text came back"
    return Answer(raw=raw, usage=_usage(message), served=metadata.get("model_name") or None, outcome=outcome, detail=detail)


def answer_of_early_end(error: openai.LengthFinishReasonError | openai.ContentFilterFinishReasonError) -> Answer:
    """The same for a reply that the OpenAI client turned into an exception."""
    outcome = Outcome.TRUNCATED if isinstance(error, openai.LengthFinishReasonError) else Outcome.FILTERED
    completion = error.completion
    return Answer(
        raw=_text(completion) if completion else "",
        usage=_billed(completion.usage) if completion and completion.usage else Usage(),
        served=completion.model if completion else None,
        outcome=outcome,
        detail=f"the reply ended early: {outcome}",
    )


def _usage(message: AIMessage) -> Usage:
    counted = message.usage_metadata
    if counted is None:
        return Usage()
    cached = counted.get("input_token_details", {}).get("cache_read", 0)
    reasoning = counted.get("output_token_details", {}).get("reasoning", 0)
    return _counted(counted["input_tokens"], cached, counted["output_tokens"], reasoning)


def _billed(usage: CompletionUsage) -> Usage:
    cached = usage.prompt_tokens_details.cached_tokens if usage.prompt_tokens_details else 0
    reasoning = usage.completion_tokens_details.reasoning_tokens if usage.completion_tokens_details else 0
    return _counted(usage.prompt_tokens, cached or 0, usage.completion_tokens, reasoning or 0)


def _counted(input_tokens: int, cached: int, output_tokens: int, reasoning: int) -> Usage:
    """A subset larger than its whole is a provider's slip, and must not make a price negative."""
    return Usage(
        input_tokens=input_tokens,
        cached_input_tokens=min(cached, input_tokens),
        output_tokens=output_tokens,
        reasoning_tokens=min(reasoning, output_tokens),
    )


def _text(completion: ChatCompletion) -> str:
    return (completion.choices[0].message.content or "") if completion.choices else ""
