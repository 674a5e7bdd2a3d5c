"""What a call costs, by dated prices: the operator's own first, then `genai-prices`, whose list ships inside the package.

Nothing here goes to the network: that package only does when its `UpdatePrices` is started, which it never is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import genai_prices
from genai_prices.types import ModelInfo, StartDateConstraint

from chains.attempt import PriceRow, Usage
from chains.money.micro_usd import MICRO
from chains.money.overrides import PriceFile, StatedPrice

PUBLIC_LIST = "genai-prices"
STATED_LIST = "prices file"

_LISTED_AS = {"openai": "openai", "google_genai": "google"}
"""Our providers by that list's names. Never left out: another provider of the list has `gpt-4o` at nothing."""

_PER = Decimal(1_000_000)


class NoPrice(ValueError):
    """A model of the route that nobody states a price for: refused at start, because its cost could not be known."""

    def __init__(self, provider: str, model: str) -> None:
        super().__init__(
            f"no price is known for {provider}:{model}; state one in INSIGHTS_PRICES_FILE or take the model out of INSIGHTS_ROUTE"
        )
        self.provider = provider
        self.model = model


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one attempt, with the list it was priced with."""

    micro_usd: int
    price: PriceRow


class Prices:
    """The price list of one running service."""

    def __init__(self, stated: PriceFile | None = None) -> None:
        self._stated: Sequence[StatedPrice] = stated.prices if stated else ()
        self._stated_version = stated.version if stated else ""

    def require(self, provider: str, model: str) -> None:
        """Raises NoPrice."""
        self.cost(provider, model, Usage(), datetime.now(UTC))

    def cost(self, provider: str, model: str, usage: Usage, at: datetime) -> Cost:
        """Rounded half up, once, to the micro-dollar. Raises NoPrice."""
        stated = self._stated_on(provider, model, at.astimezone(UTC).date())
        if stated is not None:
            row = PriceRow(source=STATED_LIST, version=self._stated_version, effective=stated.effective)
            return Cost(micro_usd=_rounded(_stated_usd(stated, usage)), price=row)
        return _public_cost(provider, model, usage, at)

    def _stated_on(self, provider: str, model: str, day: date) -> StatedPrice | None:
        known = [p for p in self._stated if (p.provider, p.model) == (provider, model) and p.effective <= day]
        return max(known, key=lambda p: p.effective, default=None)


def _stated_usd(price: StatedPrice, usage: Usage) -> Decimal:
    cached_usd = price.input_usd if price.cached_input_usd is None else price.cached_input_usd
    fresh = usage.input_tokens - usage.cached_input_tokens
    return (fresh * price.input_usd + usage.cached_input_tokens * cached_usd + usage.output_tokens * price.output_usd) / _PER


def _public_cost(provider: str, model: str, usage: Usage, at: datetime) -> Cost:
    tokens = genai_prices.Usage(
        input_tokens=usage.input_tokens, cache_read_tokens=usage.cached_input_tokens, output_tokens=usage.output_tokens
    )
    try:
        priced = genai_prices.calc_price(tokens, model, provider_id=_LISTED_AS[provider], genai_request_timestamp=at)
    except LookupError:
        raise NoPrice(provider, model) from None
    row = PriceRow(source=PUBLIC_LIST, version=genai_prices.__version__, effective=_effective(priced.model, at))
    return Cost(micro_usd=_rounded(priced.total_price), price=row)


def _effective(model: ModelInfo, at: datetime) -> date | None:
    """The day the price in force began, where the list dates it."""
    dated = model.prices if isinstance(model.prices, list) else []
    constraints = [c.constraint for c in dated if isinstance(c.constraint, StartDateConstraint)]
    return max((c.start_date for c in constraints if c.active(at)), default=None)


def _rounded(usd: Decimal) -> int:
    return int((usd * MICRO).quantize(Decimal(1), rounding=ROUND_HALF_UP))
