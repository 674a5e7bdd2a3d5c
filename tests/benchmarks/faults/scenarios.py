"""What providers do wrong: one line a scenario, the same for both providers, both orders, plain and streamed."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from enum import StrEnum

from tests.benchmarks.faults.replies import OPENAI, Party
from tests.provider.turn import Body, Tokens, Turn, fails, fails_as_google, filters, google_error, refuses, says, truncates

MANY_CHUNKS = 40
"""Of a stream that goes wrong midway: about four characters each."""

MIDWAY, MIDWAY_STREAMED = 300, 5_500
"""Bytes after which an answer breaks off: in the middle of it; streamed, after its headline and first observation."""

ODD_USAGE: dict[str, Body] = {
    OPENAI: {"prompt_tokens": -5, "completion_tokens": -7, "total_tokens": -12},
    "google_genai": {"promptTokenCount": -5, "candidatesTokenCount": -7, "totalTokenCount": -12},
}
PER_DAY = {"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel"}]}


class By(StrEnum):
    """Who writes the insight in the end."""

    FIRST = "first"
    SECOND = "second"
    RULES = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One provider of one party, for whom a turn is made."""

    party: Party
    provider: str

    @property
    def is_openai(self) -> bool:
        return self.provider == OPENAI

    @property
    def good(self) -> str:
        return self.party.text(self.provider)

    def says(self, **details: object) -> Turn:
        return says(self.good, chunks=MANY_CHUNKS, **details)

    @property
    def midway(self) -> int:
        return MIDWAY_STREAMED if self.party.streamed else MIDWAY


MakeTurn = Callable[[Side], Turn]


def good(side: Side) -> Turn:
    return side.says()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`once`: the first answers of the provider asked first; `first` and `second`: what comes from then on."""

    name: str
    once: Sequence[MakeTurn] = ()
    first: MakeTurn = good
    second: MakeTurn = good
    by: By


def lasting(name: str, turn: MakeTurn, by: By = By.SECOND) -> Scenario:
    """The provider asked first does nothing else."""
    return Scenario(name=name, first=turn, by=by)


def passing(name: str, turn: MakeTurn, by: By = By.FIRST) -> Scenario:
    """The provider asked first does it once, and is well again."""
    return Scenario(name=name, once=(turn,), by=by)


def _in_date(_: Side) -> Turn:
    return fails(429, headers={"retry-after": formatdate(time.time() + 1, usegmt=True)})


def _hint_in_body(side: Side) -> Turn:
    """OpenAI has no such field: there it is the header in milliseconds."""
    if side.is_openai:
        return fails(429, headers={"retry-after-ms": "300"})
    retry = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "0.3s"}
    return Turn(status=429, error={"error": google_error(429, "RESOURCE_EXHAUSTED", **retry)})


def _too_long(side: Side) -> Turn:
    if side.is_openai:
        return fails(400, code="context_length_exceeded")
    return fails(400, code="INVALID_ARGUMENT", message="The input token count exceeds the maximum number of tokens allowed")


def _no_quota(side: Side) -> Turn:
    return fails(429, code="insufficient_quota") if side.is_openai else fails_as_google(429, "RESOURCE_EXHAUSTED", **PER_DAY)


def _wrong_key(side: Side) -> Turn:
    return fails(401, code="invalid_api_key") if side.is_openai else fails_as_google(400, "API_KEY_INVALID")


def _retired(side: Side) -> Turn:
    return fails(404, code="model_not_found" if side.is_openai else "NOT_FOUND")


def _refusal(side: Side) -> Turn:
    return refuses() if side.is_openai else Turn(text="", finish="PROHIBITED_CONTENT")


def _blocked(side: Side) -> Turn:
    return fails(400, code="content_filter") if side.is_openai else Turn(blocked=True)


def _invented(side: Side) -> Turn:
    reply = side.party.reply(side.provider)
    return says(json.dumps({**reply, "observations": [*reply["observations"][:1], "You ran 25 km."]}), chunks=MANY_CHUNKS)


def _error_event(side: Side) -> Turn:
    return side.says(stream_error={"code": 503, "message": "overloaded", "status": "UNAVAILABLE"})


SCENARIOS: Sequence[Scenario] = (
    Scenario(name="no fault", by=By.FIRST),
    passing("429 with Retry-After: 1", lambda s: fails(429, headers={"retry-after": "1"})),
    passing("429 with Retry-After as a date", _in_date),
    lasting("429 with Retry-After: 3600", lambda s: fails(429, headers={"retry-after": "3600"})),
    lasting("429 for ever", lambda s: fails(429)),
    passing("RetryInfo only in the body", _hint_in_body),
    passing("500 once", lambda s: fails(500)),
    lasting("503 for ever", lambda s: fails(503)),
    passing("reset before headers", lambda s: Turn(resets=True)),
    passing("reset after headers", lambda s: s.says(cut_after=0)),
    lasting("accepted and silent", lambda s: Turn(silent=True)),
    lasting("slow first token (20 s)", lambda s: s.says(body_delay_s=20.0)),
    passing("answer cut mid-sentence", lambda s: s.says(cut_after=s.midway)),
    lasting("answer cut mid-sentence, for ever", lambda s: s.says(cut_after=s.midway)),
    lasting("answer stalls", lambda s: s.says(stall_after=s.midway)),
    passing("malformed chunk", lambda s: s.says(malformed=True)),
    lasting("no [DONE]", lambda s: s.says(done=False), By.FIRST),
    lasting("no reason to end", lambda s: s.says(ends=False, done=False)),
    passing("error event inside a 200", _error_event),
    lasting("context length", _too_long),
    lasting("content filter", lambda s: filters(), By.RULES),
    lasting("refusal field", _refusal, By.RULES),
    lasting("prompt blocked, no candidates", _blocked, By.RULES),
    Scenario(name="fallback rejects the request", first=lambda s: fails(503), second=lambda s: fails(400), by=By.RULES),
    passing("prose instead of JSON", lambda s: says("Great week! You ran a lot.", chunks=8)),
    lasting("valid JSON, wrong schema", lambda s: says('{"summary": "good", "score": 7}', chunks=8)),
    passing("an invented number", _invented),
    lasting("length / MAX_TOKENS", lambda s: truncates(s.good[:90])),
    lasting("insufficient quota", _no_quota),
    lasting("model retired", _retired),
    lasting("auth wrong on one", _wrong_key),
    Scenario(name="both down", first=lambda s: fails(503), second=lambda s: Turn(resets=True), by=By.RULES),
    Scenario(name="both silent", first=lambda s: Turn(silent=True), second=lambda s: Turn(silent=True), by=By.RULES),
    lasting("200 MB answer", lambda s: says("", flood=200_000_000)),
    lasting("endless stream of tokens", lambda s: says("", flood=10**15)),
    lasting("gzip bomb", lambda s: Turn(bomb=True)),
    lasting("negative usage", lambda s: s.says(usage=ODD_USAGE[s.provider]), By.FIRST),
    lasting("missing usage", lambda s: s.says(usage={}), By.FIRST),
    Scenario(
        name="accounting after fallback",
        by=By.SECOND,
        first=lambda s: truncates("x" * 400),
        second=lambda s: s.says(tokens=Tokens(input=1500, cached=1024, output=180, reasoning=40)),
    ),
)
