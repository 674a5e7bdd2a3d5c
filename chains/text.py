"""Texts with fact references: `{week.distance}`, `{week.distance|about}`. Finding, replacing and forgetting them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_REFERENCE = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)(?:\|([a-z]+))?\}")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference in a text; `form` is None for the exact display."""

    fact_id: str
    form: str | None
    start: int
    end: int


def references(text: str) -> tuple[Reference, ...]:
    """All references of a text, in order."""
    return tuple(Reference(m[1], m[2], m.start(), m.end()) for m in _REFERENCE.finditer(text))


def cited(text: str) -> list[str]:
    """The facts that a text refers to, in order."""
    return [fact_id for fact_id, _ in _REFERENCE.findall(text)]


def print_references(text: str, show: Callable[[Reference], str]) -> str:
    """The text with each reference replaced by what `show` makes of it."""
    return _REFERENCE.sub(lambda m: show(Reference(m[1], m[2], m.start(), m.end())), text)


def skeleton(text: str) -> str:
    """The wording alone: every reference forgotten."""
    return _REFERENCE.sub("{}", text)
