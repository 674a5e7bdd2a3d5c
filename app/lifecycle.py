"""What the operator of this service is warned of: models of its routes that their providers retire."""

from datetime import date

from app.settings import ModelSettings
from chains.lifecycle.retirements import retirement_warnings
from chains.request import InsightKind
from chains.writers.dialects import Provider


def retiring(settings: ModelSettings, today: date) -> tuple[str, ...]:
    """Of the models that are really asked: one sentence each."""
    keys = {Provider.OPENAI: settings.openai_api_key, Provider.GOOGLE: settings.google_api_key}
    with_key = tuple(f"{provider}:" for provider, key in keys.items() if key)
    return retirement_warnings((name for name in routed(settings) if name.startswith(with_key)), today)


def routed(settings: ModelSettings) -> tuple[str, ...]:
    """Every model that a route names, once."""
    return tuple(dict.fromkeys(name for kind in InsightKind for name in settings.route_for(kind)))
