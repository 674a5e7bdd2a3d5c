"""The LangSmith client that lets nothing out but views."""

from typing import Any

from langsmith import Client
from langsmith.client import ID_TYPE, RUN_TYPE_T

from chains import errors
from chains.tracing.masking import mask
from chains.tracing.model_view import MODEL_RUN, message_received, messages_sent
from chains.tracing.view import view

_DROPPED = ("serialized", "events", "attachments", "extra", "inputs", "outputs", "error")

_OURS = tuple(f"{name}(" for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, errors.InsightError))
"""Our own errors build their messages from facts; a provider's message can hold a piece of a key or of the prompt."""


class MaskingClient(Client):
    """Every run goes through `create_run` or `update_run`, whoever made it: LangChain's tracer and our own steps alike."""

    def create_run(self, name: str, inputs: dict[str, Any], run_type: RUN_TYPE_T, **kwargs: Any) -> None:
        super().create_run(name, _inputs(inputs, run_type), run_type, **_reduced(kwargs, run_type))

    def update_run(self, run_id: ID_TYPE, **kwargs: Any) -> None:
        super().update_run(run_id, **_reduced(kwargs, kwargs.get("run_type")))


_TRACEBACK = "Traceback (most recent call last):"
"""Stands right behind the error in LangChain's runs."""


def _reduced(fields: dict[str, Any], run_type: str | None) -> dict[str, Any]:
    kept = {key: value for key, value in fields.items() if key not in _DROPPED}
    inputs, outputs = fields.get("inputs"), fields.get("outputs")
    return {
        **kept,
        **({"inputs": _inputs(inputs, run_type)} if inputs is not None else {}),
        **({"outputs": _outputs(outputs, run_type)} if outputs is not None else {}),
        "error": _first_line(fields.get("error")),
        "extra": {"metadata": _shown((fields.get("extra") or {}).get("metadata") or {})},
    }


def _inputs(inputs: dict[str, Any], run_type: str | None) -> dict[str, Any]:
    return messages_sent(inputs) if run_type == MODEL_RUN else _shown(inputs)


def _outputs(outputs: dict[str, Any], run_type: str | None) -> dict[str, Any]:
    return message_received(outputs) if run_type == MODEL_RUN else _shown(outputs)


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return {key: view(value) for key, value in values.items()}


def _first_line(error: str | None) -> str | None:
    """What kind of error it was; what it said only if the words are ours. No traceback."""
    if error is None:
        return None
    line = error.splitlines()[0].removesuffix(_TRACEBACK) if error else ""
    return mask(line) if line.startswith(_OURS) else line.partition("(")[0]
