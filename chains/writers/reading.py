"""`Answer` → `Reply`: the one place where text from outside becomes a value we trust in shape."""

from pydantic import ValidationError

from chains.attempt import Outcome
from chains.errors import InvalidReply, ModelRefused, ProviderFault
from chains.reply import Reply
from chains.writers.port import Answer

DECLINED = frozenset({Outcome.REFUSED, Outcome.FILTERED})
"""A policy said no: asking the next provider would be routing around it."""

MAX_FAULTS = 5


def read_reply(answer: Answer) -> Reply:
    """The reply in an answer. Raises ModelRefused, ProviderFault (ended early, empty) or InvalidReply (off schema)."""
    if answer.outcome in DECLINED:
        raise ModelRefused(answer.outcome, answer.detail or "declined")
    if answer.outcome is not None:
        raise ProviderFault(answer.outcome, answer.detail or "ended early")
    try:
        return Reply.model_validate_json(_unfenced(answer.raw))
    except ValidationError as error:
        raise InvalidReply(Outcome.OFF_SCHEMA, _sentence(error)) from None


def _unfenced(raw: str) -> str:
    """Without the Markdown fence that models without a structured mode put around JSON."""
    text = raw.strip()
    if text.startswith("```") and text.endswith("```"):
        return text.removeprefix("```json").removeprefix("```").removesuffix("```")
    return text


def _sentence(error: ValidationError) -> str:
    """Where and what, never the value: replies can hold an athlete's words."""
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    listed = "; ".join(f"{'.'.join(map(str, f['loc'])) or 'reply'}: {f['msg']}" for f in faults[:MAX_FAULTS])
    return f"does not fit the schema: {listed}"
