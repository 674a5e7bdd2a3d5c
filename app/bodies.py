"""What all request bodies have in common: unknown fields and numbers that are none are refused."""

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class RequestBody(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


def _only_iso(value: object) -> object:
    """Pydantic would also take Unix timestamps for days."""
    if isinstance(value, str | int | float) and not _ISO_DAY.fullmatch(str(value)):
        raise ValueError("must be a day as YYYY-MM-DD")
    return value


IsoDay = Annotated[date, BeforeValidator(_only_iso, json_schema_input_type=str)]
