"""A named step of the chain: a LangChain runnable where somebody records, and the plain function where nobody does.

A runnable that nobody watches takes a tenth of a millisecond or two for nothing, and an insight has nine of them.
"""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from langchain_core.runnables import RunnableConfig, RunnableLambda
from langchain_core.runnables.config import ensure_config, get_async_callback_manager_for_config

Given = TypeVar("Given")
Made = TypeVar("Made")


class Step(Generic[Given, Made]):
    """`name` is what a prompt engineer sees in the trace; steps that run inside are its children there."""

    def __init__(self, function: Callable[[Given], Awaitable[Made]], *, name: str) -> None:
        self._function = function
        self._name = name

    async def run(self, given: Given, config: RunnableConfig | None = None) -> Made:
        """The same whether it is recorded or not."""
        if not get_async_callback_manager_for_config(ensure_config(config)).handlers:
            return await self._function(given)
        recorded: RunnableLambda[Given, Made] = RunnableLambda(self._function, name=self._name)
        return await recorded.ainvoke(given, config)
