"""What a trace shows of a model call. LangChain records far more of it: headers, and the body of a failed answer, which can quote a key."""

from collections.abc import Iterator, Mapping
from typing import Any

from chains.tracing.view import view

MODEL_RUN = "llm"

_ROLES = {"system": "system", "human": "user", "ai": "assistant"}
_SHOWN_METADATA = ("finish_reason", "model_name")


def messages_sent(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Role and text of each message."""
    batches = inputs.get("messages") or [[]]
    return {"messages": [_message(message) for message in batches[0]]}


def message_received(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The text, why it ended, which model wrote it and what it was billed; of a failed call nothing."""
    generations = [generation for batch in outputs.get("generations") or [] for generation in batch]
    said = [_parts(generation["message"]) for generation in generations if generation.get("message")]
    return {"messages": [_message(g["message"]) for g in generations if g.get("message")], **dict(_details(said))}


def _details(said: list[Mapping[str, Any]]) -> Iterator[tuple[str, object]]:
    for parts in said:
        metadata = parts.get("response_metadata") or {}
        yield from ((name, view(metadata[name])) for name in _SHOWN_METADATA if metadata.get(name))
        if parts.get("usage_metadata"):
            yield "usage_metadata", view(parts["usage_metadata"])


def _message(serialized: Mapping[str, Any]) -> dict[str, object]:
    parts = _parts(serialized)
    kind = str(parts.get("type"))
    return {"role": _ROLES.get(kind, kind), "content": view(parts.get("content"))}


def _parts(serialized: Mapping[str, Any]) -> Mapping[str, Any]:
    """LangChain's serial form keeps a message's fields under `kwargs`."""
    parts: Mapping[str, Any] = serialized.get("kwargs", serialized)
    return parts
