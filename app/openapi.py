"""The OpenAPI document: every error as the problem document that it is, on every route that can answer it."""

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.errors import problems
from app.problems import MEDIA_TYPE, Problem

Document = dict[str, Any]

_EVERYWHERE = problems(401, 403, 503)
_WITH_A_BODY = problems(400, 413)
_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_FRAMEWORK_OWN = ("HTTPValidationError", "ValidationError")


def describe_errors(app: FastAPI) -> Callable[[], Document]:
    """What `app.openapi` becomes."""

    def openapi() -> Document:
        if app.openapi_schema is None:
            document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            app.openapi_schema = _with_problems(document)
        return app.openapi_schema

    return openapi


def _with_problems(document: Document) -> Document:
    schemas = document["components"]["schemas"]
    for name in _FRAMEWORK_OWN:
        schemas.pop(name, None)
    own = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(own.pop("$defs"))
    schemas["Problem"] = own
    for operation in _operations(document):
        responses = operation["responses"]
        for status, response in (_EVERYWHERE | (_WITH_A_BODY if "requestBody" in operation else {})).items():
            responses.setdefault(str(status), {"description": response["description"]})
        for status in responses:
            if int(status) >= 400:
                responses[status]["content"] = _PROBLEM
    return document


def _operations(document: Document) -> Iterator[Document]:
    """Those of the routes that need a token."""
    for path, item in document["paths"].items():
        if path.startswith("/api"):
            yield from item.values()
