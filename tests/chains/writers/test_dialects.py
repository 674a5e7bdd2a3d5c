"""One contract, two dialects: both providers are asked for exactly the fields of `Reply`."""

from collections.abc import Iterator, Mapping

import pytest

from chains.reply import Reply
from chains.writers.dialects import Schema, gemini_schema, openai_format

OPENAI_STRICT_KEYWORDS = {"type", "properties", "required", "additionalProperties", "items", "anyOf", "description", "enum"}


def objects(node: object) -> Iterator[Schema]:
    if isinstance(node, list):
        for item in node:
            yield from objects(item)
    if isinstance(node, Mapping):
        if "properties" in node:
            yield node
            yield from objects(list(node["properties"].values()))
        else:
            yield from objects([value for value in node.values() if isinstance(value, list | Mapping)])


def keywords(node: object) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(keywords, node))
    if not isinstance(node, Mapping):
        return set()
    properties = node.get("properties", {})
    inner = [value for key, value in node.items() if key != "properties"] + list(properties.values())
    return set(node) | keywords(inner)


def openai_schema() -> Schema:
    wrapped = openai_format(Reply)["json_schema"]
    assert isinstance(wrapped, Mapping)
    assert wrapped["strict"] is True
    schema = wrapped["schema"]
    assert isinstance(schema, Mapping)
    return schema


def test_openai_s_strict_mode_is_met() -> None:
    schema = openai_schema()

    assert keywords(schema) <= OPENAI_STRICT_KEYWORDS
    for found in objects(schema):
        assert found["required"] == list(found["properties"])  # type: ignore[call-overload]
        assert found["additionalProperties"] is False


def test_gemini_writes_in_our_order() -> None:
    schema = gemini_schema(Reply)

    assert schema["propertyOrdering"] == ["headline", "observations", "actions", "question"]
    assert all(found["propertyOrdering"] == list(found["properties"]) for found in objects(schema))  # type: ignore[call-overload]
    assert "$ref" not in keywords(schema)


@pytest.mark.parametrize("schema", [openai_schema(), gemini_schema(Reply)])
def test_both_ask_for_the_same_fields(schema: Schema) -> None:
    named = [list(found["properties"]) for found in objects(schema)]  # type: ignore[call-overload]

    assert named == [["headline", "observations", "actions", "question"], ["option", "why"], ["text", "choices"]]
