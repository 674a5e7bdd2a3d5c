"""A language model as a writer: prompt, call, answer. One model of one provider, asked once per call."""

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.runnables import Runnable, RunnableLambda

from chains.reply import Reply
from chains.writers.answers import ENDED_EARLY, answer_of, answer_of_early_end
from chains.writers.dialects import Provider, gemini_schema, openai_format
from chains.writers.faults import PROVIDER_ERRORS, fault_of
from chains.writers.messages import messages_of
from chains.writers.port import Answer, Brief


class ModelWriter:
    """Writes with a chat model bound to the reply's schema."""

    def __init__(self, *, provider: Provider, model: str, chat: BaseChatModel) -> None:
        self._provider = provider
        self._model = model
        self._prompt = RunnableLambda(_prompt, name="prompt")
        self._chat = _bind(provider, chat)

    @property
    def provider(self) -> str:
        return self._provider.value

    @property
    def model(self) -> str:
        return self._model

    async def write(self, brief: Brief) -> Answer:
        """One call. Raises ProviderFault where nothing came back; a reply that ended early is an answer, for it is billed."""
        messages = await self._prompt.ainvoke(brief)
        try:
            return answer_of(await self._chat.ainvoke(messages))
        except ENDED_EARLY as early:
            return answer_of_early_end(early)
        except PROVIDER_ERRORS as error:
            raise fault_of(error) from None


async def _prompt(brief: Brief) -> list[BaseMessage]:
    return messages_of(brief)


def _bind(provider: Provider, chat: BaseChatModel) -> Runnable[LanguageModelInput, AIMessage]:
    match provider:
        case Provider.OPENAI:
            bound = chat.bind(response_format=openai_format(Reply))
        case Provider.GOOGLE:
            bound = chat.bind(response_mime_type="application/json", response_json_schema=gemini_schema(Reply))
    return bound.with_config(run_name="model")
