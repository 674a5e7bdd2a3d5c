"""Known models and the day they leave their provider's API. The data is in `retirements.yaml`, with the source of each row."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, HttpUrl, TypeAdapter

from chains.lifecycle.names import lineage

NOTICE = timedelta(days=60)
"""House rule: time for an eval run of the successor and a change of settings."""


class Retirement(BaseModel):
    """One row of the table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models: tuple[str, ...]
    retires: date | None
    successor: str | None
    source: HttpUrl
    read: date


_TABLE = TypeAdapter(Mapping[str, tuple[Retirement, ...]])


@cache
def retirements() -> Mapping[tuple[str, str], Retirement]:
    """By provider and model."""
    rows = _TABLE.validate_python(yaml.safe_load(files("chains.lifecycle").joinpath("retirements.yaml").read_text(encoding="utf-8")))
    return {(provider, model): row for provider, known in rows.items() for row in known for model in row.models}


def retirement_of(provider: str, model: str) -> Retirement | None:
    """The row of a model, of the alias it is a snapshot of, or of the model it was trained on."""
    known = (retirements().get((provider, name)) for name in lineage(model))
    return next((row for row in known if row is not None), None)


def retirement_warnings(named: Iterable[str], today: date) -> tuple[str, ...]:
    """One sentence for each model ('openai:gpt-4o') that is retired, or will be within the notice."""
    return tuple(warning for name in dict.fromkeys(named) for warning in _warnings(name, today))


def _warnings(name: str, today: date) -> Iterator[str]:
    provider, _, model = name.partition(":")
    row = retirement_of(provider, model)
    if row is None or row.retires is None or row.retires - today > NOTICE:
        return
    instead = f"; its provider names {row.successor} instead" if row.successor else ""
    days = (row.retires - today).days
    when = f"retires on {row.retires}, in {days} days" if days > 0 else f"was retired on {row.retires}"
    yield f"{name} {when}{instead} ({row.source})"
