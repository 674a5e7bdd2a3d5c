"""Prices that an operator states: for models no public list knows, and for contracts of one's own."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

PerMillion = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]


class PriceFileError(ValueError):
    """The file of INSIGHTS_PRICES_FILE cannot be used; the message says where and why."""


class StatedPrice(BaseModel):
    """US dollars per million tokens, from a day (UTC) on until a later entry of the same model takes over."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    provider: str
    model: str
    effective: date = Field(alias="from")
    input_usd: PerMillion
    cached_input_usd: PerMillion | None = None
    """None: cached tokens cost what others do."""
    output_usd: PerMillion


class PriceFile(BaseModel):
    """YAML or JSON:

    version: "2026-11"
    prices:
      - {provider: openai, model: llama-3.3-70b, from: 2026-01-01, input_usd: 0.6, cached_input_usd: 0.3, output_usd: 0.8}
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str = "unversioned"
    prices: tuple[StatedPrice, ...]


def read_price_file(path: Path) -> PriceFile:
    """Raises PriceFileError."""
    try:
        return PriceFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PriceFileError(f"prices file {path.name}: not readable as YAML or JSON ({type(error).__name__})") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise PriceFileError(f"prices file {path.name}: {where}: {first['msg']}") from error
