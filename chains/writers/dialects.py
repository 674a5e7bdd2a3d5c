"""The reply's JSON schema as each provider accepts it. What a dialect cannot say (lengths, counts) is checked when the reply is read."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from pydantic import BaseModel

Schema = Mapping[str, object]

OPENAI_DROPS = frozenset({"title", "default", "minLength", "maxLength", "minItems", "maxItems"})
"""Strict mode refused or ignored these at one time or another, and not every server that speaks the API knows them."""

GEMINI_DROPS = frozenset({"title", "default", "minLength", "maxLength"})


class Provider(StrEnum):
    """Model providers by the names that routes use."""

    OPENAI = "openai"
    GOOGLE = "google_genai"


def openai_format(reply: type[BaseModel]) -> Schema:
    """`response_format` of OpenAI's chat completions, strict: every property required, none additional."""
    schema = _walk(reply.model_json_schema(), OPENAI_DROPS, _strict)
    return {"type": "json_schema", "json_schema": {"name": reply.__name__, "strict": True, "schema": schema}}


def gemini_schema(reply: type[BaseModel]) -> Schema:
    """`response_json_schema` of Gemini, which writes properties in alphabetical order unless told otherwise."""
    return _walk(reply.model_json_schema(), GEMINI_DROPS, _ordered)


def _strict(properties: Schema) -> Schema:
    return {"required": list(properties), "additionalProperties": False}


def _ordered(properties: Schema) -> Schema:
    return {"required": list(properties), "propertyOrdering": list(properties)}


def _walk(schema: Schema, drops: frozenset[str], rule: Callable[[Schema], Schema]) -> Schema:
    """The schema with references inlined, unknown keywords dropped and the rule applied to every object."""
    definitions = _mapping(schema.get("$defs", {}))

    def convert(node: object) -> object:
        if isinstance(node, list):
            return [convert(item) for item in node]
        if not isinstance(node, Mapping):
            return node
        reference = node.get("$ref")
        if isinstance(reference, str):
            return convert(definitions[reference.removeprefix("#/$defs/")])
        properties = node.get("properties")
        if isinstance(properties, Mapping):
            kept = {name: convert(value) for name, value in properties.items()}
            return {"type": "object", "properties": kept, **rule(kept)}
        return {key: convert(value) for key, value in node.items() if key not in drops}

    return _mapping(convert(schema))


def _mapping(node: object) -> Schema:
    if not isinstance(node, Mapping):
        raise TypeError(f"a schema was expected, not {type(node).__name__}")
    return node
