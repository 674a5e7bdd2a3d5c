"""A model call in the trace: what LangChain's chat models report of theirs, and nothing at all where nobody records."""

from collections.abc import Sequence

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.messages.ai import InputTokenDetails, OutputTokenDetails, UsageMetadata
from langchain_core.outputs import ChatGeneration, LLMResult
from langchain_core.runnables.config import ensure_config, get_async_callback_manager_for_config

from chains.attempt import Usage
from chains.writers.port import Answer

NAME = "model"


class ModelRun:
    """One call, begun; it ends with an answer or with an error."""

    def __init__(self, run: AsyncCallbackManagerForLLMRun | None) -> None:
        self._run = run

    @classmethod
    async def begin(cls, provider: str, model: str, messages: Sequence[BaseMessage]) -> "ModelRun":
        """Child of the step that runs at the moment; its metadata are those by which LangSmith finds the price."""
        about = {"ls_provider": provider, "ls_model_name": model, "ls_model_type": "chat"}
        config = ensure_config()
        manager = get_async_callback_manager_for_config({**config, "metadata": {**config.get("metadata", {}), **about}})
        if not manager.handlers:
            return cls(None)
        (run,) = await manager.on_chat_model_start({"name": NAME}, [list(messages)], name=NAME)
        return cls(run)

    async def answered(self, answer: Answer, finish: str | None) -> None:
        if self._run is not None:
            await self._run.on_llm_end(LLMResult(generations=[[ChatGeneration(message=_message(answer, finish))]]))

    async def failed(self, error: BaseException) -> None:
        if self._run is not None:
            await self._run.on_llm_error(error)


def _message(answer: Answer, finish: str | None) -> AIMessage:
    return AIMessage(
        content=answer.raw,
        response_metadata={"finish_reason": finish, "model_name": answer.served},
        usage_metadata=None if answer.estimated else _usage(answer.usage),
    )


def _usage(usage: Usage) -> UsageMetadata:
    return UsageMetadata(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        total_tokens=usage.input_tokens + usage.output_tokens,
        input_token_details=InputTokenDetails(cache_read=usage.cached_input_tokens),
        output_token_details=OutputTokenDetails(reasoning=usage.reasoning_tokens),
    )
