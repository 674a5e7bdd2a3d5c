"""What all requests have in common: unknown fields, numbers that are none and days that no training has are refused."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 1, 1)
"""As wide as the starts of activities, and far enough from the calendar's ends to count weeks and years from any of them."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class RequestBody(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


def _only_iso(value: object) -> object:
    """Pydantic would also take Unix timestamps for days."""
    if isinstance(value, str | int | float) and not _ISO_DAY.fullmatch(str(value)):
        raise ValueError("must be a day as YYYY-MM-DD")
    return value


def _in_range(day: date) -> date:
    if day < FIRST_DAY:
        raise PydanticCustomError("too_early", "must not be before {ge}", {"ge": FIRST_DAY.isoformat()})
    if day > LAST_DAY:
        raise PydanticCustomError("too_late", "must not be after {le}", {"le": LAST_DAY.isoformat()})
    return day


IsoDay = Annotated[date, BeforeValidator(_only_iso, json_schema_input_type=date), AfterValidator(_in_range)]

Item = TypeVar("Item")


def each_once(items: Sequence[Item]) -> Sequence[Item]:
    """For a validator. Raises ValueError where an item repeats."""
    if len(set(items)) < len(items):
        raise ValueError("must not name anything twice")
    return items
