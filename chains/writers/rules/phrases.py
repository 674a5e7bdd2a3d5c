"""The wordings of each kind, read once from the file beside this one that bears the kind's name."""

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
    return _PHRASES.validate_python(yaml.safe_load((files("chains.writers.rules") / f"{kind}.yaml").read_text(encoding="utf-8")))
