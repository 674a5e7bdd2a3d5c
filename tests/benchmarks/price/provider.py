"""The provider double in a process of its own, so that its work is not counted as that of its callers."""

import multiprocessing
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from app.settings import ModelSettings
from tests.provider.double import ProviderDouble
from tests.provider.keys import GOOGLE_KEY, OPENAI_KEY
from tests.provider.turn import Request, says

CHUNKS = 250
"""Of a streamed reply: one a token, as a reply of four observations and three actions has them."""

_KIND = re.compile(r"Kind: (\w+)\.")

Replies = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Answers at once, with the reply that belongs to the kind named in the prompt ('Kind: weekly_review.')."""

    openai_url: str
    google_url: str
    pipe: Any

    def learn(self, replies: Replies) -> None:
        """From now on; empty text before."""
        self.pipe.send(dict(replies))
        self.pipe.recv()

    def settings(self) -> ModelSettings:
        return ModelSettings.model_validate(
            {
                "OPENAI_API_KEY": OPENAI_KEY,
                "OPENAI_BASE_URL": self.openai_url,
                "GOOGLE_API_KEY": GOOGLE_KEY,
                "GOOGLE_BASE_URL": self.google_url,
                "INSIGHTS_DEADLINE_S": 600,
            }
        )


@contextmanager
def providing() -> Iterator[Provider]:
    """Until the end of the block."""
    spawned = multiprocessing.get_context("spawn")
    here, there = spawned.Pipe()
    process = spawned.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        openai_url, google_url = here.recv()
        yield Provider(openai_url=openai_url, google_url=google_url, pipe=here)
    finally:
        here.send(None)
        process.join()


def _serve(pipe: "Connection[Any, Any]") -> None:
    replies: dict[str, str] = {}

    def text(request: Request) -> str:
        named = _KIND.search("\n".join(request.texts))
        return replies.get(named[1], "") if named else ""

    with ProviderDouble() as double:
        for provider in ("openai", "google_genai"):
            double.always(provider, says(text, chunks=CHUNKS))
        pipe.send((double.openai_url, double.google_url))
        while (learnt := pipe.recv()) is not None:
            replies.update(learnt)
            pipe.send(None)
