"""A step outside any insight, in an environment that switches LangChain's own tracer on; run by a test as a process of its own."""

import asyncio
import sys

from langchain_core.runnables import RunnableLambda
from langchain_core.tracers.langchain import wait_for_all_tracers

from chains.tracing.trace import open_tracing
from tests.chains.writing import WORDS


async def step() -> None:
    await RunnableLambda(lambda text: text, name="elsewhere").ainvoke(WORDS)


async def run(mode: str) -> None:
    if mode == "unguarded":
        await step()
        return
    async with open_tracing(enabled=mode == "on", hash_key=b"key"):
        await step()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
    wait_for_all_tracers()
