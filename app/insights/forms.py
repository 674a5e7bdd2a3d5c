"""In which form an answer is wanted: the request header `Accept`."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from fastapi import Header

from app.errors import NotAcceptable


class Form(StrEnum):
    """The forms there are; JSON where anything will do."""

    JSON = "application/json"
    EVENTS = "text/event-stream"


async def wanted_form(accept: Annotated[str, Header(description="`text/event-stream` streams.")] = "*/*") -> Form:
    """Events only where they are named and nothing is preferred to them. Raises NotAcceptable."""
    ranges = dict(_ranges(accept))
    json, events = (_weight(form, ranges) for form in Form)
    if events > 0 and (json <= 0 or (events >= json and Form.EVENTS in ranges)):
        return Form.EVENTS
    if json <= 0:
        raise NotAcceptable(tuple(Form))
    return Form.JSON


def _weight(form: Form, ranges: dict[str, float]) -> float:
    """The most specific range decides (RFC 9110 section 12.5.1)."""
    kind = form.partition("/")[0]
    return next((ranges[r] for r in (form, f"{kind}/*", "*/*") if r in ranges), 0.0)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weights = [p.removeprefix("q=") for p in parameters if p.startswith("q=")]
        yield media, _number(weights[0]) if weights else 1.0


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
