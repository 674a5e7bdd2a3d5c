"""A language model as a writer: prompt, call, answer. One model of one provider, asked once per call."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing

from langchain_core.messages import BaseMessage

from chains.tracing.step import Step
from chains.writers.answers import Received
from chains.writers.brief import Brief
from chains.writers.dialects import Provider
from chains.writers.faults import PROVIDER_ERRORS, fault_in, fault_of
from chains.writers.model_run import ModelRun
from chains.writers.pieces import Json, Piece
from chains.writers.port import Answer, Heard
from chains.writers.wires import Wire


class ModelWriter:
    """Writes with a model that is bound to the reply's schema."""

    def __init__(self, *, provider: Provider, model: str, wire: Wire) -> None:
        self._provider = provider
        self._model = model
        self._prompt = Step(_prompt, name="prompt")
        self._wire = wire

    @property
    def provider(self) -> str:
        return self._provider.value

    @property
    def model(self) -> str:
        return self._model

    async def write(self, brief: Brief, heard: Heard | None = None) -> Answer:
        """One call. Raises ProviderFault where nothing came back; a reply that ended early is an answer, for it is billed."""
        messages = await self._prompt.run(brief)
        run = await ModelRun.begin(self.provider, self.model, messages)
        received = Received()
        try:
            async with aclosing(self._pieces(messages, streamed=heard is not None)) as pieces:
                async for piece in pieces:
                    received.add(piece)
                    if heard is not None and piece.text:
                        await heard(piece.text)
            answer = received.answer()
        except BaseException as error:
            await run.failed(error)
            raise
        await run.answered(answer, received.finish)
        return answer

    async def _pieces(self, messages: Sequence[BaseMessage], *, streamed: bool) -> AsyncGenerator[Piece, None]:
        """One piece unstreamed. Raises ProviderFault."""
        try:
            if not streamed:
                yield self._read(await self._wire.ask(messages))
                return
            async with aclosing(self._wire.stream(messages)) as chunks:
                async for chunk in chunks:
                    yield self._read(chunk)
        except PROVIDER_ERRORS as error:
            raise fault_of(error) from None

    def _read(self, sent: object) -> Piece:
        """Gemini sends an error in the stream as a list of one. Raises ProviderFault for an error, ValueError for what is no object."""
        only = sent[0] if isinstance(sent, list) and len(sent) == 1 else sent
        if not isinstance(only, Mapping):
            raise ValueError("no JSON object")
        chunk: Json = only
        if chunk.get("error"):
            raise fault_in(chunk["error"])
        return self._wire.read(chunk)


async def _prompt(brief: Brief) -> list[BaseMessage]:
    return list(brief.messages)
