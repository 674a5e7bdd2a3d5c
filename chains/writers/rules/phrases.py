"""The wordings of each kind and of the safety path, read once from the file beside this one that bears the name."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from chains.request import InsightKind

Phrases = dict[str, tuple[str, ...]]
"""Pattern → its wordings, texts with references."""

_PHRASES: TypeAdapter[Phrases] = TypeAdapter(Phrases)


@cache
def phrases_of(kind: InsightKind) -> Phrases:
    """Raises ValidationError for a file that is no mapping of patterns to wordings."""
    return _read(kind)


@cache
def safe_phrases() -> Phrases:
    """The same on the safety path, whatever the kind."""
    return _read("safety")


@cache
def return_phrases() -> Phrases:
    """The same for weeks with an injury on file, whatever the kind."""
    return _read("returning")


def _read(name: str) -> Phrases:
    return _PHRASES.validate_python(yaml.safe_load((files("chains.writers.rules") / f"{name}.yaml").read_text(encoding="utf-8")))
