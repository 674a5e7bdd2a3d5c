"""What a model's name says: 'gpt-4o-2024-08-06' is a snapshot of 'gpt-4o', 'ft:gpt-4o:club::x1' is trained on it."""

import re
from collections.abc import Iterator

_SNAPSHOT = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{3})$")
"""OpenAI dates its snapshots, Google counts them."""

_FINE_TUNED = "ft:"
_RESOURCE = "models/"


def is_same_model(asked: str, served: str) -> bool:
    """Whether what was served is what was asked for: an alias is served by one of its snapshots, but no snapshot by another."""
    asked, served = asked.removeprefix(_RESOURCE), served.removeprefix(_RESOURCE)
    return served == asked or alias_of(served) == asked


def alias_of(model: str) -> str:
    """Without the snapshot's date or number."""
    return _SNAPSHOT.sub("", model)


def lineage(model: str) -> Iterator[str]:
    """The model itself, the one it was trained on, and the alias of that: the first that a table knows counts."""
    name = model.removeprefix(_RESOURCE)
    yield name
    base = name.removeprefix(_FINE_TUNED).partition(":")[0]
    yield base
    yield alias_of(base)
